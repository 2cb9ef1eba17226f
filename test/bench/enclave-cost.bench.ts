import { join } from 'node:path'
import type { LoadedScenario } from '../../server/engine/ports/loaded-scenario.ts'
import type { Range } from '../../server/engine/ports/ports.ts'
import { type ContainerEngine, findEngine } from '../../server/range/engine-api/docker.ts'
import { silent } from '../../server/range/log.ts'
import { openRange } from '../../server/range/range.ts'
import { loadScenario } from '../../server/scenario/load.ts'
import { engineSeconds, heldBy, type Spent, spentBy } from './enclave-parts.ts'

/**
 * What one enclave of the demo costs: memory and CPU of each container at rest, with a light check of each service every five seconds and nothing else,
 * and CPU of a full journey by part. Counted by the kernel for each process and group; other work on the machine still makes
 * it more, since caches are shared. Needs root and an engine on this machine.
 */
const root = join(import.meta.dirname, '../..')
const TEAM = 'meremaa'
const LIGHT_EVERY_MS = 5_000
/** After a start there is still work: connections come, code is compiled. */
const SETTLE_MS = 45_000
const REST_MS = 60_000
const ROUNDS = 4
const PLATFORM = 'platform'
/** Beside these all are services. */
const PARTS = new Set([PLATFORM, 'probe', 'registry-db', 'xroad', 'xroad-jp', 'soc', 'sensor', 'ear'])
/** Its daemons work for everybody on the machine, so this is not in the sums. */
const ENGINE = 'CPU of the container engine meanwhile, for all that it does'

interface Row {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly against?: string
}

interface Moment {
  readonly containers: readonly Spent[]
  readonly engineS: number
  readonly platformS: number
}

interface Bench {
  readonly docker: ContainerEngine
  readonly exerciseId: string
  readonly range: Range
  readonly spec: LoadedScenario['range']
}

export async function bench() {
  const { docker } = await findEngine()
  const { range: spec } = await loadScenario(join(root, 'scenarios/storm-over-meremaa'))
  const exerciseId = `bc${process.pid}`
  const infra = join(root, 'infra')
  const range = openRange({ docker, exerciseId, seed: 'bench', spec, home: exerciseId, infra, log: silent })
  const one: Bench = { docker, exerciseId, range, spec }
  const nothing = () => {}
  try {
    await range.deploy([TEAM], nothing, nothing)
    range.watchDisk(nothing)
    range.watchIsolation(nothing)
    const resting = await atRest(one)
    return { name: 'What one enclave of the demo costs', rows: [...resting, ...(await journeys(one))] }
  } finally {
    await range.destroy()
  }
}

async function moment({ docker, exerciseId }: Bench): Promise<Moment> {
  const containers = await spentBy(docker, exerciseId, TEAM)
  const { user, system } = process.cpuUsage()
  return {
    containers,
    engineS: engineSeconds(containers.map(({ id }) => id)),
    platformS: (user + system) / 1e6,
  }
}

/** Milliseconds of CPU between two moments, by part. */
function between(from: Moment, to: Moment): ReadonlyMap<string, number> {
  const before = new Map(from.containers.map(({ id, cpuNs }) => [id, cpuNs]))
  return new Map([
    ...to.containers.map(({ id, service, cpuNs }): [string, number] => [
      service,
      (cpuNs - (before.get(id) ?? 0)) / 1e6,
    ]),
    [PLATFORM, (to.platformS - from.platformS) * 1e3],
  ])
}

const engineMs = (from: Moment, to: Moment): number => (to.engineS - from.engineS) * 1e3

const total = (parts: ReadonlyMap<string, number>): number => [...parts.values()].reduce((a, b) => a + b, 0)

async function atRest(one: Bench): Promise<readonly Row[]> {
  const lights = one.spec.services.map(({ id, alive }, index) =>
    later((index * LIGHT_EVERY_MS) / one.spec.services.length, () => mustPass(one, id, alive)),
  )
  await wait(SETTLE_MS)
  const from = await moment(one)
  await wait(REST_MS)
  const to = await moment(one)
  const spent = between(from, to)
  await Promise.all(lights.map((end) => end()))
  const held = await memoryOf(one, from)
  const sum = (of: (one: (typeof held)[number]) => number) => held.reduce((all, one) => all + of(one), 0)
  return [
    { what: 'memory at rest, shared pages divided (PSS)', value: sum(({ fair }) => fair), unit: 'MiB' },
    { what: 'memory at rest, anonymous', value: sum(({ anonymous }) => anonymous), unit: 'MiB' },
    { what: 'processes', value: sum(({ processes }) => processes), unit: '' },
    { what: 'CPU at rest, a minute, containers and platform', value: total(spent), unit: 'ms' },
    { what: 'CPU of the platform, a minute', value: spent.get(PLATFORM) ?? 0, unit: 'ms' },
    { what: ENGINE, value: engineMs(from, to), unit: 'ms a minute' },
    ...held.map(({ service, fair, processes }) => ({
      what: `${service}, ${processes} processes`,
      value: fair,
      unit: 'MiB',
      against: `CPU a minute: ${(spent.get(service) ?? 0).toFixed(0)} ms`,
    })),
  ]
}

async function journeys(one: Bench): Promise<readonly Row[]> {
  const full = one.spec.services.flatMap(({ id, alive }) =>
    Object.keys(one.spec.journeys)
      .filter((key) => key.startsWith(`${id}/`) && key !== `${id}/${alive}`)
      .map((key): [string, string] => [id, key.slice(id.length + 1)]),
  )
  const all = async () => {
    for (const [service, journey] of full) await mustPass(one, service, journey)
  }
  await all()
  const from = await moment(one)
  for (let round = 0; round < ROUNDS; round++) await all()
  const to = await moment(one)
  const spent = between(from, to)
  const count = full.length * ROUNDS
  const held = await memoryOf(one, from)
  const named = [...spent].filter(([part]) => PARTS.has(part))
  const services = [...spent].filter(([part]) => !PARTS.has(part)).reduce((sum, [, ms]) => sum + ms, 0)
  return [
    { what: `CPU of a full journey, mean of ${full.length}`, value: total(spent) / count, unit: 'ms' },
    ...[...named, ['other services', services] as const].map(([part, ms]) => ({
      what: `of that by ${part}`,
      value: ms / count,
      unit: 'ms',
    })),
    { what: ENGINE, value: engineMs(from, to) / count, unit: 'ms a journey' },
    {
      what: `memory after ${count + full.length} journeys, shared pages divided (PSS)`,
      value: held.reduce((sum, { fair }) => sum + fair, 0),
      unit: 'MiB',
    },
  ]
}

const memoryOf = (one: Bench, { containers }: Moment) =>
  Promise.all(containers.map(async ({ id, service }) => ({ service, ...(await heldBy(one.docker, id)) })))

/** Again and again from then on; gives what ends it. */
function later(afterMs: number, work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout = setTimeout(() => {
    running = work()
    timer = setInterval(() => {
      running = work()
    }, LIGHT_EVERY_MS)
  }, afterMs)
  return () => {
    clearInterval(timer)
    return running
  }
}

async function mustPass({ range }: Bench, service: string, journey: string): Promise<void> {
  const { outcome, evidence } = await range.runJourney(TEAM, service, journey)
  if (outcome !== 'pass') throw new Error(`${service}/${journey}: ${outcome} ${JSON.stringify(evidence)}`)
}

const wait = (ms: number) => new Promise((wake) => setTimeout(wake, ms))
