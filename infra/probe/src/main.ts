import { createInterface } from 'node:readline'
import { setFlagsFromString } from 'node:v8'
import { openAppWorkers } from './app-workers.ts'
import { addAddresses, parseNetwork } from './networks.ts'
import { populationOf } from './people.ts'
import { openWire } from './wire.ts'

/** The probe: plays citizens and attackers of one enclave. JSON lines on stdin and stdout; words for people on stderr. */

// An expression that a hostile page drives into endless backtracking goes on in linear time.
setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks')

const list = (text = '') =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

const nationSeed = process.env.KILP_SEED ?? ''
const addresses = addAddresses(list(process.env.KILP_ADDRESSES))
const cardAuthority = process.env.CARD_CA_KEY ?? ''
const place = {
  reach: { networks: list(process.env.KILP_NETWORKS).map(parseNetwork), addresses },
  population: populationOf(nationSeed),
  nationSeed,
  cardAuthority,
  apps: openAppWorkers({ nationSeed, cardAuthority }),
}
const say = (message: object) => void process.stdout.write(`${JSON.stringify(message)}\n`)

// Nobody at the other end: the platform went away and will attach again.
process.stdin.on('error', () => {})
process.stdout.on('error', () => {})
// Whatever a service provokes in one run must not end the others.
process.on('uncaughtException', (error) => void process.stderr.write(`${error.stack}\n`))
for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) process.on(signal, () => process.exit(0))

createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }).on(
  'line',
  openWire(place, say),
)
say({ ready: true, addresses })
