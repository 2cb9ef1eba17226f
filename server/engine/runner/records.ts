import type { Moment } from '../../exercise/schedule/moment.ts'
import {
  type Records,
  servedKey,
  type TaskRecord,
  turnedKey,
  type Wanted,
} from '../../exercise/schedule/task.ts'
import type { TaskOutcome } from './task-run.ts'

/** The runner's memory of what began and how it ended, in the shape that the schedule reads. */
export function openRecords() {
  const tasks = new Map<string, TaskRecord>()
  const served = new Map<string, number>()
  const turned = new Map<string, number>()
  const begun = new Map<string, Moment>()
  let starts = 0
  return {
    records: { tasks, served, turned } satisfies Records,
    turned(team: string, service: string, atMs: number): void {
      turned.set(turnedKey(team, service), atMs)
    },
    /** `startedBy`: the ledger's last position; `stretch`: how many times their interval looks are apart. */
    began({ key, lane, team }: Wanted, now: Moment, startedBy: number, stretch: number): void {
      const { runs = 0, bad = 0, faults = 0, seen = null } = tasks.get(key) ?? {}
      const startedMs = now.atMs
      tasks.set(key, { runs: runs + 1, startedMs, startedBy, stretch, seen, ended: null, bad, faults })
      begun.set(key, now)
      served.set(servedKey(lane, team), ++starts)
    },
    /** `outcome` is null after a fault. */
    ended({ key }: Wanted, ended: Moment, outcome: TaskOutcome | null): void {
      const record = tasks.get(key)
      if (!record) return
      const faults = outcome ? 0 : record.faults + 1
      const bad = outcome?.good ? 0 : record.bad + 1
      const seen = outcome ? (begun.get(key) ?? null) : record.seen
      tasks.set(key, { ...record, ended, faults, bad, seen })
    },
  }
}
