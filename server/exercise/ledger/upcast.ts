import { withPictures } from '../scenario/picture.ts'
import type { Recorded } from './events.ts'
import { LedgerTooNew } from './ledger-too-new.ts'
import { rulesOf } from './rules.ts'

/** Scenarios say what their services look like; earlier ones did not. */
const pictured = (event: Recorded): Recorded =>
  event.type === 'exercise.created'
    ? { ...event, data: { ...event.data, scenario: withPictures(event.data.scenario) } }
    : event

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
  return pictured(event)
}
