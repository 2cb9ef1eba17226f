import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type Conductor, openConductor } from './engine/conductor.ts'
import { type AskedCommand, type Engine, openEngine } from './engine/engine.ts'
import { openPlaybook } from './engine/playbook.ts'
import { DeployFailure, type LoadedScenario, type Range } from './engine/ports.ts'
import { openTerminals } from './engine/terminals.ts'
import { wallClock } from './engine/wall-clock.ts'
import type { Recorded } from './exercise/events.ts'
import type { Team } from './exercise/model.ts'
import { type Live, openLive } from './live/live.ts'
import { findEngine } from './range/docker.ts'
import { homeOf } from './range/labels.ts'
import type { RangeLog } from './range/log.ts'
import { openRange } from './range/range.ts'
import { sweep } from './range/sweep.ts'
import { openStore, type Store, type StoreOptions } from './store/store.ts'

export interface PlatformOptions {
  readonly host: string
  readonly port: number
  readonly store: StoreOptions
  /** Absolute folders: data of this installation, `infra`, built web pages. */
  readonly dataDir: string
  readonly infra: string
  readonly web: string
  readonly pool: string | null
  readonly loaded: LoadedScenario
  readonly speed: number
  readonly autostart: boolean
  /** Give up an unfinished exercise. */
  readonly fresh: boolean
  readonly log: RangeLog
  readonly tell: {
    line(text: string): void
    progress(team: string, done: number, total: number, what: string): void
    event(event: Recorded, engine: Engine): void
  }
}

export interface Platform {
  readonly url: string
  readonly engine: Engine
  readonly live: Live
  /** Resolves when the enclaves are up (and the exercise started, with autostart); rejects with `DeployFailure`. */
  readonly deployed: Promise<void>
  /** Stops serving and ticking; never rejects. Enclaves of an unfinished exercise stay, so that the next start goes on; those of an ended one go. */
  close(): Promise<void>
}

/** Setting that names the exercise in hand and the scenario it was made from. */
const CURRENT = 'current-exercise'

interface Current {
  readonly exerciseId: string
  readonly scenarioHash: string
}

/**
 * The exercise in hand, to be taken up again when it has not ended and was made from the same scenario. One that is not taken up is ended,
 * so that the ledger says so.
 */
async function openCurrent(store: Store, options: PlatformOptions): Promise<Engine | null> {
  const current = (await store.getSetting(CURRENT)) as Current | null | undefined
  if (!current) return null
  const engine = await openEngine({ log: store, clock: wallClock, exerciseId: current.exerciseId })
  const { phase, exerciseId } = engine.state()
  if (exerciseId === '' || phase === 'ended') return null
  if (current.scenarioHash === options.loaded.hash && !options.fresh) return engine
  options.tell.line(
    options.fresh
      ? `Giving up the unfinished exercise ${exerciseId}`
      : `The scenario is another than that of the unfinished exercise ${exerciseId}, which ends here`,
  )
  await engine.submit({ type: 'end-exercise', data: { reason: 'replaced' } }, 'platform')
  return null
}

async function createExercise(store: Store, options: PlatformOptions): Promise<Engine> {
  const exerciseId = randomBytes(4).toString('hex')
  const { scenario, teams, hash } = options.loaded
  // First, so that a crash in between leaves an exercise without a ledger, which the next start passes over.
  await store.putSetting(CURRENT, { exerciseId, scenarioHash: hash } satisfies Current)
  const engine = await openEngine({ log: store, clock: wallClock, exerciseId })
  const created = await engine.submit(
    {
      type: 'create-exercise',
      data: {
        exerciseId,
        scenario,
        scenarioHash: hash,
        seed: randomBytes(16).toString('hex'),
        teams,
        speed: options.speed,
      },
    },
    'platform',
  )
  if (!created.ok) throw new Error(`the exercise can not be created: ${created.refusal.message}`)
  return engine
}

/** Issues the seats that every exercise has and this one has not yet; one that was revoked stays so. */
async function issueSeats(engine: Engine): Promise<void> {
  const { seats, teams } = engine.state()
  for (const wanted of seatsFor(teams))
    if (!seats.some(({ seat, team }) => seat === wanted.seat && team === wanted.team))
      await engine.submit({ type: 'issue-seat', data: { seatId: randomUUID(), ...wanted } }, 'platform')
}

const seatsFor = (teams: readonly { readonly id: string; readonly name: Team['name'] }[]) => [
  { seat: 'white' as const, team: null, label: 'Instructor' },
  ...teams.map((team) => ({ seat: 'blue' as const, team: team.id, label: team.name.en })),
  { seat: 'observer' as const, team: null, label: 'Observer' },
  { seat: 'guest' as const, team: null, label: 'Guest' },
]

