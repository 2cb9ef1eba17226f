import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Packet, readPacket } from '../../infra/sensor/src/packet.ts'
import { readPcap } from '../../infra/sensor/src/pcap.ts'
import { openSensor } from '../../infra/sensor/src/sensor.ts'
import { startsHello } from '../../infra/sensor/src/tls-hello.ts'
import { pcap, tcp } from './frames.ts'

const TALK = readFileSync(join(import.meta.dirname, 'captures/talk.pcap'))
const FOUR_MINUTES = 240_000
const RECORDED = Date.parse('2026-12-01T03:17:54Z')

/** What a sensor writes of a recording that comes in pieces. */
function linesOf(pieces: readonly Uint8Array[]) {
  const lines: string[] = []
  const sensor = openSensor({ names: new Map(), write: (line) => lines.push(line), clock: () => 0 })
  const ear = sensor.ear()
  const all = pieces.every((piece) => ear(piece))
  sensor.sweep(RECORDED + FOUR_MINUTES)
  return { lines, all }
}
const short = (line: string) =>
  line.replaceAll(/(from|to)=127\.0\.0\.1:(\d+)/g, '$1=$2').replace(/ ms=\d+/, '')

test('requests of real programs: what they asked for, of whom, and how it was answered', () => {
  const { lines } = linesOf([TALK])
  expect(lines.filter((line) => line.startsWith('[http]')).map(short)).toEqual([
    '[http] from=40094 to=8080 GET host=tax path=/first?name=mari&token=... status=200',
    '[http] from=40094 to=8080 POST host=tax path=/form status=200',
    '[http] from=40094 to=8080 PUT host=tax path=/upload status=200',
    '[http] from=40094 to=8080 GET host=tax path=/big status=200',
    '[http] from=40094 to=8080 GET host=portal path=/gone status=404',
    '[http] from=40108 to=8080 GET host=slow path=/pieces status=200',
  ])
})

test('nothing that opens something, and nothing of a body, is in a line', () => {
  const { lines } = linesOf([TALK])
  for (const hidden of ['very-secret', 'cookie', 'opensesame', 'from-the-body', 'in-a-body', 'forged']) {
    expect(TALK.toString('latin1')).toContain(hidden)
    expect(lines.join('\n')).not.toContain(hidden)
  }
})

test('TLS: the name, the newest version that is offered, and the one that both speak; also after the word of a database', () => {
  const { lines } = linesOf([TALK])
  expect(lines.filter((line) => line.startsWith('[tls]')).map(short)).toEqual([
    '[tls] from=60246 to=8443 name=eid.meremaa.example offers=1.3 version=1.3',
    '[tls] from=47748 to=8444 name=old.meremaa.example offers=1.3 version=1.2',
    '[tls] from=47754 to=8444 name=proud.meremaa.example offers=1.3 version=alert',
    '[tls] from=60250 to=8443 name=- offers=1.3 version=1.3',
    '[tls] from=41418 to=5432 name=registry-db offers=1.3 version=1.3',
  ])
})

test('flows: who began, how it ended, and what went each way', () => {
  const { lines } = linesOf([TALK])
  const flows = lines.filter((line) => line.startsWith('[flow]')).map(short)
  const of = (to: number) => flows.filter((line) => line.includes(` to=${to} `))
  expect(of(8080)[0]).toContain(
    'proto=tcp state=closed start=2026-12-01T03:17:53.772Z seconds=0.094 sent=120469',
  )
  expect(of(81)[0]).toContain('state=refused')
  expect(of(5353)[0]).toContain(
    'proto=udp state=idle start=2026-12-01T03:17:54.157Z seconds=0.000 sent=4 received=4',
  )
  expect(of(8443).at(-1)).toContain(
    'state=reset start=2026-12-01T03:17:54.157Z seconds=0.001 sent=0 received=0',
  )
  expect(flows).toHaveLength(10)
})

test('a TLS greeting in two packets, cut anywhere', () => {
  const packets: Packet[] = []
  readPcap((frame) => {
    const packet = readPacket(frame)
    if (packet) packets.push(packet)
  })(TALK)
  const hello = packets.find(({ data }) => startsHello(data))?.data ?? new Uint8Array(0)
  expect(hello.length).toBeGreaterThan(1_000)
  const [from, to] = ['10.0.0.9:50000', '10.0.0.5:443']
  for (let cut = 6; cut < hello.length; cut += 7) {
    const frames = [
      tcp({ from, to, seq: 1, data: hello.subarray(0, cut) }),
      tcp({ from, to, seq: 1 + cut, data: hello.subarray(cut) }),
      tcp({ from: to, to: from, seq: 1, data: Uint8Array.of(21, 3, 3, 0, 2, 2, 40) }),
    ]
    const { lines } = linesOf([pcap(frames.map((frame) => [RECORDED, frame] as const))])
    expect(lines[0]).toContain('name=eid.meremaa.example offers=1.3 version=alert')
  }
})

test('it is the same in whatever pieces it comes', () => {
  const whole = linesOf([TALK]).lines
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: TALK.length - 1 }), { maxLength: 60 }), (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), TALK.length]
      const pieces = at.slice(1).map((end, n) => TALK.subarray(at[n], end))
      expect(linesOf(pieces).lines).toEqual(whole)
    }),
    { numRuns: 60 },
  )
})

test('whatever bytes are changed on the way, it goes on, and writes only visible signs and no mark but its own', () => {
  const change = fc.tuple(fc.nat(TALK.length - 25), fc.nat(255))
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 400 }), (changes) => {
      const bytes = Buffer.from(TALK)
      for (const [at, byte] of changes) bytes[24 + at] = byte
      for (const line of linesOf([bytes]).lines) {
        expect(line).toMatch(/^\[(flow|http|tls|sensor)\] [\x20-\x5a\x5c\x5e-\x7e]+$/)
        expect(line.length).toBeLessThan(900)
      }
    }),
    { numRuns: 300 },
  )
})

test('what is no recording is told at once, and so is one that has lost its thread', () => {
  expect(linesOf([Buffer.from('GET / HTTP/1.1\r\nhost: recording\r\n\r\n')]).all).toBe(false)
  const lost = Buffer.from(TALK)
  lost.writeUInt32LE(4_000_000_000, 24 + 8)
  expect(linesOf([lost])).toEqual({ lines: [], all: false })
  const cooked = Buffer.from(TALK)
  cooked.writeUInt32LE(113, 20)
  expect(linesOf([cooked]).all).toBe(false)
})
