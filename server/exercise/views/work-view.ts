import { type CaseState, caseOf } from '../fold/case-state.ts'
import { type State, teamOf } from '../fold/state.ts'
import { noWork, type TeamWork } from '../fold/team-work.ts'
import { insider } from '../ledger/audience.ts'
import type { Audience } from '../scenario/model.ts'

const isOpen = (one: CaseState | undefined): boolean => one !== undefined && one.state !== 'closed'

/** Who of a team works on what is still open, and its hand-over notes; for white and the team itself, empty for others. */
export function workView(state: State, team: string, audience: Audience): TeamWork {
  const there = insider(audience, team) ? teamOf(state, team) : undefined
  if (!there) return noWork
  const open = new Set(there.tickets.flatMap(({ ticket, closedMs }) => (closedMs === null ? [ticket] : [])))
  const claims = there.work.claims.filter(
    ({ subject: { kind, id } }) =>
      (kind !== 'ticket' || open.has(id)) && (kind !== 'case' || isOpen(caseOf(there.cases, id))),
  )
  return { ...there.work, claims }
}
