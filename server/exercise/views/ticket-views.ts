import type { TicketState } from '../fold/citizen-state.ts'
import { type State, serviceOf, type TeamState, wantedBy } from '../fold/state.ts'
import { overdueFrom } from '../fold/usability-time.ts'
import { evidenceFor, insider } from '../ledger/audience.ts'
import type { Audience } from '../scenario/model.ts'
import { noText } from '../scenario/no-scenario.ts'
import type { TicketView } from './views.ts'

const CLOSED_SHOWN = 10

/** A team's complaints as an audience may see them: the open ones, oldest first, then the latest that are mended. */
export function ticketViews(state: State, team: TeamState, audience: Audience): readonly TicketView[] {
  const open = team.tickets.filter(({ closedMs }) => closedMs === null)
  const closed = team.tickets
    .filter(({ closedMs }) => closedMs !== null)
    .toSorted((a, b) => (b.closedMs ?? 0) - (a.closedMs ?? 0))
  return [...open, ...closed.slice(0, CLOSED_SHOWN)].map((ticket) => view(state, team, ticket, audience))
}

function view(state: State, team: TeamState, ticket: TicketState, audience: Audience): TicketView {
  const { scenario } = state
  const persona = scenario.citizens.personas.find(({ id }) => id === ticket.persona)
  const journey = wantedBy(state, ticket)
  const { answeredMs, openedMs, closedMs } = ticket
  const own = insider(audience, team.id)
  return {
    ticket: ticket.ticket,
    persona: {
      id: ticket.persona,
      name: persona?.name ?? noText,
      age: persona?.age ?? 0,
      device: persona?.device ?? noText,
    },
    service: ticket.service,
    title: journey?.title ?? noText,
    verdict: ticket.verdict,
    openedMs,
    answeredMs,
    answer: own ? ticket.answer : '',
    ...(own && ticket.by !== undefined && { by: ticket.by }),
    closedMs,
    costsBy:
      closedMs === null
        ? (persona?.journeys.find((use) => serviceOf(team, use.service)?.verdict === 'down')?.service ?? null)
        : null,
    overdueMs: closedMs === null ? overdueFrom(scenario.scoring, ticket) : null,
    evidence: evidenceFor(audience, team.id, ticket.evidence),
  }
}
