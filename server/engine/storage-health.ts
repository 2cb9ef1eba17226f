import type { NewEvent } from '../exercise/ledger/events.ts'
import type { StorageTrouble } from '../exercise/wire/protocol.ts'
import type { EventLog } from './ports/ports.ts'

/** Below this an instructor is told, while there is time to do something about it. */
const LOW_MIB = 200
/** With so much, what was refused for want of space goes in again: the database takes space for its log in steps of 16 MiB. */
const ENOUGH_MIB = 48
const LOOK_EVERY_MS = 10_000

/** Whether the store takes what happens. Looks at the disk only when somebody asks, and not more often than makes sense. */
export interface StorageHealth {
  trouble(): StorageTrouble | null
  wrote(events: readonly NewEvent[]): void
  failed(error: unknown, events: readonly NewEvent[]): void
}

export function openStorageHealth(of: {
  log: EventLog
  now: () => number
  fault: (what: string, error: unknown) => void
}): StorageHealth {
  let freeMiB: number | null = null
  let lookedAt = Number.NEGATIVE_INFINITY
  let failing: { readonly state: 'full' | 'failing'; readonly length: number } | null = null

  const look = () => {
    if (of.now() - lookedAt < LOOK_EVERY_MS) return
    lookedAt = of.now()
    of.log
      .freeBytes()
      .then((bytes) => {
        freeMiB = bytes === null ? null : Math.floor(bytes / 2 ** 20)
      })
      .catch((error) => of.fault('looking for space on the disk', error))
  }
  const known = () => freeMiB ?? Number.POSITIVE_INFINITY
  return {
    trouble() {
      look()
      if (failing) return { state: failing.state, freeMiB }
      return known() < LOW_MIB ? { state: 'low', freeMiB } : null
    },
    wrote(events) {
      if (!failing) return
      // Where there is no room for long facts, short ones still go in, and prove nothing.
      const proven = failing.state === 'failing' || lengthOf(events) >= failing.length
      if (proven || known() >= ENOUGH_MIB) failing = null
    },
    failed(error, events) {
      const state = isFull(error) ? 'full' : 'failing'
      if (failing?.state !== state)
        of.fault(state === 'full' ? 'no space left for the ledger' : 'the ledger', error)
      failing = { state, length: lengthOf(events) }
      lookedAt = Number.NEGATIVE_INFINITY
      look()
    },
  }
}

const lengthOf = (events: readonly NewEvent[]): number => JSON.stringify(events).length

/** As the store's own problems say it. */
export const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'full'
