import { entryKey } from '#exercise/fold/changes.ts'
import type { TimelineRow, TimelineView } from '#exercise/views/timeline-view.ts'
import type { Say } from '../kit/i18n/use-say.ts'
import { cellText, LOOKS } from './cell-text.ts'
import type { DrawnRow } from './grid-row.tsx'
import { shortName, titleOf } from './names.ts'
import { type Axis, momentsOf, placeOn } from './shift/axis.ts'

/** A row of the timeline in the viewer's words. `teams`: places of the teams that are shown. */
export function draw(
  say: Say,
  view: TimelineView,
  axis: Axis,
  row: TimelineRow,
  teams: readonly number[],
): DrawnRow {
  const { atMs } = view
  const cells = row.kind === 'phase' ? row.cells : teams.flatMap((place) => row.cells[place] ?? [])
  const nexts = new Set(view.next?.entries.map(entryKey))
  return {
    key: entryKey(row),
    name: shortName(row),
    title: titleOf(say, row.title),
    time: row.atMs === null ? '' : say.clock(row.atMs),
    tags: [
      ...(row.added ? [say('msel.added')] : []),
      ...(row.added ? [say(row.counts ? 'msel.counts' : 'msel.countsNot')] : []),
      ...(row.some ? [say('msel.some')] : []),
    ],
    past: row.atMs !== null && row.atMs <= atMs,
    next: nexts.has(entryKey(row)),
    marks: momentsOf(row, cells).map((moment) => ({ place: placeOn(axis, moment.atMs), whom: moment.whom })),
    cells: cells.map((cell) => ({
      ...LOOKS[cell.state],
      text: cellText(say, cell, atMs),
      moved: cell.byMs !== 0 && !cell.came,
    })),
  }
}
