import type { EventType, Recorded } from './events.ts'
import { LedgerTooNew } from './ledger-too-new.ts'
import { rulesOf } from './rules.ts'
import { STEPS, type Step } from './upcast-steps.ts'
import { VERSIONS } from './versions.ts'

/** An event as it was stored, perhaps by an older Kilp, or a newer one. */
export interface Stored {
  readonly type: string
  readonly version: number
  readonly at: number
  readonly data: unknown
  readonly position: number
  readonly wall: number
}

/**
 * Brings a stored event to the form of today, on read.
 * @throws LedgerTooNew when the ledger was written by a newer Kilp.
 */
export function upcast(stored: Stored): Recorded {
  const { type, version, position } = stored
  const today = Object.hasOwn(VERSIONS, type) ? VERSIONS[type as EventType] : 0
  if (version > today)
    throw new LedgerTooNew(
      today === 0
        ? `Event ${position} is of a type that this Kilp does not know (${type}): the ledger is newer than this Kilp.`
        : `Event ${position} (${type}) has version ${version}, this Kilp knows ${today}: the ledger is newer than this Kilp.`,
    )
  const event = version === today ? (stored as Recorded) : brought(stored, today)
  if (event.type === 'exercise.created') rulesOf(event.data)
  return event
}

function brought(stored: Stored, version: number): Recorded {
  const steps: readonly Step[] = STEPS[stored.type as EventType]
  const data = steps.slice(stored.version - 1).reduce((from, step) => step(from as never), stored.data)
  return { ...stored, version, data } as Recorded
}
