import { createInterface } from 'node:readline'
import { addAddresses, parseNetwork } from './networks.ts'
import { nationOf } from './people.ts'
import { type ExecResult, type RunRequest, runScript } from './run.ts'

/** The probe: plays citizens and attackers of one enclave. JSON lines on stdin and stdout; words for people on stderr. */

const list = (text: string | undefined) =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
const networks = list(process.env.KILP_NETWORKS).map(parseNetwork)
const addresses = addAddresses(list(process.env.KILP_ADDRESSES))
const nationSeed = process.env.KILP_SEED ?? ''
const cardAuthority = process.env.CARD_CA_KEY ?? ''

const AT_ONCE = 64
const LINE_LIMIT = 1024 * 1024

type Line =
  | ({ readonly id: string } & RunRequest)
  | { readonly id: string; readonly execResult: ExecResult }
  | { readonly cancel: string }
  | { readonly ping: number }

const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`)
const execs = new Map<string, (result: ExecResult) => void>()
const cancelled = new Set<string>()
const waiting: (() => void)[] = []
let running = 0

async function run(id: string, request: RunRequest): Promise<void> {
  if (running >= AT_ONCE) await new Promise<void>((start) => waiting.push(start))
  running += 1
  const answer = await runScript(
    request,
    {
      networks,
      addresses,
      nationSeed,
      cardAuthority,
      // Steps of one run go one after another, so the run's id names the answer that is waited for.
      exec: (path, env) =>
        new Promise((resolve) => {
          execs.set(id, resolve)
          say({ id, exec: { path, env } })
        }),
    },
    () => cancelled.has(id),
  )
  running -= 1
  cancelled.delete(id)
  execs.delete(id)
  waiting.shift()?.()
  say({ id, ...answer })
}

function hear(text: string): void {
  if (text.length > LINE_LIMIT)
    return void process.stderr.write(`line of ${text.length} characters refused\n`)
  let line: Line
  try {
    line = JSON.parse(text) as Line
  } catch {
    return void process.stderr.write('a line that is no JSON\n')
  }
  if ('ping' in line) say({ pong: line.ping })
  else if ('cancel' in line) {
    cancelled.add(line.cancel)
    execs.get(line.cancel)?.({ exitCode: -1, stdout: '', stderr: '', error: 'cancelled' })
  } else if ('execResult' in line) execs.get(line.id)?.(line.execResult)
  else if ('script' in line) void run(line.id, line)
}

// Before the first run, which would else wait for it.
nationOf(nationSeed)
createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }).on('line', hear)
// Nobody at the other end: the platform went away and will attach again.
process.stdin.on('error', () => {})
process.stdout.on('error', () => {})
process.on('SIGTERM', () => process.exit(0))
say({ ready: true, addresses })
