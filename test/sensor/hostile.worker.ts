import { parentPort } from 'node:worker_threads'
import { BOUNDS, openSensor } from '../../infra/sensor/src/sensor.ts'
import { pcap, tcp } from './frames.ts'

/** As many connections as are followed, each with the longest head that never ends, after requests that nobody answers: all that a sensor can be made to keep. */
let now = 0
let lines = 0
const sensor = openSensor({
  names: new Map(),
  write: () => {
    lines += 1
  },
  clock: () => now,
})
const TO = '10.9.1.5:80'
const request = (n: number) =>
  `GET /${n}/${'p'.repeat(500)} HTTP/1.1\r\nHost: ${'h'.repeat(200)}\r\nX: ${'x'.repeat(900)}\r\n\r\n`
const endless = `GET /${'e'.repeat(1_400)}`
for (let n = 0; n < BOUNDS.flows; n++) {
  now += 10
  const from = `10.9.${2 + (n >> 12)}.20:${1_000 + n}`
  let seq = 1
  const say = (data: string) => {
    const frame = tcp({ from, to: TO, seq, data })
    seq += data.length
    return [now, frame] as const
  }
  const all = [say(request(1)), say(request(2)), say(endless), say('f'.repeat(1_400)), say('g'.repeat(1_200))]
  sensor.ear()(pcap(all))
}
globalThis.gc?.()
const { arrayBuffers } = process.memoryUsage()
parentPort?.postMessage({ flows: sensor.flows(), lines, arrayBuffers })
