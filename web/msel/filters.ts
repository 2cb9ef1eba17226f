import type { EntryKind } from '#exercise/scenario/trigger.ts'
import type { TimelineCell } from '#exercise/views/timeline-cell.ts'
import type { TimelineRow } from '#exercise/views/timeline-view.ts'
import type { Say } from '../kit/i18n/use-say.ts'
import { whoName } from './names.ts'

/** By what entries are told: what they are, how they stand, who holds them. */
export const STANDINGS = ['open', 'came', 'held', 'waits'] as const
export type Standing = (typeof STANDINGS)[number]

export interface Filters {
  readonly kind: EntryKind | null
  readonly team: string | null
  readonly standing: Standing | null
  readonly owner: string | null
  /** Only what comes within the next hour, besides what came. */
  readonly hour: boolean
}

export const NO_FILTERS: Filters = { kind: null, team: null, standing: null, owner: null, hour: false }

const HOUR_MS = 3_600_000
const WAITS = new Set<TimelineCell['state']>(['sent', 'overdue'])

const fits: Readonly<Record<Standing, (cell: TimelineCell) => boolean>> = {
  open: ({ came, state }) => !came && state !== 'not-for' && state !== 'never',
  came: ({ came }) => came,
  held: ({ state }) => state === 'held' || state === 'cancelled',
  waits: ({ state }) => WAITS.has(state),
}

/** Rows of which a cell (of the team, where one is chosen) fits. */
export function filtered(
  rows: readonly TimelineRow[],
  filters: Filters,
  say: Say,
  atMs: number,
): readonly TimelineRow[] {
  const { kind, team, standing, owner, hour } = filters
  return rows.filter((row) => {
    if (kind !== null && row.kind !== kind) return false
    if (hour && row.atMs !== null && row.atMs > atMs + HOUR_MS) return false
    if (standing === null && owner === null) return true
    return row.cells.some(
      (cell) =>
        (team === null || cell.team === null || cell.team === team) &&
        (standing === null || fits[standing](cell)) &&
        (owner === null || owners(say, cell).includes(owner)),
    )
  })
}

const owners = (say: Say, { held, cancelled }: TimelineCell): readonly string[] =>
  [held, cancelled].flatMap((mark) => (mark ? [whoName(say, mark.by)] : []))

/** Everybody who holds or has cancelled something. */
export const ownersOf = (say: Say, rows: readonly TimelineRow[]): readonly string[] =>
  [...new Set(rows.flatMap((row) => row.cells.flatMap((cell) => owners(say, cell))))].toSorted()
