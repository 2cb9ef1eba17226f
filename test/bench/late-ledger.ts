import { PLATFORM } from '#exercise/ledger/actor.ts'
import type { NewEvent, Recorded } from '#exercise/ledger/events.ts'
import { VERSIONS } from '#exercise/ledger/versions.ts'
import type { EventLog } from '../../server/engine/ports/ports.ts'
import { madeLedger } from './large-ledger.ts'

/** Of what was received: about what a probe keeps of a real answer. */
const EVIDENCE_LENGTH = 300

/** The ledger of so many events of a long day, with seats; the pause at its end is what a page shows only when it has all. */
export async function fillLate(store: EventLog, events: number): Promise<void> {
  const day = madeLedger(events - 3, EVIDENCE_LENGTH)
  const at = day.at(-1)?.at ?? 0
  const end: readonly NewEvent[] = [
    ...(['white', 'guest'] as const).map((seat) => ({
      type: 'seat.issued' as const,
      version: VERSIONS['seat.issued'],
      at,
      data: { seatId: seat, seat, team: null, label: seat },
    })),
    {
      type: 'exercise.paused',
      version: VERSIONS['exercise.paused'],
      at,
      data: { by: PLATFORM, reason: 'The day is over.' },
    },
  ]
  const all: readonly (NewEvent | Recorded)[] = [...day, ...end]
  for (let done = 0; done < all.length; done += 5_000) {
    const part = all.slice(done, done + 5_000).map(({ type, version, at: when, data }) => ({
      type,
      version,
      at: when,
      data,
    }))
    await store.append('bench', done, part as readonly NewEvent[], Date.now())
  }
}
