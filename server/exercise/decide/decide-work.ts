import { caseOf } from '../fold/case-state.ts'
import { injectOf, type State, type TeamState } from '../fold/state.ts'
import type { Claim } from '../fold/team-work.ts'
import type { Actor } from '../ledger/actor.ts'
import { sameSubject, type WorkSubject } from '../ledger/work.ts'
import {
  accept,
  type Deciders,
  type Decision,
  fact,
  noLongerSo,
  nothing,
  refuse,
  said,
  withTeam,
  wrongPhase,
} from './decision.ts'
import { responding } from './responding.ts'

/** So often the people of a team may say what they work on: more than a day needs. */
const TURNS = 10_000
const NOTES = 1_000
/** Longest hand-over note, UTF-16 units. */
const NOTE_LENGTH = 4_000

type Asked = 'claim-work' | 'release-work' | 'write-handover'

/** Who of a team works on what, and what one shift tells the next. Nothing here locks or scores anything. */
export const work: Deciders<Asked> = {
  'claim-work': (state, command, at) =>
    withTeam(state, command.data.team, (team) => {
      const { data, by } = command
      if (state.phase === 'ended') return wrongPhase(state, command)
      const subject = plain(data.subject)
      if (!isThere(state, team, subject)) return unknown(team, subject)
      const claim = claimOf(team, subject)
      if (claim && samePerson(claim.by, by)) return nothing
      const now = claim?.turn ?? 0
      if (data.seen !== now) return noLongerSo('Who works on it', data.seen, now)
      if (team.work.turns >= TURNS)
        return refuse('too-many-claims', `A team says ${TURNS} times at most what it works on.`, {
          max: TURNS,
        })
      const service = serviceOf(team, subject)
      return accept(
        fact('work.claimed', at, { team: team.id, subject, by }),
        ...(service ? responding(state, team, service, 'noticed', by, at) : []),
      )
    }),

  'release-work': (state, command, at) =>
    withTeam(state, command.data.team, (team) => {
      const { data, by } = command
      if (state.phase === 'ended') return wrongPhase(state, command)
      const subject = plain(data.subject)
      const claim = claimOf(team, subject)
      if (!claim) return nothing
      if (data.seen !== claim.turn) return noLongerSo('Who works on it', data.seen, claim.turn)
      return accept(fact('work.released', at, { team: team.id, subject, by }))
    }),

  'write-handover': (state, command, at) =>
    withTeam(state, command.data.team, (team) => {
      const { data, by } = command
      if (state.phase === 'ended') return wrongPhase(state, command)
      const text = said(data.text, NOTE_LENGTH)
      if (text === null)
        return refuse('handover-length', `A hand-over note has 1 to ${NOTE_LENGTH} characters.`, {
          max: NOTE_LENGTH,
        })
      const { handovers, written } = team.work
      const last = handovers.at(-1)
      if (last?.text === text && samePerson(last.by, by)) return nothing
      if (data.seen !== written) return noLongerSo('The number of hand-over notes', data.seen, written)
      if (written >= NOTES)
        return refuse('too-many-handovers', `A team writes ${NOTES} hand-over notes at most.`, { max: NOTES })
      return accept(fact('handover.written', at, { team: team.id, text, by }))
    }),
}

const plain = ({ kind, id }: WorkSubject): WorkSubject => ({ kind, id })

/** The service that somebody turns to with it; none with a message. */
function serviceOf(team: TeamState, { kind, id }: WorkSubject): string | undefined {
  if (kind === 'service') return id
  if (kind === 'ticket') return team.tickets.find(({ ticket }) => ticket === id)?.service
  if (kind === 'case') return caseOf(team.cases, id)?.service ?? undefined
  return undefined
}

const claimOf = (team: TeamState, subject: WorkSubject): Claim | undefined =>
  team.work.claims.find((claim) => sameSubject(claim.subject, subject))

function isThere(state: State, team: TeamState, { kind, id }: WorkSubject): boolean {
  if (kind === 'service') return state.scenario.services.some((service) => service.id === id)
  if (kind === 'ticket')
    return team.tickets.some(({ ticket, closedMs }) => ticket === id && closedMs === null)
  if (kind === 'case') return (caseOf(team.cases, id)?.state ?? 'closed') !== 'closed'
  return injectOf(team, id) !== undefined
}

const unknown = (team: TeamState, { kind, id }: WorkSubject): Decision =>
  refuse('unknown-work', `${team.id} has no ${kind} ${id} to work on.`, { kind, id })

/** The same seat, and the same name in it. */
const samePerson = (a: Actor | null, b: Actor): boolean =>
  a?.kind === 'seat' && b.kind === 'seat' && a.seatId === b.seatId && (a.name ?? '') === (b.name ?? '')
