import { join } from 'node:path'
import type { Engine } from './engine/engine.ts'
import { openComparisons } from './engine/platform/comparison.ts'
import { type ExerciseRegistry, openRegistry } from './engine/platform/exercises.ts'
import { type OpenExercise, openExercise } from './engine/platform/open-exercise.ts'
import type { ScenarioPlace } from './engine/platform/open-list.ts'
import { type Operator, openOperator } from './engine/platform/operator.ts'
import { noRoom } from './engine/platform/room.ts'
import { openShelf } from './engine/platform/shelf.ts'
import { type TakenUp, takeUp, type Wanted } from './engine/platform/take-up.ts'
import type { LoadedScenario } from './engine/ports/loaded-scenario.ts'
import type { DeployProgress, EventLog } from './engine/ports/ports.ts'
import type { RangeHost } from './engine/ports/range-host.ts'
import type { Takeaway } from './engine/ports/takeaway.ts'
import { wallClock } from './engine/wall-clock.ts'
import type { Recorded } from './exercise/ledger/events.ts'
import type { CitizenOptions } from './live/citizen/citizen-view.ts'
import { portsFor } from './live/citizen/ports-for.ts'
import { type Live, openLive } from './live/live.ts'
import type { SignInSettings } from './live/sign-in.ts'
import type { SshOptions } from './live/ssh/ssh-door.ts'
import { findEngine } from './range/engine-api/docker.ts'
import { homeOf, ownerOf } from './range/labels.ts'
import type { RangeLog } from './range/log.ts'
import { openRangeHost } from './range/range-host.ts'
import type { SwarmSettings } from './range/swarm/swarm.ts'
import { openSwarmHost } from './range/swarm/swarm-host.ts'
import { ScenarioInvalid } from './scenario/diagnostics/scenario-invalid.ts'
import { loadScenario } from './scenario/load.ts'
import { openStore, type Store, type StoreOptions } from './store/store.ts'

/** What a platform stands on; how it runs does not depend on which they are. */
export interface Ground {
  /** Closed together with the platform. */
  readonly store: EventLog
  /** Where the enclaves come up. */
  readonly ranges: RangeHost
  /** Exports and dumps of the store; none when not given. */
  readonly takeaway?: Takeaway
}

export interface RunOptions {
  readonly host: string
  readonly port: number
  /** Where people reach it, when a proxy stands before it. */
  readonly publicUrl?: string
  /** Where pages of services are shown as citizens see them; nowhere when not given. */
  readonly citizen?: Omit<CitizenOptions, 'count'>
  /** Own tools over SSH; nobody is let in so when not given. */
  readonly ssh?: SshOptions
  /** How people sign in with the organisation's accounts; they do not when not given. */
  readonly signIn?: SignInSettings
  /** Built web pages. */
  readonly web: string
  /** The exercise that it is started for; null: none, they are set up on the home page. */
  readonly wanted: Wanted | null
  /** Scenarios that may be started from the home page; that of the wanted exercise when not given. */
  readonly shelf?: () => readonly ScenarioPlace[]
  /** Token of the one who runs the platform. */
  readonly operatorKey: string
  /** What a dump of the store is given for, and nothing else: it holds the keys of all seats. */
  readonly dumpKey: string
  readonly log: RangeLog
  readonly tell: {
    line(text: string): void
    progress(progress: DeployProgress, engine: Engine): void
    event(event: Recorded, engine: Engine): void
  }
}

export interface PlatformOptions extends RunOptions {
  readonly store: StoreOptions
  /** Exports and dumps of the store; none when not given. */
  readonly openTakeaway?: (store: Store) => Takeaway
  /** Absolute folders: data of this installation, `infra`. */
  readonly dataDir: string
  readonly infra: string
  readonly pool: string | null
  /** See `KILP_TEAM_DISK`. */
  readonly teamDiskMiB: number | null
  /** Enclaves stand on all nodes of a Swarm; null: on the one machine of the engine. */
  readonly swarm: SwarmSettings | null
}

export interface Platform {
  readonly url: string
  readonly live: Live
  readonly exercises: ExerciseRegistry
  /** That of `wanted`. */
  readonly current: OpenExercise | null
  readonly operator: Operator
  /** Stops serving and ticking; never rejects. Enclaves of unfinished exercises stay, so that the next start goes on; those of ended ones go. */
  close(): Promise<void>
}

