import { entryKey, saidOf } from '../fold/changes.ts'
import type { Change, Said } from '../fold/entry-state.ts'
import { hasCome } from '../fold/has-come.ts'
import { isTouched } from '../fold/interruption.ts'
import { type State, type TeamState, viewAt } from '../fold/state.ts'
import type { EntryRef } from '../scenario/trigger.ts'
import type { Text } from '../scenario/words.ts'
import { wayIn } from '../schedule/chains.ts'
import { comesMs } from '../schedule/comes.ts'
import type { Timed } from '../schedule/moment-of.ts'
import { entriesOf } from '../schedule/timeline.ts'
import { afterEndWhy, awayWhy, chainWhy, endedWhy, type WhyNot, whyNot } from '../schedule/why-not.ts'
import { type CameState, cameOf } from './timeline-came.ts'
import type { CellState, TimelineCell } from './timeline-cell.ts'
import { factsOf } from './timeline-facts.ts'

export interface TimelineRow extends EntryRef {
  /** Of a message, its number in the list of events; of another kind, its place among those of that kind. */
  readonly number: number
  readonly title: Text
  readonly service: string | null
  /** The instructor added it; `counts`: what comes of it earns points. */
  readonly added: boolean
  readonly counts: boolean
  /** One for each team in the order of the scenario; of a phase one for all. */
  readonly cells: readonly TimelineCell[]
  /** The first moment at which it came or comes to anybody; null while nobody knows. */
  readonly atMs: number | null
  /** It came to some teams, and does not come to others: the same test is not everybody's. */
  readonly some: boolean
  /** How many things were done to it, and the latest of them, newest last. */
  readonly count: number
  readonly changes: readonly Change[]
}

/** What comes next: all that comes at the earliest moment after now. */
export interface TimelineNext {
  readonly atMs: number
  readonly entries: readonly (EntryRef & { readonly team: string | null })[]
}

export interface TimelineView {
  readonly atMs: number
  readonly durationMs: number
  /**
   * In the order in which they come; what nobody knows the moment of stands last. What is held or cancelled stands where it would come, so that it does not leave its
   * place under the hand that holds it.
   */
  readonly rows: readonly TimelineRow[]
  readonly next: TimelineNext | null
}

/** The timeline for white, at exercise time `atMs`. From another audience's stream it holds what that one knows: phases. */
export function timelineView(state: State, atMs: number): TimelineView {
  const at = viewAt(state, atMs)
  const facts = factsOf(state.scenario)
  const free = unheld(state)
  const rows = entriesOf(state).flatMap((entry) => {
    const known = facts.get(entryKey(entry))
    if (!known) return []
    const cells = (entry.kind === 'phase' ? [null] : state.teams).map((team) => cell(state, team, entry, at))
    const { count = 0, changes = [] } = state.entries[entryKey(entry)] ?? {}
    const { kind, id } = entry
    const moments = cells.flatMap((one) => one.atMs ?? [])
    const row: TimelineRow = {
      ...known,
      kind,
      id,
      cells,
      atMs: moments.length > 0 ? Math.min(...moments) : null,
      some: cells.some(({ came }) => came) && cells.some(({ state: now }) => MISSES.has(now)),
      count,
      changes,
    }
    const places = cells.flatMap((one) => one.atMs ?? placeMs(free, one, entry, at) ?? [])
    return [{ row, place: places.length > 0 ? Math.min(...places) : FAR }]
  })
  const inOrder = rows.toSorted((a, b) => a.place - b.place).map(({ row }) => row)
  return {
    atMs: at,
    durationMs: state.scenario.durationMs,
    rows: inOrder,
    next: nextOf(inOrder, at),
  }
}

const FAR = Number.MAX_SAFE_INTEGER

/** The same, with nothing held or cancelled. */
const unheld = (state: State): State => ({
  ...state,
  entries: Object.fromEntries(
    Object.entries(state.entries).map(([key, entry]) => [
      key,
      { ...entry, all: letGo(entry.all), teams: entry.teams.map(letGo) },
    ]),
  ),
})

