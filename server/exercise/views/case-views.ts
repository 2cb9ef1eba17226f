import { type CaseState, caseId } from '../fold/case-state.ts'
import { attackOf, type State, type TeamState, teamOf, wantedBy } from '../fold/state.ts'
import type { Actor } from '../ledger/actor.ts'
import { infoFor, insider } from '../ledger/audience.ts'
import type { Audience, Evidence } from '../scenario/model.ts'
import type { Text, Verdict } from '../scenario/words.ts'

/** What a case is about, for a title in each language. */
export type CaseAbout =
  | { readonly kind: 'attack'; readonly attack: string; readonly title: Text; readonly landed: boolean }
  | {
      readonly kind: 'ticket'
      readonly ticket: string
      readonly persona: Text | null
      readonly title: Text | null
    }
  | { readonly kind: 'alert'; readonly verdict: Verdict }
  | { readonly kind: 'hand'; readonly title: string; readonly by: Actor | null }

export interface CaseView extends Omit<CaseState, 'cause'> {
  /** `C7`. */
  readonly case: string
  readonly about: CaseAbout
  readonly owner: Actor | null
  readonly evidence: Evidence | null
}

/** A team's cases, for white and the team itself: the open ones by urgency, the newest of equals first; then those that are closed, the latest first. */
export function caseViews(state: State, teamId: string, audience: Audience): readonly CaseView[] {
  const team = insider(audience, teamId) ? teamOf(state, teamId) : undefined
  if (!team) return []
  return team.cases.list
    .toSorted((a, b) => urgency(team, b) - urgency(team, a) || b.position - a.position)
    .map((one) => view(state, team, one))
}

/** Attackers inside go before what people can not use, that before people who write, and that before the rest. */
function urgency(team: TeamState, { state, cause }: CaseState): number {
  if (state === 'closed') return 0
  if (cause.kind === 'attack') return attackOf(team, cause.attack)?.state === 'landed' ? 5 : 1
  if (cause.kind === 'alert') return cause.verdict === 'down' ? 4 : 3
  return cause.kind === 'ticket' ? 2 : 1
}

function view(state: State, team: TeamState, one: CaseState): CaseView {
  const { cause, number, again, position, notes, report } = one
  const id = caseId(one)
  const claim = team.work.claims.find(({ subject }) => subject.kind === 'case' && subject.id === id)
  const attack = cause.kind === 'attack' ? attackOf(team, cause.attack) : undefined
  const ticket =
    cause.kind === 'ticket' ? team.tickets.find((each) => each.ticket === cause.ticket) : undefined
  return {
    case: id,
    number,
    about: aboutOf(state, team, one),
    service: one.service,
    sinceMs: one.sinceMs,
    state: one.state,
    stateMs: one.stateMs,
    stateBy: one.stateBy,
    turn: one.turn,
    confirmedMs: one.confirmedMs,
    again,
    position,
    owner: one.state === 'closed' ? null : (claim?.by ?? null),
    notes,
    report,
    evidence: (attack ?? ticket)?.evidence ?? (cause.kind === 'alert' ? cause.evidence : null),
  }
}

function aboutOf(state: State, team: TeamState, { cause, service }: CaseState): CaseAbout {
  switch (cause.kind) {
    case 'attack': {
      const attack = attackOf(team, cause.attack)
      const title = attack && infoFor({ seat: 'blue', team: team.id }, team.id, attack.info).title
      const unnamed = { en: cause.attack, et: cause.attack, ja: cause.attack }
      return {
        kind: 'attack',
        attack: cause.attack,
        title: title ?? unnamed,
        landed: attack?.state === 'landed',
      }
    }
    case 'ticket': {
      const persona = state.scenario.citizens.personas.find(({ id }) => id === cause.persona)?.name ?? null
      const title = wantedBy(state, { service: service ?? '', journey: cause.journey })?.title ?? null
      return { kind: 'ticket', ticket: cause.ticket, persona, title }
    }
    case 'alert':
      return { kind: 'alert', verdict: cause.verdict }
    case 'hand':
      return cause
  }
}
