import type { Refusal } from '../../exercise/decide/commands.ts'
import { openEngine } from '../engine.ts'
import { NO_CITIZENS } from '../ports/citizens.ts'
import type { Clock, EventLog } from '../ports/ports.ts'
import { openQueue } from '../queue.ts'
import type { Exercise } from './exercise.ts'

/** Records in memory at most; each holds the state of a whole exercise. */
const KEPT = 8

/** Why nothing is taken by an exercise that is only a record. */
export const RECORD: Refusal = {
  code: 'record',
  message:
    'This exercise is a record: it can be read, and nothing in it changes any more. Open the one that runs from the start page.',
  params: {},
}

export interface Records {
  /** The record of an exercise, or null when there is none, or too many others are being looked at. */
  find(exerciseId: string): Promise<Exercise | null>
  /** Keeps a record in memory while somebody looks at it. False: it is not there any more, find it again. */
  hold(exercise: Exercise): boolean
  release(exercise: Exercise): void
  forget(exerciseId: string): void
}

/** Exercises that do not run, read from the ledger when somebody asks. `away` hears when one is forgotten again. */
export function openRecords(of: {
  readonly log: EventLog
  readonly clock: Clock
  readonly away: (exercise: Exercise) => void
}): Records {
  const kept = new Map<string, { readonly exercise: Exercise; held: number }>()
  // One after another: each folds a whole ledger.
  const reading = openQueue()

  const forget = (exerciseId: string) => {
    const entry = kept.get(exerciseId)
    kept.delete(exerciseId)
    if (entry) of.away(entry.exercise)
  }
  const room = (): boolean => {
    if (kept.size < KEPT) return true
    const unheld = [...kept].find(([, { held }]) => held === 0)
    if (unheld) forget(unheld[0])
    return unheld !== undefined
  }
  const entryOf = (exercise: Exercise) => {
    const entry = kept.get(exercise.engine.exerciseId)
    return entry?.exercise === exercise ? entry : null
  }
  return {
    async find(exerciseId) {
      const known = kept.get(exerciseId)
      if (known) {
        kept.delete(exerciseId)
        kept.set(exerciseId, known)
        return known.exercise
      }
      return reading.run(async () => {
        const meanwhile = kept.get(exerciseId)
        if (meanwhile) return meanwhile.exercise
        if ((await of.log.lastPosition(exerciseId)) === 0 || !room()) return null
        const exercise = await readExercise(of.log, of.clock, exerciseId)
        kept.set(exerciseId, { exercise, held: 0 })
        return exercise
      })
    },
    hold(exercise) {
      const entry = entryOf(exercise)
      if (entry) entry.held += 1
      return entry !== null
    },
    release(exercise) {
      const entry = entryOf(exercise)
      if (entry) entry.held -= 1
    },
    forget,
  }
}

/** An exercise as its ledger tells it: nothing acts, and every command is refused. */
async function readExercise(log: EventLog, clock: Clock, exerciseId: string): Promise<Exercise> {
  const engine = await openEngine({ log, clock, exerciseId })
  const refused = async () => ({ ok: false, refusal: RECORD }) as const
  return {
    engine: { ...engine, submit: refused, checkpoint: async () => {} },
    terminals: { open: refused, close: async () => {}, login: refused, followed: refused },
    searchLogs: async () => null,
    citizens: NO_CITIZENS,
    changes: async () => null,
    sources: null,
    captures: null,
    record: true,
  }
}
