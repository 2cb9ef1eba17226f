import { createInterface } from 'node:readline'
import { findEngine } from '../../../server/range/engine-api/docker.ts'
import { clearSwarm } from '../../../server/range/swarm/clear.ts'
import { openSwarmHost } from '../../../server/range/swarm/swarm-host.ts'
import { seed } from '../fixtures/open.ts'
import { fixtureSpec, infra } from '../fixtures/spec.ts'

/** A range on a Swarm, in a process of its own where a platform of the lab runs: commands come as JSON lines, answers and what is heard go out so. */
export interface DriverOptions {
  readonly exerciseId: string
  readonly home: string
  readonly folder: string
  readonly port: number
}

const tell = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`)

const { exerciseId, home, ...own } = JSON.parse(process.argv[2] ?? '') as DriverOptions
const swarm = { ...own, registry: null }
const { docker } = await findEngine()
const warn = (about: object, text: string) => void process.stderr.write(`${JSON.stringify(about)} ${text}\n`)
const log = { info: () => {}, warn }
const host = openSwarmHost({ docker, home, infra, swarm, log })
const range = host.range({ exerciseId, seed, spec: fixtureSpec() })
range.onContainerEvent((event) => tell({ heard: 'container', event }))
range.watchMachines((event) => tell({ heard: 'machine', event }))

const COMMANDS = {
  async deploy(teams: readonly string[]) {
    const proofs: Record<string, unknown> = {}
    await range.deploy(
      teams,
      () => {},
      (team, checks) => {
        proofs[team] = checks
      },
    )
    return proofs
  },
  adopt: (teams: readonly string[]) => range.adopt(teams),
  sweep: () => host.sweep([exerciseId]),
  watchIsolation: async () => range.watchIsolation((event) => tell({ heard: 'isolation', event })),
  journey: (team: string, key: string) => {
    const [service = '', journey = ''] = key.split('/')
    return range.runJourney(team, service, journey)
  },
  exploit: (team: string, weakness: string) => range.runExploit(team, weakness, {}),
  /** What a terminal shows up to `until`. */
  async terminal(team: string, typed: string, until: string) {
    const terminal = await range.openTerminal(team, 'desk', { cols: 90, rows: 25 })
    try {
      return await new Promise((resolve, reject) => {
        let seen = ''
        terminal.onData((chunk) => {
          seen += chunk
          if (seen.includes(until)) resolve(seen)
        })
        terminal.onClose((why) => reject(new Error(`closed: ${why}`)))
        terminal.write(typed).catch(reject)
      })
    } finally {
      terminal.close()
    }
  },
  async program(team: string, command: string, input: string) {
    const program = await range.runProgram(team, 'desk', { kind: 'command', command }, null)
    let out = ''
    program.stdout.on('data', (chunk) => {
      out += chunk
    })
    program.stdin.end(input)
    return { status: await program.ended, out }
  },
  async capture(team: string) {
    const recording = range.captureTraffic(team, 'desk', { forMs: 4_000, maxBytes: 2 ** 20 })
    const visits = setInterval(() => void range.runJourney(team, 'desk', 'alive'), 500)
    const bytes = Buffer.from(await recording.finally(() => clearInterval(visits)))
    return { magic: bytes.subarray(0, 4).toString('hex'), visit: bytes.includes('GET / HTTP/1.1') }
  },
  async sources(team: string) {
    const { now } = (await range.sources(team, 'desk')) ?? { now: new Map() }
    return Object.fromEntries(now)
  },
  write: (team: string, path: string, text: string, expected: string | null) =>
    range.writeSource(team, 'desk', { path, text, expected }),
  restart: (team: string, service: string) => range.restart(team, service),
  capacity: (team: string) => range.capacity(team),
  carries: () => host.carries(3),
  move: (team: string) => range.move(team),
  destroy: () => range.destroy(),
  clear: () => clearSwarm(docker, home, swarm),
}
export type Commands = typeof COMMANDS

for await (const line of createInterface(process.stdin)) {
  const { id, command, given } = JSON.parse(line) as {
    readonly id: number
    readonly command: keyof Commands
    readonly given: readonly string[]
  }
  const done = COMMANDS[command] as (...given: readonly unknown[]) => Promise<unknown>
  done(...given).then(
    (value) => tell({ id, value }),
    (error: Error) => tell({ id, error: error.message }),
  )
}
host.close()
process.exit(0)
