import type { TimelineCell } from '#exercise/views/timeline-cell.ts'
import type { TimelineRow, TimelineView } from '#exercise/views/timeline-view.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Steps of the hand, from the finest, each for spans up to so long. ms */
const STEPS = [
  { spanMs: 10 * MINUTE_MS, stepMs: 10_000 },
  { spanMs: 30 * MINUTE_MS, stepMs: 30_000 },
] as const

/** The time that stands from the left to the right of an entry: the next hour, or the last of the exercise, or the whole of a shorter one. ms of exercise time. */
export interface Axis {
  readonly fromMs: number
  readonly toMs: number
  /** Times are chosen in whole steps. */
  readonly stepMs: number
  /** The first and the last that may be chosen: what is past, and what is after the end, may not. */
  readonly firstMs: number
  readonly lastMs: number
}

/** It goes on by whole minutes, so that entries need not be drawn again each second. */
export function axisOf({ atMs, durationMs }: Pick<TimelineView, 'atMs' | 'durationMs'>): Axis {
  const spanMs = Math.min(HOUR_MS, durationMs)
  const fromMs = Math.min(Math.floor(atMs / MINUTE_MS) * MINUTE_MS, durationMs - spanMs)
  const toMs = fromMs + spanMs
  const stepMs = STEPS.find((step) => spanMs <= step.spanMs)?.stepMs ?? MINUTE_MS
  return {
    fromMs,
    toMs,
    stepMs,
    firstMs: (Math.floor(atMs / stepMs) + 1) * stepMs,
    lastMs: Math.floor((durationMs - 1) / stepMs) * stepMs,
  }
}

/** Where a moment stands on it, 0 to 1; what is beyond stands at the edge. */
export const placeOn = ({ fromMs, toMs }: Axis, ms: number): number =>
  Math.min(1, Math.max(0, (ms - fromMs) / (toMs - fromMs)))

/** The step that is nearest to a moment, among those that may be chosen. */
export const nearest = ({ stepMs, firstMs, lastMs }: Axis, ms: number): number =>
  Math.max(firstMs, Math.min(lastMs, Math.round(ms / stepMs) * stepMs))

/** So many steps on from a moment that may stand between two of them. */
export function stepped(axis: Axis, ms: number, steps: number): number {
  const at = ms / axis.stepMs
  const from = steps > 0 ? Math.floor(at) : Math.ceil(at)
  return nearest(axis, (from + steps) * axis.stepMs)
}

/** Whether a cell has a moment to come that can be changed. */
export const moves = ({ state, atMs }: Pick<TimelineCell, 'state' | 'atMs'>): boolean =>
  state === 'planned' && atMs !== null

/** Teams by id; null stands for all. */
export type Whom = readonly (string | null)[]

/** Cells of those who are meant. */
export const cellsOf = ({ cells }: Pick<TimelineRow, 'cells'>, whom: Whom): readonly TimelineCell[] =>
  cells.filter(({ team }) => team === null || whom.includes(null) || whom.includes(team))

/** When it comes first to those who are meant, of what can be moved; null when nothing can. */
export function comesFirst(row: Pick<TimelineRow, 'cells'>, whom: Whom): number | null {
  const moments = cellsOf(row, whom).flatMap((cell) => (moves(cell) ? (cell.atMs ?? []) : []))
  return moments.length > 0 ? Math.min(...moments) : null
}

/** Moments of an entry to come, each with the teams to which it comes then. Where all teams are shown and it has one moment, it is all of them who are meant. */
export function momentsOf(
  row: Pick<TimelineRow, 'cells'>,
  shown: readonly TimelineCell[],
): readonly { readonly atMs: number; readonly whom: Whom }[] {
  const groups = [...Map.groupBy(shown.filter(moves), ({ atMs }) => atMs ?? 0)]
  const all = groups.length === 1 && shown.length === row.cells.length
  return groups.map(([atMs, group]) => ({ atMs, whom: all ? [null] : group.map(({ team }) => team) }))
}
