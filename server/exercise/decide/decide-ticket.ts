import type { TicketState } from '../fold/citizen-state.ts'
import { isTouched } from '../fold/interruption.ts'
import { unusable } from '../fold/verdicts.ts'
import { rulesOf } from '../ledger/rules.ts'
import { heldBack } from '../schedule/moment-of.ts'
import {
  accept,
  type Deciders,
  fact,
  inPlay,
  nothing,
  refuse,
  said,
  withTeam,
  wrongPhase,
} from './decision.ts'
import { responding } from './responding.ts'

/** Longest answer to a citizen. */
const ANSWER_LENGTH = 1000

/** The citizen was answered, and has not failed since. */
const putOff = ({ answeredMs, repeatedMs }: TicketState): boolean =>
  answeredMs !== null && repeatedMs === null

/** What citizens run into, what a team writes back to them, and what its tutor tells it. */
export const tickets: Deciders<'report-visit' | 'answer-ticket' | 'say-tutor'> = {
  'report-visit': (state, { data }, at) =>
    withTeam(state, data.team, (team) => {
      const { persona, service, journey, verdict, evidence } = data
      const known = state.scenario.citizens.personas.find((p) => p.id === persona)
      if (!known?.journeys.some((use) => use.service === service && use.journey === journey))
        return refuse('unknown-persona', `No persona ${persona} does ${service}/${journey}.`, { persona })
      if (state.phase !== 'running') return nothing
      const open = team.tickets.find(
        (t) => t.closedMs === null && t.persona === persona && t.service === service && t.journey === journey,
      )
      const interrupted = isTouched(team, service)
      if (verdict === 'unknown' || ((state.strain.late || interrupted) && unusable(verdict))) return nothing
      if (open && unusable(verdict)) {
        if (!putOff(open) || !rulesOf(state).answerHoldsOnce) return nothing
        return accept(fact('ticket.repeated', at, { team: team.id, ticket: open.ticket, evidence }))
      }
      if (open) return accept(fact('ticket.closed', at, { team: team.id, ticket: open.ticket }))
      if (!unusable(verdict)) return nothing
      const ticket = `T${team.ticketCount + 1}`
      return accept(
        fact('ticket.opened', at, { team: team.id, ticket, persona, service, journey, verdict, evidence }),
      )
    }),

  'say-tutor': (state, { data }, at) =>
    withTeam(state, data.team, (team) => {
      const note = state.scenario.tutor.find(({ id }) => id === data.note)
      if (!note) return refuse('unknown-note', `The tutor has no note ${data.note}.`, { note: data.note })
      if (state.phase !== 'running' || team.tutored.some((said) => said.note === note.id)) return nothing
      if (heldBack(state, team, 'note', note, at)) return nothing
      return accept(fact('tutor.said', at, { team: team.id, note: note.id, text: note.text }))
    }),

  'answer-ticket': (state, command, at) =>
    withTeam(state, command.data.team, (team) => {
      if (!inPlay(state)) return wrongPhase(state, command)
      const { ticket } = command.data
      const open = team.tickets.find((t) => t.ticket === ticket && t.closedMs === null)
      if (!open) return refuse('unknown-ticket', `There is no open ticket ${ticket}.`, { ticket })
      const text = said(command.data.text, ANSWER_LENGTH)
      if (text === null)
        return refuse('answer-needed', `An answer has 1 to ${ANSWER_LENGTH} characters.`, {
          max: ANSWER_LENGTH,
        })
      if (open.answeredMs !== null)
        return refuse('ticket-answered', `Ticket ${ticket} was answered already.`, { ticket })
      return accept(
        fact('ticket.answered', at, { team: team.id, ticket, text, by: command.by }),
        ...responding(state, team, open.service, 'noticed', command.by, at),
      )
    }),
}
