import type { RecordedOf } from '../ledger/events.ts'
import { sameSubject, type WorkSubject } from '../ledger/work.ts'
import { caseOf } from './case-state.ts'
import { type Draft, type TeamDraft, teamIn } from './draft.ts'
import { caseWorked } from './evolve-case.ts'
import { tellTeam } from './story.ts'

/** Hand-over notes that a team can still read. */
const HANDOVERS_KEPT = 20

export function workClaimed(draft: Draft, event: RecordedOf<'work.claimed'>) {
  const { team: id, subject, by } = event.data
  const team = teamIn(draft, id)
  if (!team) return
  const turns = team.work.turns + 1
  const claim = { subject, by, turn: turns, atMs: event.at, position: event.position }
  const others = team.work.claims.filter((one) => !sameSubject(one.subject, subject) && isThere(team, one))
  team.work = { ...team.work, claims: [...others, claim], turns }
  if (subject.kind === 'case') caseWorked(team, subject.id, event)
}

export function workReleased(draft: Draft, event: RecordedOf<'work.released'>) {
  const team = teamIn(draft, event.data.team)
  if (!team) return
  const claims = team.work.claims.filter((one) => !sameSubject(one.subject, event.data.subject))
  team.work = { ...team.work, claims }
  if (event.data.subject.kind === 'case') caseWorked(team, event.data.subject.id, event)
}

export function handoverWritten(draft: Draft, event: RecordedOf<'handover.written'>) {
  const { team: id, text, by } = event.data
  const team = teamIn(draft, id)
  if (!team) return
  const note = { text, by, atMs: event.at, position: event.position }
  const { handovers, written } = team.work
  team.work = {
    ...team.work,
    handovers: [...handovers, note].slice(-HANDOVERS_KEPT),
    written: written + 1,
  }
  tellTeam(draft, team, event, 'neutral', 'handover.written')
}

/** Of complaints and cases only the latest are kept: the others' claims go with them. */
const isThere = (team: TeamDraft, { subject }: { readonly subject: WorkSubject }): boolean =>
  subject.kind === 'ticket'
    ? team.tickets.some(({ ticket }) => ticket === subject.id)
    : subject.kind !== 'case' || caseOf(team.cases, subject.id) !== undefined
