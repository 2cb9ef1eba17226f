import type { ExerciseSummary } from '../../exercise/wire/protocol.ts'
import type { Clock, EventLog } from '../ports/ports.ts'
import type { Exercise } from './exercise.ts'
import { openExerciseList } from './exercise-list.ts'
import type { OpenExercise } from './open-exercise.ts'
import { openRecords } from './records.ts'

/** All exercises of a platform: those that are open, with an engine and a range each, and the records. */
export interface Exercises {
  /** What an address that names no exercise means; null while there is none at all. */
  readonly current: string | null
  /** Null when there is none of this id. */
  find(exerciseId: string): Promise<Exercise | null>
  /** Somebody looks at it until `release`. False: it has been put away meanwhile, find it again. */
  hold(exercise: Exercise): boolean
  release(exercise: Exercise): void
  /** Open ones first, the current one at the head, then records, newest first. */
  list(): Promise<readonly ExerciseSummary[]>
  /** Calls when an exercise is served from the ledger from now on, or is forgotten until somebody asks. Returns the function that ends it. */
  onAway(call: (exercise: Exercise) => void): () => void
}

/** For the platform itself, which opens and puts away. */
export interface ExerciseRegistry extends Exercises {
  open(): readonly OpenExercise[]
  opened(exerciseId: string): OpenExercise | null
  add(exercise: OpenExercise): void
  /** Closes it; from now on it is a record. */
  putAway(exercise: OpenExercise): Promise<void>
  /** The ledger of one that is not open was written to. */
  forget(exerciseId: string): void
}

export function openRegistry(of: {
  readonly log: EventLog
  readonly clock: Clock
  /** The one that the platform was started for; null: it was started for none, and the oldest that is open is the current one, or the last that was. */
  readonly current: OpenExercise | null
  /** The newest record, where none is open yet. */
  readonly newest: string | null
}): ExerciseRegistry {
  const started = of.current?.engine.exerciseId ?? null
  const open = new Map(of.current ? [[of.current.engine.exerciseId, of.current]] : [])
  let last = of.newest
  const current = () => started ?? open.keys().next().value ?? last
  const listeners = new Set<(exercise: Exercise) => void>()
  const away = (exercise: Exercise) => {
    for (const call of listeners) call(exercise)
  }
  const records = openRecords({ ...of, away })
  const list = openExerciseList(of.log)
  const isOpen = (exercise: Exercise) => open.get(exercise.engine.exerciseId) === exercise
  return {
    get current() {
      return current()
    },
    open: () => [...open.values()],
    opened: (exerciseId) => open.get(exerciseId) ?? null,
    find: async (exerciseId) => open.get(exerciseId) ?? records.find(exerciseId),
    hold: (exercise) => isOpen(exercise) || records.hold(exercise),
    release: records.release,
    list: () => list.list(current(), [...open.values()]),
    onAway(call) {
      listeners.add(call)
      return () => listeners.delete(call)
    },
    add(exercise) {
      open.set(exercise.engine.exerciseId, exercise)
      list.changed()
    },
    async putAway(exercise) {
      await exercise.close()
      last = exercise.engine.exerciseId
      open.delete(last)
      list.changed()
      away(exercise)
    },
    forget(exerciseId) {
      if (last === exerciseId && !open.has(exerciseId)) last = null
      list.changed()
      records.forget(exerciseId)
    },
  }
}
