import type { Clock, EventLog } from '../ports/ports.ts'
import { openExerciseList } from './exercise-list.ts'
import type { Exercises } from './exercises.ts'
import { openRecords } from './records.ts'

/** A platform of records alone: nothing runs, nothing can, and no range is needed. `current`: the one that an address without an id means. */
export function openRecordsOnly(of: {
  readonly log: EventLog
  readonly clock: Clock
  readonly current: string
}): Exercises {
  const listeners = new Set<Parameters<Exercises['onAway']>[0]>()
  const records = openRecords({
    ...of,
    away: (exercise) => {
      for (const call of listeners) call(exercise)
    },
  })
  const list = openExerciseList(of.log)
  return {
    current: of.current,
    find: records.find,
    hold: records.hold,
    release: records.release,
    list: () => list.list(of.current, []),
    onAway(call) {
      listeners.add(call)
      return () => listeners.delete(call)
    },
  }
}
