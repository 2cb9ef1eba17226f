import type { Table } from '../exercise/views/report/document.ts'
import { cutTo } from './break-lines.ts'
import { INK, ROW_PAD, SIDE } from './look.ts'
import type { About, Pen } from './pen.ts'
import { HEAD_HIGH, LEADING_COLUMNS, type TablePlan } from './table-plan.ts'

export interface Heads {
  /** Of all of them, pt. */
  readonly high: number
  draw(each: (draw: () => void, about: About) => void): void
}

interface Said {
  readonly text: string
  readonly lines: readonly string[]
  readonly high: number
  readonly upright: boolean
  /** Whether it is longer than what is seen of it. */
  readonly cut: boolean
}

/** Below a head that stands upright, pt. */
const FEET = 4

/** The heads of all columns; those of many stand upright, to be read from below. */
export function headsOf(
  pen: Pen,
  head: readonly string[],
  rows: Table['rows'],
  { dense, widths, height, head: style, pad }: TablePlan,
): Heads {
  const measure = (text: string) => pen.faces.width(text.trimEnd(), style)
  const saidOf = (text: string, nth: number): Said => {
    const width = (widths[nth] ?? 0) + 0.01
    if (!dense || nth < LEADING_COLUMNS) {
      const lines = pen.lines(text, width - 2 * pad, style)
      return { text, lines, high: lines.length * height, upright: false, cut: false }
    }
    const all = pen.lines(text, HEAD_HIGH, style)
    const most = Math.max(1, Math.floor(width / height))
    const cut = all.length > most
    const lines = cut
      ? [...all.slice(0, most - 1), cutTo(all.slice(most - 1).join(''), HEAD_HIGH, measure)]
      : all
    return { text, lines, high: Math.max(0, ...lines.map(measure)) + FEET, upright: true, cut }
  }
  const said = head.map(saidOf)
  const high = Math.max(...said.map((one) => one.high)) + 2 * ROW_PAD

  const drawUpright = ({ lines }: Said, left: number, width: number, bottom: number) =>
    lines.forEach((line, row) => {
      const across = left + (width - lines.length * height) / 2 + row * height
      pen.doc.save().rotate(-90, { origin: [across, bottom] })
      pen.write(line, across, bottom, height, style)
      pen.doc.restore()
    })
  return {
    high,
    draw(each) {
      const bottom = pen.y() + high
      let x = SIDE
      said.forEach((one, nth) => {
        const [left, width] = [x, widths[nth] ?? 0]
        x += width
        const draw = () =>
          one.lines.forEach((line, row) => {
            const shift = rows[0]?.[nth]?.number ? width - 2 * pad - measure(line) : 0
            const top = bottom - ROW_PAD - one.high + row * height
            pen.write(line, left + pad + shift, top, height, style)
          })
        each(one.upright ? () => drawUpright(one, left, width, bottom - FEET) : draw, {
          scope: 'Column',
          ...(one.cut && { actual: one.text }),
        })
      })
      pen.artifact(() => {
        pen.doc.moveTo(SIDE, bottom).lineTo(x, bottom).lineWidth(0.9).strokeColor(INK).stroke()
      })
      pen.down(high)
    },
  }
}
