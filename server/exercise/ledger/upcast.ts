import type { Recorded } from './events.ts'
import { LedgerTooNew } from './ledger-too-new.ts'
import { rulesOf } from './rules.ts'

/**
 * Brings a stored event to the form of today, on read. There is one version of every event so far; a later one gets its step
 * here, from each version to the next.
 * @throws LedgerTooNew when the ledger was written by a newer Kilp.
 */
export function upcast(stored: Omit<Recorded, 'version'> & { readonly version: number }): Recorded {
  if (stored.version !== 1)
    throw new LedgerTooNew(
      `Event ${stored.position} (${stored.type}) has version ${stored.version}: the ledger is newer than this Kilp.`,
    )
  const event = stored as Recorded
  if (event.type === 'exercise.created') rulesOf(event.data)
  return event
}
