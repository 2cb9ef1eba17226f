import type { Lang } from '../exercise/scenario/words.ts'
import { type Cell, isDense, type Table } from '../exercise/views/report/document.ts'
import { linesOf, longestPart, type Measure } from './break-lines.ts'
import { type Column, columnWidths, crampedWidths } from './columns.ts'
import type { Faces, Style } from './faces.ts'
import { INK, pageSize, SIDE, SOFT, tableLeading } from './look.ts'

/** How a table is set: on which page, in which size, and how wide its columns are. Lengths in pt. */
export interface TablePlan {
  readonly lying: boolean
  readonly dense: boolean
  readonly body: Style
  readonly head: Style
  /** Of a line. */
  readonly height: number
  /** Beside what a cell says. */
  readonly pad: number
  readonly widths: readonly number[]
}

/** Tried one after the other until no word has to be divided. */
const TRIES = [
  { lying: false, size: 9 },
  { lying: false, size: 8 },
  { lying: true, size: 9 },
  { lying: true, size: 8 },
  { lying: true, size: 7 },
  { lying: true, size: 6 },
] as const
/** A shape with the room after it, in sizes. */
export const MARK = 1.35
/** Columns of a dense table before those whose heads stand upright. */
export const LEADING_COLUMNS = 2
/** Of what may end anywhere, as Japanese does, so many sizes stay together in cells and in heads; and no word makes a column wider than such a part of the page. */
const TOGETHER = 7
const TOGETHER_HEAD = 6
const LONGEST = 0.3
/** Heads that stand upright are so high at the most. */
export const HEAD_HIGH = 110
/** And have room for so many lines: names that are longer are cut there, and whole in the standings. */
const HEAD_LINES = 2

export function planOf(table: Table, faces: Faces, lang: Lang): TablePlan {
  const dense = isDense(table)
  let plan: TablePlan | null = null
  for (const { lying, size } of TRIES) {
    const room = pageSize(lying)[0] - 2 * SIDE
    const set = {
      lying,
      dense,
      body: { size, colour: INK },
      head: { size, bold: true, colour: SOFT } as const,
      height: size * tableLeading(lang),
      pad: dense ? 2 : 5,
    }
    const columns = table.head.map((_, nth) => columnOf(table, nth, set, faces, room))
    const widths = columnWidths(columns, room)
    if (widths) return { ...set, widths }
    plan = { ...set, widths: crampedWidths(columns, room) }
  }
  if (!plan) throw new Error('a table is tried in no size')
  return plan
}

/** Whether a cell says only what is short, under its shape. */
export const isShort = (dense: boolean, { mark }: Cell): boolean => dense && mark !== undefined

export const saidOf = (dense: boolean, one: Cell): string =>
  isShort(dense, one) ? (one.short ?? '') : one.text

function columnOf(
  { head, rows }: Table,
  nth: number,
  { dense, body, head: bold, height, pad }: Omit<TablePlan, 'widths' | 'lying'>,
  faces: Faces,
  room: number,
): Column {
  const upright = dense && nth >= LEADING_COLUMNS
  const parts = rows.flatMap((cells) => {
    const one = cells[nth]
    if (!one) return []
    const text = saidOf(dense, one)
    const beside = one.mark && !isShort(dense, one) ? body.size * MARK : 0
    const measure = (part: string) => faces.width(part, body)
    const whole = measure(text) + beside
    // What stands beside a shape, or in a column of numbers, is read at a glance.
    const least = one.number || one.mark ? whole : longest(text, TOGETHER * body.size, measure)
    return { whole, least }
  })
  const said = head[nth] ?? ''
  const measureHead = (part: string) => faces.width(part, bold)
  if (upright) {
    const high = Math.min(HEAD_LINES, linesOf(said, HEAD_HIGH, measureHead).length) * height
    parts.push({ whole: high, least: high })
  } else
    parts.push({ whole: measureHead(said), least: longest(said, TOGETHER_HEAD * bold.size, measureHead) })
  const whole = Math.max(...parts.map((one) => one.whole))
  const least = Math.min(room * LONGEST, Math.max(...parts.map((one) => one.least)))
  return { least: least + 2 * pad, whole: Math.max(least, whole) + 2 * pad }
}

const longest = (text: string, together: number, measure: Measure): number =>
  Math.max(longestPart(text, measure), Math.min(measure(text), together))