/** Opens everything, serves at once, and brings the enclaves up behind it. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const found = await findEngine()
  const store = await openStore(options.store)
  const current = await openCurrent(store, options)
  const engine = current ?? (await createExercise(store, options))
  await issueSeats(engine)
  if (current)
    options.tell.line(
      `Taking up exercise ${engine.exerciseId} where it was; its teams and speed stay. A new one: --fresh`,
    )
  engine.onEvents((events) => {
    for (const event of events) options.tell.event(event, engine)
  })
  // Two installations never sweep each other's enclaves, also not from two machines on one engine.
  const home = homeOf(options.dataDir)
  const range = openRange({
    docker: found.docker,
    exerciseId: engine.exerciseId,
    seed: engine.state().seed,
    spec: options.loaded.range,
    home,
    ...(options.pool ? { pool: options.pool } : {}),
    infra: options.infra,
    cache: join(options.infra, '../.kilp/cache'),
    log: options.log,
  })
  const fault = (what: string, error: unknown) =>
    options.log.warn({ error: error instanceof Error ? error.stack : String(error) }, what)
  const terminals = openTerminals(engine, range, fault)
  const live = await openLive({
    host: options.host,
    port: options.port,
    webDir: options.web,
    engine,
    terminals,
    store,
    log: options.log,
  })
  const conductor = openConductor({
    engine,
    range,
    log: store,
    clock: wallClock,
    terminals,
    playbook: openPlaybook(options.loaded.patches),
    fault,
  })
  const deployed = sweep(found.docker, { home, keep: current ? [engine.exerciseId] : [] }).then(() =>
    bringUp({ engine, range, conductor, store, options, fault }),
  )
  /** All of it, whatever fails on the way: a full disk must not keep the container engine or the port. */
  const shut = async () => {
    const ending: readonly (readonly [string, () => Promise<void>])[] = [
      ['conductor', conductor.close],
      ['live', live.close],
      ['checkpoint', engine.checkpoint],
      ['range', () => (engine.state().phase === 'ended' ? range.destroy() : range.close())],
      ['engine', engine.close],
      ['store', store.close],
    ]
    for (const [what, end] of ending) await end().catch((error) => fault(`closing: ${what}`, error))
  }
  let closed: Promise<void> | null = null
  return {
    url: live.url,
    engine,
    live,
    deployed,
    close() {
      closed ??= shut()
      return closed
    },
  }
}

interface BringUp {
  readonly engine: Engine
  readonly range: Range
  readonly conductor: Conductor
  readonly store: Store
  readonly options: PlatformOptions
  readonly fault: (what: string, error: unknown) => void
}

async function bringUp(parts: BringUp): Promise<void> {
  const { engine, conductor, options } = parts
  // The platform stopped while it deployed: nothing of that deploy is trusted.
  if (engine.state().phase === 'deploying')
    await engine.submit(
      {
        type: 'fail-deploy',
        data: { team: null, reason: 'the platform stopped while it deployed', evidence: '' },
      },
      'platform',
    )
  if (engine.state().phase === 'created') await deployAll(parts)
  else if (engine.state().phase !== 'ended') await takeUpAgain(parts)
  await conductor.begin()
  if (options.autostart && engine.state().phase === 'ready')
    await engine.submit({ type: 'start-exercise', data: {} }, 'platform')
}

function deploy({ engine, range, options, fault }: BringUp, teams: readonly string[]): Promise<void> {
  const report = (command: AskedCommand) =>
    void engine.submit(command, 'platform').catch((error) => fault(command.type, error))
  return range.deploy(
    teams,
    (progress) => {
      options.tell.progress(progress.team, progress.done, progress.total, progress.what)
      report({ type: 'report-deploy-progress', data: progress })
    },
    (team, checks) => report({ type: 'report-isolation', data: { team, checks } }),
  )
}

async function deployAll(parts: BringUp): Promise<void> {
  const { engine } = parts
  const started = performance.now()
  await engine.submit({ type: 'start-deploy', data: {} }, 'platform')
  try {
    await deploy(parts, teamIds(engine))
  } catch (error) {
    const failure = error instanceof DeployFailure ? error : new DeployFailure(null, String(error), '')
    const { team, message: reason, evidence } = failure
    await engine.submit({ type: 'fail-deploy', data: { team, reason, evidence } }, 'platform')
    throw error
  }
  const ms = Math.round(performance.now() - started)
  const finished = await engine.submit({ type: 'finish-deploy', data: { ms } }, 'platform')
  if (!finished.ok) throw new DeployFailure(null, finished.refusal.message, '')
}

const teamIds = (engine: Engine) => engine.state().teams.map((team) => team.id)

/** After a crash or stop: containers that still run are adopted, what was in flight is abandoned, time away does not count. */
async function takeUpAgain(parts: BringUp): Promise<void> {
  const { engine, range, store, options } = parts
  const incomplete = await range.adopt(teamIds(engine))
  if (incomplete.length > 0) {
    options.tell.line(`Not all of ${incomplete.join(', ')} is there any more: deploying anew`)
    await deploy(parts, incomplete)
  }
  const checkpoint = await store.loadClock(engine.exerciseId)
  const awayMs = checkpoint ? Math.max(0, wallClock.now() - checkpoint.wall) : 0
  await engine.submit({ type: 'recover-platform', data: { awayMs } }, 'platform')
}
