import {
  type ClockCheckpoint,
  type EventLog,
  type KeptSnapshot,
  PositionConflict,
  type Sample,
} from '../../server/engine/ports.ts'
import type { Recorded } from '../../server/exercise/ledger/events.ts'

/** The contract of the event log in memory; the real ones are tested in test/store. `kill` makes it refuse, as a dead process would. */
export function openMemoryLog() {
  const events: Recorded[] = []
  const samples: Sample[] = []
  const snapshots = new Map<string, KeptSnapshot>()
  const settings = new Map<string, unknown>()
  let clock: ClockCheckpoint | null = null
  let killAfter = Number.POSITIVE_INFINITY
  let unheard = false
  const alive = () => {
    if (events.length >= killAfter) throw new Error('killed')
  }
  const log: EventLog = {
    async append(_, expected, added, wall) {
      alive()
      if (expected !== events.length) throw new PositionConflict(`expected ${expected}, is ${events.length}`)
      const recorded = added.map((event, i) => ({ ...event, position: expected + i + 1, wall }) as Recorded)
      events.push(...recorded)
      if (unheard) {
        unheard = false
        throw new Error('the connection was lost')
      }
      return recorded
    },
    read: async (_, after, limit) => events.slice(after, after + limit),
    lastPosition: async () => events.length,
    exercises: async () =>
      events.length === 0
        ? []
        : [{ exerciseId: 'x', createdWall: events[0]?.wall ?? 0, lastPosition: events.length }],
    saveClock: async (_, checkpoint) => {
      alive()
      clock = checkpoint
    },
    loadClock: async () => clock,
    addSamples: async (_, batch) => void samples.push(...batch),
    readSamples: async () => samples,
    dropSamples: async (before) => {
      alive()
      samples.splice(0, samples.findLastIndex(({ wall }) => wall < before) + 1)
    },
    saveSnapshot: async (_, snapshot) => {
      alive()
      snapshots.set(snapshot.audience, snapshot)
    },
    loadSnapshot: async (_, audience, madeBy) => {
      const kept = snapshots.get(audience)
      return kept?.madeBy === madeBy ? kept : null
    },
    putSetting: async (key, value) => void settings.set(key, value),
    getSetting: async (key) => settings.get(key) ?? null,
    close: async () => {},
  }
  return {
    log,
    events,
    samples,
    snapshots,
    /** The next append is written, but its writer does not hear of it. */
    loseAnswer: () => {
      unheard = true
    },
    /** From position `n` on nothing is written any more. */
    killAfter: (n: number) => {
      killAfter = n
    },
  }
}
