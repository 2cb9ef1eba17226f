import { isLate } from '../../fold/inject-state.ts'
import { byMoment } from '../../fold/judged.ts'
import { type AttackState, type State, type TeamState, teamOf, viewAt, wantedBy } from '../../fold/state.ts'
import { overdueFrom } from '../../fold/usability-time.ts'
import { infoFor, insider } from '../../ledger/audience.ts'
import { rulesOf } from '../../ledger/rules.ts'
import type { Audience } from '../../scenario/model.ts'
import type { Text } from '../../scenario/words.ts'
import { beganMs } from '../../scoring/propose-grade.ts'
import { phaseViews } from '../phase-views.ts'

export const DUE_KINDS = ['message', 'citizen', 'fix', 'report', 'world', 'phase', 'end'] as const

/** Something that a team's time runs for. */
export interface Due {
  readonly id: string
  readonly kind: (typeof DUE_KINDS)[number]
  /** Exercise time, ms; of what is overdue it has passed. */
  readonly atMs: number
  /** Of what it is about; null: the exercise itself. */
  readonly title: Text | null
  readonly service: string | null
}

/** What is due next for a team, the nearest first: what it should do by when, and what ends or begins by itself. For white and the team itself. */
export function dueNext(state: State, atMs: number, teamId: string, audience: Audience): readonly Due[] {
  const team = insider(audience, teamId) ? teamOf(state, teamId) : undefined
  if (!team || state.phase === 'ended') return []
  const at = viewAt(state, atMs)
  const next = phaseViews(state).find(({ fromMs }) => fromMs > at)
  const { durationMs } = state.scenario
  return [
    // After the end nothing can be done, however long there would be time.
    ...[...messages(team), ...complaints(state, team), ...reports(state, team, at)].map((one) => ({
      ...one,
      atMs: Math.min(one.atMs, durationMs),
    })),
    ...team.world
      .filter(({ endedMs, untilMs }) => endedMs === null && untilMs > at)
      .map(({ entry, info, untilMs }): Due => ({ ...due('world', entry, untilMs), title: info.title })),
    ...(next ? [{ ...due('phase', next.id, next.fromMs), title: next.title }] : []),
    due('end', '', durationMs),
  ].toSorted((a, b) => a.atMs - b.atMs)
}

const due = (kind: Due['kind'], id: string, atMs: number): Due => ({
  id: `${kind}/${id}`,
  kind,
  atMs,
  title: null,
  service: null,
})

const messages = ({ injects }: TeamState): readonly Due[] =>
  injects.flatMap(({ inject, info, deadlineMs, answers, grades }) =>
    info.expects !== null && deadlineMs !== null && answers.length === 0 && grades.length === 0
      ? [{ ...due('message', inject, deadlineMs), title: info.title }]
      : [],
  )

const complaints = (state: State, { tickets }: TeamState): readonly Due[] =>
  tickets.flatMap((ticket) => {
    if (ticket.closedMs !== null) return []
    const at = overdueFrom(state.scenario.scoring, ticket)
    const title = wantedBy(state, ticket)?.title ?? null
    // Once the citizen was answered only mending helps.
    const kind = ticket.answeredMs === null ? 'citizen' : 'fix'
    return [{ ...due(kind, ticket.ticket, at), title, service: ticket.service }]
  })

/** [SC22] Attacks that landed, as long as a report is in time and none was filed that may be of it. */
function reports(state: State, team: TeamState, atMs: number): readonly Due[] {
  const { reportWithinMs, reporting } = state.scenario.scoring
  if (!rulesOf(state).reports || reporting === 0) return []
  return team.attacks.toSorted(byMoment).flatMap((attack) => {
    const untilMs = (attack.concludedMs ?? 0) + reportWithinMs
    if (attack.state !== 'landed' || isLate({ deadlineMs: untilMs }, atMs) || isReported(team, attack))
      return []
    const { title, service } = infoFor({ seat: 'blue', team: team.id }, team.id, attack.info)
    return [{ ...due('report', attack.attack, untilMs), title, service }]
  })
}

const isReported = ({ reports: filed }: TeamState, attack: AttackState): boolean =>
  filed.some(({ versions, grades }) =>
    grades.length > 0
      ? grades.some(({ match }) => match === attack.attack)
      : versions.some(
          ({ fields, atMs }) => fields?.service === attack.info.service && atMs >= beganMs(attack),
        ),
  )
