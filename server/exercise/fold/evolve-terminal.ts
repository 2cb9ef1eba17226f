import type { RecordedOf } from '../ledger/events.ts'
import type { TerminalPayloads } from '../ledger/terminal-events.ts'
import { type Draft, teamIn } from './draft.ts'
import { tellTeam } from './story.ts'
import { type Follower, isColleague, type TerminalState } from './team-acts.ts'

type Followed =
  | 'terminal.follow-began'
  | 'terminal.follow-ended'
  | 'terminal.help-began'
  | 'terminal.help-ended'

/** What is so of the followers of the event's terminal from now on; white and the team are told of instructors. Colleagues come and go without news. */
function followed(
  draft: Draft,
  event: RecordedOf<Followed>,
  change: (followers: TerminalState['followers']) => TerminalState['followers'],
) {
  const { team: id, terminal, service } = event.data
  const team = teamIn(draft, id)
  if (!team) return
  team.terminals = team.terminals.map((open) =>
    open.terminal === terminal ? { ...open, followers: change(open.followers) } : open,
  )
  if (!isColleague(event.data)) tellTeam(draft, team, event, 'neutral', event.type, { service })
}

const helping =
  (follow: string, now: boolean) =>
  (followers: readonly Follower[]): readonly Follower[] =>
    followers.map((one) => (one.follow === follow ? { ...one, helping: now } : one))

/** Terminals of teams, with whom they are shared, and who follows one. */
export const terminalHandlers: {
  readonly [T in keyof TerminalPayloads]: (draft: Draft, event: RecordedOf<T>) => void
} = {
  'terminal.opened': (draft, event) => {
    const { data } = event
    const team = teamIn(draft, data.team)
    if (!team) return
    const { terminal, service, by, via } = data
    const opened = { terminal, service, ...(via && { via }), by, sinceMs: event.at }
    team.terminals = [...team.terminals, { ...opened, shared: 'nobody', followers: [] }]
    if (by?.kind === 'pilot' && by.team === team.id) team.pilotAtMs = event.at
    tellTeam(draft, team, event, 'neutral', 'terminal.opened', { service })
  },
  'terminal.closed': (draft, event) => {
    const team = teamIn(draft, event.data.team)
    if (team) team.terminals = team.terminals.filter((t) => t.terminal !== event.data.terminal)
  },
  'terminal.shared': (draft, { data }) => {
    const team = teamIn(draft, data.team)
    if (!team) return
    team.terminals = team.terminals.map((open) =>
      open.terminal === data.terminal ? { ...open, shared: data.access } : open,
    )
  },
  'terminal.follow-began': (draft, event) => {
    const { follow, by } = event.data
    followed(draft, event, (followers) => [...followers, { follow, by, helping: false }])
  },
  'terminal.follow-ended': (draft, event) =>
    followed(draft, event, (followers) => followers.filter(({ follow }) => follow !== event.data.follow)),
  'terminal.help-began': (draft, event) => followed(draft, event, helping(event.data.follow, true)),
  'terminal.help-ended': (draft, event) => followed(draft, event, helping(event.data.follow, false)),
}
