import type { TeamState } from '../fold/state.ts'
import type { Follower, TerminalState } from '../fold/team-acts.ts'
import type { NewEvent } from '../ledger/events.ts'
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
import type { TerminalCommands } from './terminal-commands.ts'

/** Terminals that a team may have open at once. */
const MAX_TERMINALS = 8
/** Instructors' pages that may follow one terminal: each is sent all that it shows. */
export const MAX_FOLLOWERS = 4

/** Terminals of a team, and who of the instructors follows one or helps in it. Each beginning and end is a fact that the team sees, with the name. */
export const terminals: Deciders<keyof TerminalCommands> = {
  'open-terminal': (state, command, at) =>
    withService(state, command.data.team, command.data.service, (team, service) => {
      const { terminal } = command.data
      if (!standing(state)) return wrongPhase(state, command)
      if (terminal === '' || team.terminals.some((t) => t.terminal === terminal))
        return refuse('terminal-exists', 'A terminal needs an id of its own.', { terminal })
      if (team.terminals.length >= MAX_TERMINALS)
        return refuse(
          'too-many-terminals',
          `A team may have ${MAX_TERMINALS} terminals open. Close one first.`,
          {
            max: MAX_TERMINALS,
          },
        )
      return accept(
        fact('terminal.opened', at, { team: team.id, service: service.id, terminal, by: command.by }),
      )
    }),

  'close-terminal': (state, { data }, at) =>
    withTeam(state, data.team, (team) => {
      const open = team.terminals.find((t) => t.terminal === data.terminal)
      return open ? accept(...closing(team.id, open, at, data.reason.slice(0, 300))) : nothing
    }),

  // At any time while the terminal is open: who only looks changes nothing, also in a pause.
  'follow-terminal': (state, { data, by }, at) =>
    withTeam(state, data.team, (team) => {
      const { terminal, follow } = data
      const open = team.terminals.find((t) => t.terminal === terminal)
      if (!open)
        return refuse('no-such-terminal', 'That terminal is closed. Choose one that is open.', { terminal })
      if (open.by?.kind !== 'seat')
        return refuse('pilots-terminal', 'The autopilot types there by itself: nobody follows that.', {
          terminal,
        })
      if (follow === '' || following(team, follow))
        return refuse('follow-exists', 'Who follows needs an id of its own.', { follow })
      if (open.followers.length >= MAX_FOLLOWERS)
        return refuse(
          'too-many-followers',
          `${MAX_FOLLOWERS} pages of instructors follow this terminal. One of them must stop first.`,
          { max: MAX_FOLLOWERS },
        )
      const { service } = open
      return accept(fact('terminal.follow-began', at, { team: team.id, service, terminal, follow, by }))
    }),

  // Also in a pause, in which the team itself may not type: it is the instructor's own act, and on record.
  'help-terminal': (state, { data, by }, at) =>
    withTeam(state, data.team, (team) => {
      const { follow, helps } = data
      const found = following(team, follow)
      if (!found)
        return refuse('not-followed', 'Who helps in a terminal follows it: follow it first.', { follow })
      if (found.follower.helping === helps) return nothing
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
