import { type ServiceState, type State, type TeamState, wantedBy } from '../../fold/state.ts'
import type { Actor } from '../../ledger/actor.ts'
import { weaknessOf } from '../../scenario/weaknesses.ts'
import { type Moment, moment } from './moment.ts'

const TONES = { up: 'good', slow: 'warning', broken: 'bad', down: 'bad' } as const

/** Turns of a team's services from one known verdict to another, what the instructor did to them, and what befell them from outside. */
export const serviceMoments = (team: TeamState): readonly Moment[] => [
  ...team.services.flatMap(turns),
  ...team.acts.map(({ act, service, action, cost, atMs, position }) =>
    moment(
      { id: `act/${act}`, atMs, kind: 'service', code: `service.${action}` },
      { service, params: { cost }, tone: 'warning', events: [position] },
    ),
  ),
  ...team.world.flatMap(({ entry, info, beganMs, endedMs, position }) => [
    moment(
      { id: `world/${entry}`, atMs: beganMs, kind: 'service', code: 'world.began' },
      { title: info.title, said: info.publicText, tone: 'warning', position },
    ),
    ...(endedMs === null
      ? []
      : [
          moment(
            { id: `world/${entry}/over`, atMs: endedMs, kind: 'service', code: 'world.ended' },
            { title: info.title, tone: 'good' },
          ),
        ]),
  ]),
]

function turns({ id, history }: ServiceState): readonly Moment[] {
  const known = history.filter(({ verdict }) => verdict !== 'unknown')
  return known.flatMap(({ verdict, fromMs, position }, n) => {
    const before = known[n - 1]?.verdict ?? 'up'
    if (verdict === 'unknown' || verdict === before) return []
    return [
      moment(
        { id: `service/${id}/${position}`, atMs: fromMs, kind: 'service', code: `service.${verdict}` },
        { service: id, tone: TONES[verdict], position },
      ),
    ]
  })
}

/** Complaints of citizens that are still known, and what became of them. */
export const citizenMoments = (state: State, team: TeamState): readonly Moment[] =>
  team.tickets.flatMap((ticket) => {
    const { ticket: id, service, persona, openedMs, answeredMs, closedMs, position } = ticket
    const of = { service, title: wantedBy(state, ticket)?.title ?? null, params: { ticket: id, persona } }
    const later = (
      code: 'citizen.answered' | 'citizen.solved',
      atMs: number | null,
      more: Partial<Moment>,
    ) =>
      atMs === null
        ? []
        : [moment({ id: `ticket/${id}/${code}`, atMs, kind: 'citizen', code }, { ...of, ...more })]
    return [
      moment(
        { id: `ticket/${id}`, atMs: openedMs, kind: 'citizen', code: 'citizen.complained' },
        { ...of, tone: 'warning', position },
      ),
      ...later('citizen.answered', answeredMs, {
        said: ticket.answer || null,
        by: named(ticket.by),
      }),
      ...later('citizen.solved', closedMs, { tone: 'good' }),
    ]
  })

/** Somebody of whom a name is all that is kept. */
const named = (name: string | undefined): Actor | null =>
  name === undefined ? null : { kind: 'seat', seatId: '', name }

/** What the tutor told the team, and what one shift told the next. */
export const wordMoments = (team: TeamState): readonly Moment[] => [
  ...team.tutored
    .filter(({ withdrawnMs }) => withdrawnMs === undefined)
    .map(({ note, text, atMs }) =>
      moment({ id: `tutor/${note}`, atMs, kind: 'people', code: 'tutor.said' }, { said: text }),
    ),
  ...team.work.handovers.map(({ text, by, atMs, position }) =>
    moment(
      { id: `handover/${position}`, atMs, kind: 'people', code: 'handover.written' },
      { said: text, by, position },
    ),
  ),
]

/** Hints that were bought, and what the instructor adjusted. */
export const scoreMoments = ({ scenario }: State, team: TeamState): readonly Moment[] => [
  ...team.hints.map(({ weakness, level, by, atMs, position }) =>
    moment(
      { id: `hint/${weakness}/${level}`, atMs, kind: 'score', code: 'hint.taken' },
      {
        service: weaknessOf(scenario, weakness)?.service ?? null,
        params: { level },
        by: named(by),
        events: [position],
      },
    ),
  ),
  ...team.adjustments.map(({ points, category, reason, atMs, position }) =>
    moment(
      { id: `adjusted/${position}`, atMs, kind: 'score', code: 'score.adjusted' },
      { params: { category }, said: reason, tone: points < 0 ? 'bad' : 'good', events: [position] },
    ),
  ),
]

/** Where the clock stood still or jumped, and parts of the day. */
export const dayMoments = (state: State): readonly Moment[] => [
  ...state.halts.map(({ code, atMs, position, reason, ms }) =>
    moment(
      { id: `halt/${position}`, atMs, kind: 'exercise', code: `exercise.${code}` },
      { position, said: reason || null, params: { ms }, tone: code === 'paused' ? 'warning' : 'neutral' },
    ),
  ),
  ...state.phasesEntered.map(({ id, atMs }) =>
    moment(
      { id: `phase/${id}`, atMs, kind: 'exercise', code: 'exercise.phase' },
      { title: state.scenario.phases.find((phase) => phase.id === id)?.title ?? null },
    ),
  ),
]