const letGo = (said: Said): Said =>
  said.held || said.cancelled ? { ...said, held: null, cancelled: null, sinceMs: 0 } : said

/** When what is held or cancelled would come to a team; null of everything else, and where nobody knows. */
function placeMs(free: State, cell: TimelineCell, entry: EntryRef & Timed, atMs: number): number | null {
  if (cell.came || !(cell.held || cell.cancelled)) return null
  return comesMs(free, free.teams.find(({ id }) => id === cell.team) ?? null, entry.kind, entry, atMs)
}

/** What such a cell says has passed its team by. */
const MISSES: ReadonlySet<CellState> = new Set(['not-for', 'cancelled', 'never', 'ready', 'held'])

/** An attack whose moment has come goes on waiting for these. */
const WAITS: ReadonlySet<WhyNot['code']> = new Set(['chain-waits', 'service-away'])

function cell(state: State, team: TeamState | null, entry: EntryRef & Timed, atMs: number): TimelineCell {
  const { kind } = entry
  const { held, cancelled, byMs } = saidOf(state, team, entry)
  const base = { team: team?.id ?? null, held, cancelled, byMs, untilMs: null }
  if (hasCome(state, team, entry)) {
    const came: CameState = cameOf(state, team, entry, atMs)
    return { ...base, ...came, came: true, why: null }
  }
  const pending = (now: CellState, when: number | null, why: WhyNot | null): TimelineCell => ({
    ...base,
    state: now,
    came: false,
    atMs: when,
    why,
  })
  const comes = comesMs(state, team, kind, entry, atMs)
  if (comes === null) {
    const why = whyNot(state, team, kind, entry, atMs)
    if (why.code === 'not-for-team') return pending('not-for', null, why)
    if (state.phase === 'ended')
      return pending(cancelled ? 'cancelled' : 'never', null, cancelled ? why : endedWhy)
    if (cancelled) return pending('cancelled', null, why)
    if (held) return pending('held', null, why)
    if (why.code === 'manual') return pending('ready', null, why)
    return pending(why.final ? 'never' : 'waiting', null, why)
  }
  if (state.phase === 'ended') return pending('never', null, endedWhy)
  if (comes >= state.scenario.durationMs) return pending('never', null, afterEndWhy)
  const way = kind === 'attack' && team ? inTheWay(state, team, entry.id) : null
  if (comes > atMs) return pending('planned', comes, way ?? maybe(state, team, entry, atMs))
  if (state.phase !== 'running') return pending('planned', comes, way)
  const waits = way !== null && WAITS.has(way.code)
  return pending(waits ? 'waiting' : 'due', waits ? null : comes, way)
}

/** What stands before an attack whose moment comes. */
function inTheWay(state: State, team: TeamState, id: string): WhyNot | null {
  const attack = state.scenario.attacks.find((one) => one.id === id)
  if (attack && isTouched(team, attack.service)) return awayWhy(attack.service)
  if (!attack?.after) return null
  const way = wayIn(team, attack)
  return chainWhy(attack.after, way === 'open' || way === 'waiting' ? way : 'closed')
}

/** What is planned only because nobody has answered yet says so. */
function maybe(state: State, team: TeamState | null, entry: EntryRef & Timed, atMs: number): WhyNot | null {
  const { trigger, kind } = entry
  if (trigger.kind !== 'after' || trigger.after.kind !== 'inject' || trigger.after.outcome !== 'unanswered')
    return null
  const why = whyNot(state, team, kind, entry, atMs)
  return why.code === 'message-may-be-answered' && Number(why.params.untilMs) >= atMs ? why : null
}

function nextOf(rows: readonly TimelineRow[], atMs: number): TimelineNext | null {
  const planned = rows.flatMap(({ kind, id, cells }) =>
    cells.flatMap(({ state, team, atMs: when }) =>
      state === 'planned' && when !== null && when > atMs ? [{ kind, id, team, when }] : [],
    ),
  )
  if (planned.length === 0) return null
  const first = Math.min(...planned.map(({ when }) => when))
  const entries = planned.flatMap(({ when, ...ref }) => (when === first ? [ref] : []))
  return { atMs: first, entries }
}
