import { execFileSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { createReadStream, mkdirSync, rmSync } from 'node:fs'
import { readCounts } from './kernel-counts.ts'
import { openSensor } from './sensor.ts'

/** Where the ear, in a container of its own, writes: a recording of each network and what its recorder says. */
const EARS = '/dev/shm/ears'
const SWEEP_MS = 1_000
const AGAIN_MS = 500

const { KILP_COLLECTOR_ADDRESS: collector = '', KILP_NAMES = '', KILP_EARS = '' } = process.env
const networks = KILP_EARS.split(' ').filter(Boolean)
const names = new Map(
  KILP_NAMES.split(' ').flatMap((one): [string, string][] => {
    const [address, name] = one.split('=')
    return address && name ? [[address, name]] : []
  }),
)

const socket = createSocket('udp4')
socket.on('error', (error) => console.error(`sensor: ${error.message}`))
const write = (line: string) =>
  socket.send(line, 514, collector, (error) => {
    if (error) console.error(`sensor: ${error.message}`)
  })
const sensor = openSensor({ names, write, clock: () => performance.now() })

/** Reads a pipe from its beginning on, and again each time when whoever wrote into it has gone. A piece that `take` refuses ends it. */
function follow(path: string, open: () => (chunk: Buffer) => boolean): void {
  const stream = createReadStream(path)
  let take: (chunk: Buffer) => boolean = () => false
  // It is open once there is somebody who writes.
  stream.on('open', () => {
    take = open()
  })
  stream.on('data', (chunk) => {
    if (!take(chunk as Buffer)) stream.destroy(new Error(`${path} makes no sense`))
  })
  stream.on('error', (error) => console.error(`sensor: ${error.message}`))
  stream.on('close', () => setTimeout(() => follow(path, open), AGAIN_MS))
}

rmSync(EARS, { recursive: true, force: true })
mkdirSync(EARS, { mode: 0o755 })
process.umask(0)
for (const network of networks) {
  const [recording, said] = [`${EARS}/${network}`, `${EARS}/${network}.said`]
  execFileSync('mkfifo', ['-m', '622', recording, said])
  follow(recording, () => {
    write(`[sensor] listens on network ${network}`)
    return sensor.ear()
  })
  follow(said, () => {
    const read = readCounts(sensor.missed)
    return (chunk) => {
      read(chunk.toString('latin1'))
      return true
    }
  })
}
setInterval(() => sensor.sweep(Date.now()), SWEEP_MS)
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0))
