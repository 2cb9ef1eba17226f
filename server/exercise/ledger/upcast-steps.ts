import type { AttackInfo, SeatKind, Service, Weakness } from '../scenario/model.ts'
import type { Text } from '../scenario/words.ts'
import { type Actor, PLATFORM, pilotOf } from './actor.ts'
import { withPictures } from './earlier-pictures.ts'
import { triggersOf, type WithMoments, type WithoutPeople, withPeople } from './earlier-triggers.ts'
import type { EventPayloads, EventType } from './events.ts'
import type { VERSIONS } from './versions.ts'

export type Step<Out = unknown> = (data: never) => Out

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

/** Once a text for the public was called `plain`. */
type Plain<T extends { readonly publicText: Text }> = Omit<T, 'publicText'> & { readonly plain: Text }

const publicly = <T extends { readonly publicText: Text }>({ plain, ...rest }: Plain<T>) =>
  ({ ...rest, publicText: plain }) as unknown as T

type Created = EventPayloads['exercise.created']
type Earlier<S> = Omit<Created, 'scenario'> & { readonly scenario: S }
type PlainScenario = Omit<WithMoments<WithoutPeople>, 'services' | 'weaknesses'> & {
  readonly services: readonly Plain<Service>[]
  readonly weaknesses: readonly Plain<Weakness>[]
}

/** Services did not say what they look like, and the timeline had no triggers, either. */
const created = (data: Earlier<PlainScenario>): Earlier<WithoutPeople> => {
  const { services, weaknesses, ...rest } = data.scenario
  const scenario = {
    ...rest,
    ...triggersOf(data.scenario),
    services: services.map((service) => publicly<Service>(service)),
    weaknesses: weaknesses.map((weakness) => publicly<Weakness>(weakness)),
  }
  return { ...data, scenario: withPictures(scenario) }
}

/** Nothing was said to people, and entries could wait for attacks alone. */
const peopled = (data: Earlier<WithoutPeople>): Created => ({ ...data, scenario: withPeople(data.scenario) })

const info = <D extends { readonly info?: AttackInfo }>(
  data: Omit<D, 'info'> & { readonly info?: Plain<AttackInfo> },
) => (data.info ? { ...data, info: publicly<AttackInfo>(data.info) } : data) as unknown as D

/** An edit could not change what an answer is graded by. What it says otherwise is the same. */
const unrubriced = (data: EventPayloads['entry.changed']) => data

/** For each event the steps from its first version to that of today: a version without its step does not compile. */
export const STEPS: { readonly [T in EventType]: StepsTo<(typeof VERSIONS)[T], EventPayloads[T]> } = {
  'exercise.created': [created, peopled],
  'deploy.started': [],
  'deploy.progressed': [],
  'isolation.proven': [],
  'isolation.lost': [],
  'isolation.restored': [],
  'machine.lost': [],
  'machine.returned': [],
  'enclave.move-began': [],
  'enclave.moved': [],
  'deploy.finished': [],
  'deploy.failed': [],
  'exercise.started': [],
  'exercise.paused': [actor('white')],
  'exercise.resumed': [actor('white')],
  'preparation.changed': [],
  'exercise.skipped': [actor('white')],
  'speed.changed': [actor('white')],
  'exercise.ended': [actor('white')],
  'strain.changed': [],
  'platform.recovered': [],
  'phase.entered': [],
  'entry.fired': [],
  'entry.changed': [unrubriced],
  'entry.added': [],
  'verdict.changed': [],
  'attack.launched': [info],
  'attack.landed': [info],
  'attack.blocked': [info],
  'attack.abandoned': [],
  'foothold.closed': [],
  'ticket.opened': [],
  'ticket.answered': [actor('blue')],
  'ticket.repeated': [],
  'ticket.closed': [],
  'tutor.said': [],
  'tutor.withdrawn': [],
  'inject.sent': [],
  'inject.read': [],
  'inject.answered': [],
  'inject.graded': [],
  'draft.saved': [],
  'question.tried': [],
  'question.hint-taken': [],
  'report.filed': [],
  'report.drafted': [],
  'report.discarded': [],
  'report.graded': [],
  'appeal.made': [],
  'appeal.answered': [],
  'work.claimed': [],
  'work.released': [],
  'handover.written': [],
  'response.began': [],
  'case.opened': [],
  'case.noted': [],
  'case.state-set': [],
  'case.report-begun': [],
  'world.began': [],
  'world.ended': [],
  'service.acted': [],
  'service.act-finished': [],
  'guests.told': [],
  'standings.frozen': [],
  'standings.revealed': [],
  'start.planned': [],
  'exercise.named': [],
  'wall.scene-set': [],
  'wall.page-set': [],
  'container.died': [],
  'container.started': [],
  'disk.filled': [],
  'pilot.changed': [actor()],
  'pilot.acted': [],
  'hint.taken': [actor('blue')],
  'terminal.opened': [actor()],
  'terminal.closed': [],
  'key.registered': [],
  'key.removed': [],
  'traffic.recorded': [],
  'checks.counted': [],
  'source.saved': [],
  'app.restarted': [],
  'changes.kept': [],
  'fixes.kept': [],
  'terminal.shared': [],
  'terminal.follow-began': [],
  'terminal.follow-ended': [],
  'terminal.help-began': [],
  'terminal.help-ended': [],
  'seat.issued': [],
  'seat.revoked': [actor('white')],
  'score.adjusted': [actor('white')],
  'note.added': [actor('white')],
  'observation.recorded': [],
  'observation.changed': [],
  'observation.withdrawn': [],
}
