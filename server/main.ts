import { join } from 'node:path'
import { bringUp } from './engine/bring-up.ts'
import type { Engine } from './engine/engine.ts'
import { openExerciseInHand } from './engine/exercise-in-hand.ts'
import { openExerciseLoop } from './engine/exercise-loop.ts'
import { openPlaybook } from './engine/playbook.ts'
import type { DeployProgress, LoadedScenario } from './engine/ports.ts'
import { openTerminals } from './engine/terminals.ts'
import { wallClock } from './engine/wall-clock.ts'
import type { Recorded } from './exercise/ledger/events.ts'
import { type Live, openLive } from './live/live.ts'
import { sweep } from './range/enclave/sweep.ts'
import { findEngine } from './range/engine-api/docker.ts'
import { homeOf, ownerOf } from './range/labels.ts'
import type { RangeLog } from './range/log.ts'
import { openRange } from './range/range.ts'
import { openStore, type StoreOptions } from './store/store.ts'

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
    progress(progress: DeployProgress): void
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

/** Opens everything, serves at once, and brings the enclaves up behind it. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const found = await findEngine()
  const store = await openStore(options.store)
  const { loaded, speed, fresh, tell } = options
  const { engine, resumed } = await openExerciseInHand({
    log: store,
    clock: wallClock,
    loaded,
    speed,
    fresh,
    tell: tell.line,
  })
  engine.onEvents((events) => {
    for (const event of events) tell.event(event, engine)
  })
  // Two installations never sweep each other's enclaves, also not from two machines on one engine.
  const home = homeOf(options.dataDir)
  const range = openRange({
    docker: found.docker,
    exerciseId: engine.exerciseId,
    seed: engine.state().seed,
    spec: loaded.range,
    home,
    owner: ownerOf(options.dataDir),
    ...(options.pool ? { pool: options.pool } : {}),
    infra: options.infra,
    cache: join(options.infra, '../.kilp/cache'),
    log: options.log,
    say: tell.line,
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
    logs: range.searchLogs,
    log: options.log,
  })
  const loop = openExerciseLoop({
    engine,
    range,
    log: store,
    clock: wallClock,
    terminals,
    playbook: openPlaybook(loaded.patches),
    fault,
  })
  const deployed = sweep(found.docker, { home, keep: resumed ? [engine.exerciseId] : [] }).then(() =>
    bringUp({
      engine,
      range,
      loop,
      log: store,
      clock: wallClock,
      autostart: options.autostart,
      tell,
      fault,
    }),
  )
  /** All of it, whatever fails on the way: a full disk must not keep the container engine or the port. */
  const shut = async () => {
    const ending: readonly (readonly [string, () => Promise<void>])[] = [
      ['exercise loop', loop.close],
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
