import type { TeamState } from '../fold/state.ts'
import { type Follower, isColleague, type TerminalState } from '../fold/team-acts.ts'
import type { Actor } from '../ledger/actor.ts'
import type { NewEvent } from '../ledger/events.ts'
import type { TerminalAccess } from '../ledger/terminal-events.ts'
import {
  accept,
  type Deciders,
  fact,
  nothing,
  refuse,
  standing,
  withService,
  withTeam,
  wrongPhase,
} from './decision.ts'
import { responding } from './responding.ts'
import type { TerminalCommands } from './terminal-commands.ts'

/** Terminals that a team may have open at once on pages, and as many logins over SSH. */
const MAX_TERMINALS = 8
/** Instructors' pages that may follow one terminal: each is sent all that it shows. */
export const MAX_FOLLOWERS = 4
/** And as many of colleagues, who take no instructor's place. */
export const MAX_COLLEAGUES = 8

/** Terminals of a team, and who follows one or types in it too: instructors, and colleagues where it is shared with them. Each beginning and end is a fact that the team sees, with the name. */
export const terminals: Deciders<keyof TerminalCommands> = {
  'open-terminal': (state, command, at) =>
    withService(state, command.data.team, command.data.service, (team, service) => {
      const { terminal, via } = command.data
      if (!standing(state)) return wrongPhase(state, command)
      if (terminal === '' || team.terminals.some((t) => t.terminal === terminal))
        return refuse('terminal-exists', 'A terminal needs an id of its own.', { terminal })
      if (team.terminals.filter((one) => one.via === via).length >= MAX_TERMINALS)
        return refuse(
          'too-many-terminals',
          `A team may have ${MAX_TERMINALS} terminals open. Close one first.`,
          {
            max: MAX_TERMINALS,
          },
        )
      return accept(
        fact('terminal.opened', at, {
          team: team.id,
          service: service.id,
          terminal,
          ...(via && { via }),
          by: command.by,
        }),
        ...responding(state, team, service.id, 'noticed', command.by, at),
      )
    }),

  'close-terminal': (state, { data }, at) =>
    withTeam(state, data.team, (team) => {
      const open = team.terminals.find((t) => t.terminal === data.terminal)
      return open ? accept(...closing(team.id, open, at, data.reason.slice(0, 300))) : nothing
    }),

  'share-terminal': (state, { data, by }, at) =>
    withTeam(state, data.team, (team) => {
      const { terminal, access } = data
      const open = team.terminals.find((t) => t.terminal === terminal)
      if (!open)
        return refuse('no-such-terminal', 'That terminal is closed. Choose one that is open.', { terminal })
      if (open.via === 'ssh')
        return refuse('ssh-terminal', 'A login over SSH has no screen that could be followed.', { terminal })
      if (!isOwn(open, by))
        return refuse('not-your-terminal', 'Only who opened a terminal shares it.', { terminal })
      if (open.shared === access) return nothing
      const { service } = open
      return accept(
        fact('terminal.shared', at, { team: team.id, service, terminal, access, by }),
        ...open.followers.filter(isColleague).flatMap((one) => takenBack(team.id, open, one, access, at)),
      )
    }),

  // At any time while the terminal is open: who only looks changes nothing, also in a pause.
  'follow-terminal': (state, { data, by }, at) =>
    withTeam(state, data.team, (team) => {
      const { terminal, follow } = data
      const open = team.terminals.find((t) => t.terminal === terminal)
      if (!open)
        return refuse('no-such-terminal', 'That terminal is closed. Choose one that is open.', { terminal })
      if (open.via === 'ssh')
        return refuse('ssh-terminal', 'A login over SSH has no screen that could be followed.', { terminal })
      if (isColleague({ by }) && open.shared === 'nobody') return NOT_SHARED
      if (open.by?.kind !== 'seat')
        return refuse('pilots-terminal', 'The autopilot types there by itself: nobody follows that.', {
          terminal,
        })
      if (follow === '' || following(team, follow))
        return refuse('follow-exists', 'Who follows needs an id of its own.', { follow })
      const full = crowded(open, by)
      if (full) return full
      const { service } = open
      return accept(fact('terminal.follow-began', at, { team: team.id, service, terminal, follow, by }))
    }),

  // Of an instructor also in a pause, in which the team itself may not type: it is their own act, and on record. What a colleague types then goes nowhere.
  'help-terminal': (state, { data, by }, at) =>
    withTeam(state, data.team, (team) => {
      const { follow, helps } = data
      const found = following(team, follow)
      if (!found)
        return refuse('not-followed', 'Who helps in a terminal follows it: follow it first.', { follow })
      if (found.follower.helping === helps) return nothing
      if (helps && isColleague({ by }) && found.open.shared !== 'write')
        return refuse('look-only', 'Colleagues may only look at this terminal.', { follow })
      const { terminal, service } = found.open
      const what = { team: team.id, service, terminal, follow, by }
      return accept(
        helps
          ? fact('terminal.help-began', at, what)
          : fact('terminal.help-ended', at, { ...what, reason: 'stopped' }),
      )
    }),

  'unfollow-terminal': (state, { data }, at) =>
    withTeam(state, data.team, (team) => {
      const found = following(team, data.follow)
      if (!found) return nothing
      return accept(...unfollowing(team.id, found.open, found.follower, at, data.reason.slice(0, 300)))
    }),
}

