import type { Actor } from '#exercise/ledger/actor.ts'
import type { Recorded } from '#exercise/ledger/events.ts'

const HIDDEN = new Set(['team', 'evidence', 'info', 'text', 'scenario', 'teams', 'checks'])

/** The short fields of an event, as they are. */
export function subjectOf(event: Recorded): string {
  const { by, ...rest } = { by: null, ...event.data }
  return Object.entries({ ...rest, by: by && actorText(by) })
    .flatMap(([name, value]) =>
      HIDDEN.has(name) || value === null || typeof value === 'object' ? [] : [`${name} ${String(value)}`],
    )
    .join(' · ')
    .slice(0, 160)
}

function actorText(by: Actor): string {
  if (by.kind === 'pilot') return `pilot ${by.team}`
  return by.kind === 'platform' ? by.kind : `${by.seat ?? by.kind} ${by.name ?? by.seatId}`
}
