import type { SeatKind } from '../scenario/model.ts'
import { withPictures } from '../scenario/picture.ts'
import { type Actor, PLATFORM, pilotOf } from './actor.ts'
import type { EventPayloads, EventType, Recorded } from './events.ts'
import { LedgerTooNew } from './ledger-too-new.ts'
import { rulesOf } from './rules.ts'
import { VERSIONS } from './versions.ts'

type Step<Out = unknown> = (data: never) => Out

/** One step from each version to the next, the last one to what the event says today. */
type StepsTo<Version extends number, Out, Before extends readonly Step[] = []> = Version extends 1
  ? readonly []
  : [...Before, Step, Step]['length'] extends Version
    ? readonly [...Before, Step<Out>]
    : StepsTo<Version, Out, [...Before, Step]>

/** Once `by` was a seat's id, `platform` or `pilot:<team>`. `seat` where only one kind of seat could do it. */
const actor =
  (seat?: SeatKind) =>
  <D extends { readonly by: Actor | null }>(data: Omit<D, 'by'> & { readonly by: string }) =>
    ({ ...data, by: actorOf(data.by, seat) }) as unknown as D

function actorOf(by: string, seat: SeatKind | undefined): Actor | null {
  if (by === '') return null
  if (by === 'platform') return PLATFORM
  if (by.startsWith('pilot:')) return pilotOf(by.slice('pilot:'.length))
  return { kind: 'seat', seatId: by, ...(seat && { seat }) }
}

const STEPS: { readonly [T in EventType]: StepsTo<(typeof VERSIONS)[T], EventPayloads[T]> } = {
  'exercise.created': [],
  'deploy.started': [],
  'deploy.progressed': [],
  'isolation.proven': [],
  'isolation.lost': [],
  'isolation.restored': [],
  'deploy.finished': [],
  'deploy.failed': [],
  'exercise.started': [],
  'exercise.paused': [actor('white')],
  'exercise.resumed': [actor('white')],
  'exercise.skipped': [actor('white')],
  'speed.changed': [actor('white')],
  'exercise.ended': [actor('white')],
  'platform.recovered': [],
  'phase.entered': [],
  'verdict.changed': [],
  'attack.launched': [],
  'attack.landed': [],
  'attack.blocked': [],
  'attack.abandoned': [],
  'foothold.closed': [],
  'ticket.opened': [],
  'ticket.answered': [actor('blue')],
  'ticket.closed': [],
  'tutor.said': [],
  'container.died': [],
  'container.started': [],
  'pilot.changed': [actor()],
  'pilot.acted': [],
  'hint.taken': [actor('blue')],
  'terminal.opened': [actor()],
  'terminal.closed': [],
  'seat.issued': [],
  'seat.revoked': [actor('white')],
  'score.adjusted': [actor('white')],
  'note.added': [actor('white')],
}

/** An event as it was stored, perhaps by an older Kilp, or a newer one. */
export interface Stored {
  readonly type: string
  readonly version: number
  readonly at: number
  readonly data: unknown
  readonly position: number
  readonly wall: number
}

/** Scenarios say what their services look like; earlier ones did not. */
const pictured = (event: Recorded): Recorded =>
  event.type === 'exercise.created'
    ? { ...event, data: { ...event.data, scenario: withPictures(event.data.scenario) } }
    : event

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
  return pictured(event)
}

function brought(stored: Stored, version: number): Recorded {
  const steps: readonly Step[] = STEPS[stored.type as EventType]
  const data = steps.slice(stored.version - 1).reduce((from, step) => step(from as never), stored.data)
  return { ...stored, version, data } as Recorded
}