const NOT_SHARED = refuse('not-shared', 'Who opened this terminal does not share it.')

/** A person's of the team, opened in the seat that asks. */
const isOwn = ({ by }: TerminalState, asks: Actor): boolean =>
  by?.kind === 'seat' && by.seat === 'blue' && asks.kind === 'seat' && asks.seatId === by.seatId

/** Why no more of these may follow: instructors and colleagues take each other no place. */
function crowded({ followers }: TerminalState, by: Actor) {
  const colleagues = followers.filter(isColleague).length
  if (isColleague({ by }))
    return colleagues < MAX_COLLEAGUES
      ? null
      : refuse(
          'too-many-colleagues',
          `${MAX_COLLEAGUES} pages of colleagues look at this terminal. One of them must stop first.`,
          { max: MAX_COLLEAGUES },
        )
  return followers.length - colleagues < MAX_FOLLOWERS
    ? null
    : refuse(
        'too-many-followers',
        `${MAX_FOLLOWERS} pages of instructors follow this terminal. One of them must stop first.`,
        { max: MAX_FOLLOWERS },
      )
}

/** What a colleague has to leave when the terminal is shared with them no further than this. */
function takenBack(
  team: string,
  open: TerminalState,
  colleague: Follower,
  access: TerminalAccess,
  at: number,
): readonly NewEvent[] {
  if (access === 'nobody') return unfollowing(team, open, colleague, at, 'taken-back')
  if (access === 'write' || !colleague.helping) return []
  const { service, terminal } = open
  const { follow, by } = colleague
  return [fact('terminal.help-ended', at, { team, service, terminal, follow, reason: 'taken-back', by })]
}

/** A terminal ends, and with it whoever follows it. */
export const closing = (
  team: string,
  open: TerminalState,
  at: number,
  reason: string,
): readonly NewEvent[] => [
  ...open.followers.flatMap((follower) => unfollowing(team, open, follower, at, reason)),
  fact('terminal.closed', at, { team, service: open.service, terminal: open.terminal, reason }),
]

/** In the name of the one who follows, whatever ended it. */
function unfollowing(
  team: string,
  { service, terminal }: TerminalState,
  { follow, helping, by }: Follower,
  at: number,
  reason: string,
): readonly NewEvent[] {
  const what = { team, service, terminal, follow, reason, by }
  const ended = fact('terminal.follow-ended', at, what)
  return helping ? [fact('terminal.help-ended', at, what), ended] : [ended]
}

function following(team: TeamState, follow: string) {
  for (const open of team.terminals) {
    const follower = open.followers.find((one) => one.follow === follow)
    if (follower) return { open, follower }
  }
  return null
}
