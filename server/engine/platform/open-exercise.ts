import { bringUp } from '../bring-up.ts'
import { openCaptures } from '../captures.ts'
import { openCasts } from '../casts.ts'
import { openExerciseLoop } from '../exercise-loop.ts'
import { openKeptChanges } from '../kept-changes.ts'
import { openPlaybook } from '../playbook.ts'
import type { Clock, DeployProgress, EventLog, Range } from '../ports/ports.ts'
import { openSources } from '../sources.ts'
import { openTerminals } from '../terminals.ts'
import type { Exercise } from './exercise.ts'
import type { TakenUp } from './take-up.ts'

/** An exercise with a range, on which it acts. */
export interface OpenExercise extends Exercise {
  /** Resolves when the enclaves are up (and the exercise started, with autostart); rejects with `DeployFailure`. */
  readonly deployed: Promise<void>
  /** Stops ticking; never rejects. Enclaves of an unfinished exercise stay, so that it can be gone on with; those of an ended one go. */
  close(): Promise<void>
}

/** Builds all that one exercise needs around its engine, and brings its enclaves up once `swept` has resolved. */
export function openExercise(
  of: Pick<TakenUp, 'engine' | 'loaded'> & {
    readonly range: Range
    readonly log: EventLog
    readonly clock: Clock
    readonly autostart: boolean
    readonly swept: Promise<void>
    /** How many exercises run on the same machines just now, this one too. */
    readonly sharers: () => number
    readonly tell: { line(text: string): void; progress(progress: DeployProgress): void }
    readonly fault: (what: string, error: unknown) => void
  },
): OpenExercise {
  const { engine, range, fault } = of
  const casts = openCasts(of)
  const terminals = openTerminals(engine, range, fault, casts)
  const kept = openKeptChanges({ ...of, patches: of.loaded.patches })
  const loop = openExerciseLoop({ ...of, terminals, playbook: openPlaybook(of.loaded.patches) })
  const deployed = of.swept.then(() => bringUp({ ...of, loop }))
  // Whoever waits hears of it; until then a rejection must not end the process.
  deployed.catch(() => {})
  /** All of it, whatever fails on the way: a full disk must not keep the container engine. */
  const shut = async () => {
    const ending: readonly (readonly [string, () => Promise<void>])[] = [
      ['exercise loop', loop.close],
      ['kept changes', kept.close],
      ['checkpoint', engine.checkpoint],
      ['range', () => (engine.state().phase === 'ended' ? range.destroy() : range.close())],
      ['recordings of terminals', casts.close],
      ['engine', engine.close],
    ]
    for (const [what, end] of ending) await end().catch((error) => fault(`closing: ${what}`, error))
  }
  let closed: Promise<void> | null = null
  return {
    engine,
    terminals,
    searchLogs: range.searchLogs,
    citizens: range.citizens,
    changes: range.changes,
    captures: openCaptures(engine, range, fault),
    sources: openSources(engine, range, loop.looks),
    record: false,
    deployed,
    close() {
      closed ??= shut()
      return closed
    },
  }
}