/** Opens everything, serves at once, and brings the enclaves up behind it. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { docker } = await findEngine()
  const { infra, pool, log } = options
  const host = {
    docker,
    // Two installations never sweep each other's enclaves, also not from two machines on one engine.
    home: homeOf(options.dataDir),
    owner: ownerOf(options.dataDir),
    ...(pool ? { pool } : {}),
    ...(options.teamDiskMiB ? { teamDiskMiB: options.teamDiskMiB } : {}),
    infra,
    cache: join(infra, '../.kilp/cache'),
    log,
    say: options.tell.line,
  }
  const { swarm } = options
  const ranges = swarm ? openSwarmHost({ ...host, swarm }) : openRangeHost(host)
  const store = await openStore(options.store)
  const takeaway = options.openTakeaway?.(store)
  return runPlatform({ store, ranges, ...(takeaway && { takeaway }) }, options)
}

/** The platform on a given ground, which is closed also when it can not start. */
export async function runPlatform(ground: Ground, options: RunOptions): Promise<Platform> {
  try {
    return await run(ground, options)
  } catch (error) {
    await ground.store.close()
    throw error
  }
}

async function run({ store, ranges, takeaway }: Ground, options: RunOptions): Promise<Platform> {
  const { tell } = options
  const fault = (what: string, error: unknown) =>
    options.log.warn({ error: error instanceof Error ? error.stack : String(error) }, what)
  const shared = { log: store, clock: wallClock }
  const { wanted } = options
  const room = (loaded: LoadedScenario) => noRoom(ranges, loaded)
  const taken = await takeUp({ wanted, ...shared, load, noRoom: room, tell: tell.line })

  // Nothing is touched before the pages are served: a port in use must cost nothing.
  const serving = Promise.withResolvers<void>()
  const underWay = [...(taken.current ? [taken.current] : []), ...taken.beside]
  const keep = underWay.map(({ entry }) => entry.exerciseId)
  const swept = serving.promise.then(() => ranges.sweep([...keep, ...taken.left]))

  const begin = ({ entry, engine, loaded }: TakenUp): OpenExercise => {
    engine.onEvents((events) => {
      for (const event of events) tell.event(event, engine)
    })
    const { exerciseId } = engine
    const range = ranges.range({ exerciseId, seed: engine.state().seed, spec: loaded.range })
    return openExercise({
      ...shared,
      engine,
      loaded,
      range,
      autostart: entry.autostart,
      sharers,
      swept,
      tell: { line: tell.line, progress: (progress) => tell.progress(progress, engine) },
      fault,
    })
  }
  const beginBeside = (beside: TakenUp): OpenExercise => {
    const exercise = begin(beside)
    exercise.deployed.catch((error) => {
      if (exercise.engine.state().phase !== 'ended')
        tell.line(`Exercise ${beside.entry.exerciseId} did not come up: ${error}`)
    })
    return exercise
  }
  const running = () => exercises.open().filter(({ engine }) => engine.state().phase === 'running').length
  const sharers = () => Math.max(1, running())
  const current = taken.current && begin(taken.current)
  const newest = current ? null : ((await store.exercises()).at(0)?.exerciseId ?? null)
  const exercises = openRegistry({ ...shared, current, newest })
  for (const beside of taken.beside) exercises.add(beginBeside(beside))
  const operator = openOperator({ ...shared, ranges, exercises, load, begin: beginBeside })

  const shelf = openShelf({
    places: options.shelf ?? (() => (wanted ? [wanted.place] : [])),
    load,
    ranges,
    now: wallClock.now,
  })

  const comparisons = openComparisons({
    log: shared.log,
    exercises,
    stateOf: (id) => exercises.opened(id)?.engine.state() ?? null,
  })

  const live = await openLive({
    host: options.host,
    port: options.port,
    ...(options.publicUrl !== undefined && { publicUrl: options.publicUrl }),
    ...(options.citizen && { citizen: { ...options.citizen, count: portsFor(wanted?.loaded ?? null) } }),
    ...(options.signIn && { signIn: options.signIn }),
    ...(options.ssh && { ssh: options.ssh }),
    webDir: options.web,
    exercises,
    store,
    log: options.log,
    operator: { ...operator, key: options.operatorKey, dumpKey: options.dumpKey, shelf, comparisons },
    ...(takeaway && { takeaway }),
  }).catch(async (error) => {
    await closeAll(exercises)
    throw error
  })
  serving.resolve()
  /** All of it, whatever fails on the way: a full disk must not keep the container engine or the port. */
  const shut = async () => {
    await live.close().catch((error) => fault('closing: live', error))
    await closeAll(exercises)
    ranges.close()
    await store.close().catch((error) => fault('closing: store', error))
  }
  let closed: Promise<void> | null = null
  return {
    url: live.url,
    live,
    exercises,
    current,
    operator,
    close() {
      closed ??= shut()
      return closed
    },
  }
}

/** The scenario, or what is wrong with it. */
const load = ({ folder, packs }: ScenarioPlace, teams?: number): Promise<LoadedScenario | string> =>
  loadScenario(folder, { packs, ...(teams !== undefined && { teams }) }).catch((error) => {
    if (error instanceof ScenarioInvalid) return error.message
    throw error
  })

const closeAll = async (exercises: ExerciseRegistry): Promise<void> => {
  await Promise.all(exercises.open().map((exercise) => exercise.close()))
}
