import { nameIn } from '../ledger/actor.ts'
import type { Recorded, RecordedOf } from '../ledger/events.ts'
import type { TicketState, UsabilityState } from './citizen-state.ts'
import { type Draft, ownList, type TeamDraft, teamIn } from './draft.ts'
import { confirmCases, openCase } from './evolve-case.ts'
import { tell, tellTeam } from './story.ts'
import { settled } from './usability-time.ts'

/** Closed tickets that are kept. */
const CLOSED_KEPT = 100
/** Positions of what happened to its tickets that a persona's line names. */
const EVENTS_NAMED = 12

/** A persona before anything is known. */
export const noUsability: UsabilityState = {
  knownMs: 0,
  lostMs: 0,
  settledMs: 0,
  down: false,
  unknown: true,
  events: [],
}

/** Brings the tallies of personas up to `at`, before anything about them changes. Within one instant nothing is lost. [SC13] */
export function settleUsability(draft: Draft, team: TeamDraft, at: number, persona?: string) {
  const { personas } = draft.root.scenario.citizens
  const { scoring } = draft.root.scenario
  team.usability = team.usability.map((state, index) => {
    const id = personas[index]?.id ?? ''
    if (state.settledMs >= at || (persona !== undefined && id !== persona)) return state
    return { ...state, ...settled(scoring, team.tickets, id, state, at), settledMs: at }
  })
}

export function ticketOpened(draft: Draft, event: RecordedOf<'ticket.opened'>) {
  const { team: id, ...told } = event.data
  const team = teamIn(draft, id)
  if (!team) return
  settleUsability(draft, team, event.at, told.persona)
  const ticket: TicketState = {
    ...told,
    openedMs: event.at,
    answeredMs: null,
    answer: '',
    repeatedMs: null,
    closedMs: null,
    position: event.position,
  }
  const tickets = ownList(draft, team.tickets)
  tickets.push(ticket)
  team.tickets = tickets
  team.ticketCount += 1
  const { ticket: number, persona, journey, service } = told
  openCase(team, event, { kind: 'ticket', ticket: number, persona, journey }, { service })
  name(draft, team, told.persona, event.position)
  say(draft, event, 'bad', 'ticket.opened', id, ticket)
}

export function ticketAnswered(draft: Draft, event: RecordedOf<'ticket.answered'>) {
  const { text, by } = event.data
  // How long it was held before its answer is over with it.
  change(draft, event, ({ heldMs: _, ...ticket }) => ({
    ...ticket,
    answeredMs: event.at,
    answer: text,
    ...nameIn(by),
  }))
}

export function ticketRepeated(draft: Draft, event: RecordedOf<'ticket.repeated'>) {
  change(draft, event, (ticket) => ({ ...ticket, repeatedMs: event.at, evidence: event.data.evidence }))
}

export function ticketClosed(draft: Draft, event: RecordedOf<'ticket.closed'>) {
  change(draft, event, (ticket) => ({ ...ticket, closedMs: event.at }))
  const team = teamIn(draft, event.data.team)
  if (team)
    confirmCases(team, event, ({ cause }) => cause.kind === 'ticket' && cause.ticket === event.data.ticket)
}

export function tutorSaid(draft: Draft, event: RecordedOf<'tutor.said'>) {
  const { note, text, team: id } = event.data
  const team = teamIn(draft, id)
  if (!team) return
  // What was taken back and is said again stands there once.
  team.tutored = [...team.tutored.filter((said) => said.note !== note), { note, text, atMs: event.at }]
  tellTeam(draft, team, event, 'neutral', 'tutor.said')
}

export function tutorWithdrawn(draft: Draft, event: RecordedOf<'tutor.withdrawn'>) {
  const team = teamIn(draft, event.data.team)
  if (!team) return
  team.tutored = team.tutored.map((said) =>
    said.note === event.data.note ? { ...said, withdrawnMs: event.at } : said,
  )
}

function change(
  draft: Draft,
  event: RecordedOf<'ticket.answered' | 'ticket.repeated' | 'ticket.closed'>,
  to: (ticket: TicketState) => TicketState,
) {
  const team = teamIn(draft, event.data.team)
  const index = team?.tickets.findIndex(({ ticket }) => ticket === event.data.ticket) ?? -1
  const before = team?.tickets[index]
  if (!team || !before) return
  settleUsability(draft, team, event.at, before.persona)
  const tickets = ownList(draft, team.tickets)
  tickets[index] = to(before)
  const closed = tickets.filter(({ closedMs }) => closedMs !== null)
  if (closed.length >= 2 * CLOSED_KEPT) {
    const gone = new Set(closed.slice(0, CLOSED_KEPT))
    team.tickets = tickets.filter((ticket) => !gone.has(ticket))
  } else team.tickets = tickets
  name(draft, team, before.persona, event.position)
  if (event.type !== 'ticket.repeated')
    say(draft, event, event.type === 'ticket.closed' ? 'good' : 'neutral', event.type, team.id, before)
}

function name(draft: Draft, team: TeamDraft, persona: string, position: number) {
  const index = draft.root.scenario.citizens.personas.findIndex(({ id }) => id === persona)
  team.usability = team.usability.map((state, at) =>
    at === index ? { ...state, events: [...state.events, position].slice(-EVENTS_NAMED) } : state,
  )
}

function say(
  draft: Draft,
  event: Recorded,
  tone: 'good' | 'bad' | 'neutral',
  what: 'ticket.opened' | 'ticket.answered' | 'ticket.closed',
  team: string,
  { service, persona, journey }: TicketState,
) {
  tell(draft, event, tone, what, { team, service, params: { persona, journey } })
}
