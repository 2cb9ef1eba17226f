import { isLate } from '../fold/inject-state.ts'
import { type State, type TeamState, viewAt } from '../fold/state.ts'
import { overdueFrom } from '../fold/usability-time.ts'
import { unusable } from '../fold/verdicts.ts'
import type { Text } from '../scenario/words.ts'

/** Why a team may need somebody. All but `idle` are signs that it drowns. */
export type NeedKind = 'foothold' | 'service' | 'complaint' | 'message' | 'idle'

export interface Need {
  readonly kind: NeedKind
  /** How many of it there are; of `idle`, how many things wait. */
  readonly count: number
  /** Since when the oldest of it has been so; of `idle`, the last act of its people. Exercise time, ms. */
  readonly sinceMs: number
}

export interface TeamNeeds {
  readonly team: string
  readonly name: Text
  /** `drowns`: more is wrong than it gets done. `idles`: something waits, and nobody does anything. */
  readonly standing: 'drowns' | 'idles' | 'busy' | 'calm'
  readonly needs: readonly Need[]
}

/** Without an act of its people for so long a team idles, while something waits for it. Exercise time, ms. */
export const IDLE_MS = 300_000
/** A team drowns with so many kinds of trouble at once, or so many troubles of one kind ... */
const KINDS = 3
const OF_A_KIND = 4
/** ... or with something that has stood so long. Exercise time, ms. */
const LONG_MS = 600_000

const ORDER: Readonly<Record<TeamNeeds['standing'], number>> = { drowns: 0, idles: 1, busy: 2, calm: 3 }

/** Which teams need white, those that drown first, then those that idle; each with why. For white. */
export function needsView(state: State, atMs: number): readonly TeamNeeds[] {
  const at = viewAt(state, atMs)
  return state.teams
    .map((team) => teamNeeds(state, team, at))
    .toSorted((a, b) => ORDER[a.standing] - ORDER[b.standing] || total(b) - total(a))
}

const total = ({ needs }: TeamNeeds): number => needs.reduce((sum, { count }) => sum + count, 0)

function teamNeeds(state: State, team: TeamState, atMs: number): TeamNeeds {
  const of = (kind: NeedKind, since: readonly number[]): readonly Need[] =>
    since.length === 0 ? [] : [{ kind, count: since.length, sinceMs: Math.min(...since) }]
  const troubles = [
    ...of(
      'foothold',
      team.attacks.flatMap(({ state: is, closedMs, concludedMs }) =>
        is === 'landed' && closedMs === null ? (concludedMs ?? 0) : [],
      ),
    ),
    ...of(
      'service',
      team.services.flatMap(({ verdict, sinceMs }) => (unusable(verdict) ? sinceMs : [])),
    ),
    ...of(
      'complaint',
      team.tickets.flatMap((ticket) => {
        const overdueMs = overdueFrom(state.scenario.scoring, ticket)
        return ticket.closedMs === null && overdueMs <= atMs ? overdueMs : []
      }),
    ),
    ...of(
      'message',
      team.injects.flatMap((sent) =>
        sent.info.expects && sent.answers.length === 0 && isLate(sent, atMs) ? (sent.deadlineMs ?? 0) : [],
      ),
    ),
  ]
  const drowns =
    troubles.length >= KINDS ||
    troubles.some(({ count, sinceMs }) => count >= OF_A_KIND || atMs - sinceMs >= LONG_MS)
  const idle = idleNeed(state, team, troubles, atMs)
  const needs = idle ? [...troubles, idle] : troubles
  const standing = idle ? 'idles' : drowns ? 'drowns' : troubles.length > 0 ? 'busy' : 'calm'
  return { team: team.id, name: team.name, standing, needs }
}

/** People who play do nothing while something waits. A terminal that is open is work: what is typed there is not in the ledger. */
function idleNeed(state: State, team: TeamState, troubles: readonly Need[], atMs: number): Need | null {
  if (team.pilot !== 'person' || state.phase !== 'running') return null
  if (team.terminals.some(({ by }) => by?.kind === 'seat' && by.seat === 'blue')) return null
  const waiting = team.injects.filter(({ info, answers }) => info.expects && answers.length === 0).length
  const open = team.tickets.filter(
    ({ closedMs, answeredMs }) => closedMs === null && answeredMs === null,
  ).length
  const held = troubles.reduce(
    (sum, { kind, count }) => sum + (kind === 'foothold' || kind === 'service' ? count : 0),
    0,
  )
  const count = waiting + open + held
  const sinceMs = lastActMs(team)
  return count > 0 && atMs - sinceMs >= IDLE_MS ? { kind: 'idle', count, sinceMs } : null
}

/** The last thing that the ledger knows of a team's people. 0 where it knows of none. */
const lastActMs = ({ injects, tickets, hints, story }: TeamState): number =>
  Math.max(
    0,
    ...injects.flatMap(({ readMs, answers, draft }) => [
      readMs ?? 0,
      ...answers.map(({ atMs }) => atMs),
      ...draft.map(({ atMs }) => atMs),
    ]),
    ...tickets.map(({ answeredMs }) => answeredMs ?? 0),
    ...hints.map(({ atMs }) => atMs),
    ...story.flatMap(({ code, atMs }) => (code === 'story.terminal.opened' ? atMs : [])),
  )
