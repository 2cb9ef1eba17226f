import { type Actor, nameIn } from '../ledger/actor.ts'
import type { Recorded } from '../ledger/events.ts'
import { type Draft, pushBounded } from './draft.ts'

const KEPT = 100

/** After an event was folded: keeps who ran the exercise, by the name of whoever did something as white. Older ledgers say of the seat alone whose it was. */
export function instructorActed(draft: Draft, { data }: Recorded): void {
  const by: Actor | null = 'by' in data ? data.by : null
  if (by?.kind !== 'seat') return
  const { by: name } = nameIn(by)
  const { seats, instructors } = draft.root
  if (name === undefined || instructors.includes(name)) return
  const seat = by.seat ?? seats.find(({ seatId }) => seatId === by.seatId)?.seat
  if (seat === 'white') draft.root.instructors = pushBounded(draft, instructors, name, KEPT)
}
