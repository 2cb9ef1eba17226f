import type { Moment } from '../../exercise/schedule/moment.ts'
import { type Records, servedKey, type TaskRecord, type Wanted } from '../../exercise/schedule/task.ts'
import type { TaskOutcome } from './task-run.ts'

/** The runner's memory of what began and how it ended, in the shape that the schedule reads. */
export function openRecords() {
  const tasks = new Map<string, TaskRecord>()
  const served = new Map<string, number>()
  let starts = 0
  return {
    records: { tasks, served } satisfies Records,
    began({ key, lane, team }: Wanted, startedMs: number, startedBy: number): void {
      const before = tasks.get(key)
      const { runs = 0, bad = 0, faults = 0 } = before ?? {}
      tasks.set(key, { runs: runs + 1, startedMs, startedBy, ended: null, bad, faults })
      served.set(servedKey(lane, team), ++starts)
    },
    /** `outcome` is null after a fault. */
    ended({ key }: Wanted, ended: Moment, outcome: TaskOutcome | null): void {
      const record = tasks.get(key)
      if (!record) return
      const faults = outcome ? 0 : record.faults + 1
      const bad = outcome?.good ? 0 : record.bad + 1
      tasks.set(key, { ...record, ended, faults, bad })
    },
  }
}
