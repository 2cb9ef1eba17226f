import type { Cell, Table } from '../exercise/views/report/document.ts'
import { INK, SIDE, shadeOf } from './look.ts'
import { mark } from './mark.ts'
import type { About, Element, Pen } from './pen.ts'
import { HEAD_HIGH, isShort, LEADING_COLUMNS, MARK, saidOf, type TablePlan } from './table-plan.ts'
import { rule } from './texts.ts'

/** Above and below what a row says, pt. */
const ROW_PAD = 2.5

interface Said {
  readonly cell: Cell
  readonly lines: readonly string[]
  /** Its shape stands above them. */
  readonly short: boolean
}

/** A table over as many pages as it needs: its head on each of them, and a row on one, unless it is higher than a page. */
export function table(pen: Pen, within: Element, { caption, head, rows }: Table, plan: TablePlan) {
  const element = pen.element(within, 'Table', { title: caption })
  const heads = headOf(pen, head, rows, plan)
  const section = pen.element(element, 'THead')
  const row = pen.element(section, 'TR')
  heads.draw((_, draw) => cellIn(pen, row, 'TH', { scope: 'Column' }, draw))
  section.end()
  const body = pen.element(element, 'TBody')
  for (const cells of rows) {
    const said = cells.map((one, nth) => saidIn(pen, one, plan.widths[nth] ?? 0, plan))
    const height = rowHigh(said, plan)
    const fresh = () => {
      pen.page()
      pen.artifact(() => heads.draw((_, draw) => draw()))
    }
    const within = pen.element(body, 'TR')
    const whole = pen.whole() - heads.high
    if (pen.left() < height && height <= whole) fresh()
    if (height <= whole) drawRow(pen, within, said, plan)
    else {
      // What one page can not hold goes on on the next, cell by cell.
      const most = Math.max(1, Math.floor((whole - 2 * ROW_PAD) / plan.height) - 2)
      const longest = Math.max(...said.map(({ lines }) => lines.length))
      for (let from = 0; from < longest; from += most) {
        if (pen.left() < rowHigh(part(said, from, most), plan)) fresh()
        drawRow(pen, within, part(said, from, most), plan)
      }
    }
    within.end()
  }
  element.end()
  pen.down(10)
}

const part = (said: readonly Said[], from: number, most: number): readonly Said[] =>
  said.map((one) => ({ ...one, lines: one.lines.slice(from, from + most) }))

function cellIn(pen: Pen, row: Element, type: string, about: About, draw: () => void) {
  const element = pen.element(row, type, about)
  pen.tagged(element, type, draw)
  element.end()
}

function saidIn(pen: Pen, one: Cell, width: number, { dense, body, pad }: TablePlan): Said {
  const short = isShort(dense, one)
  const beside = one.mark && !short ? body.size * MARK : 0
  // What is as wide as its column is not divided by what rounding leaves.
  return { cell: one, short, lines: pen.lines(saidOf(dense, one), width - 2 * pad - beside + 0.01, body) }
}

const rowHigh = (said: readonly Said[], { height, body }: TablePlan): number =>
  Math.max(
    ...said.map(({ lines, short }) => Math.max(1, lines.length) * height + (short ? body.size * MARK : 0)),
  ) +
  2 * ROW_PAD

function drawRow(pen: Pen, row: Element, said: readonly Said[], plan: TablePlan) {
  const { widths, height, body, pad } = plan
  const [top, high] = [pen.y(), rowHigh(said, plan)]
  let x = SIDE
  said.forEach(({ cell: one, lines, short }, nth) => {
    const [left, width] = [x, widths[nth] ?? 0]
    x += width
    const { heat } = one
    if (heat !== undefined) pen.artifact(() => pen.doc.rect(left, top, width, high).fill(shadeOf(heat)))
    cellIn(pen, row, 'TD', short ? { actual: one.text } : {}, () => {
      const side = body.size * 1.05
      if (one.mark)
        mark(pen.doc, one.mark, short ? left + (width - side) / 2 : left + pad, top + ROW_PAD + 0.5, side)
      const [indent, drop] = one.mark ? (short ? [0, body.size * MARK] : [body.size * MARK, 0]) : [0, 0]
      lines.forEach((line, row) => {
        const spare = width - 2 * pad - pen.faces.width(line.trimEnd(), body)
        const shift = short ? spare / 2 : one.number ? spare : indent
        pen.write(line, left + pad + shift, top + ROW_PAD + drop + row * height, height, body)
      })
    })
  })
  pen.artifact(() => rule(pen, top + high, SIDE, x - SIDE))
  pen.down(high)
}

export interface Heads {
  readonly high: number
  draw(each: (nth: number, draw: () => void) => void): void
}

/** The heads of all columns; those of many stand upright, to be read from below. */
export function headOf(
  pen: Pen,
  head: readonly string[],
  rows: Table['rows'],
  { dense, widths, height, head: style, pad }: TablePlan,
): Heads {
  const upright = (nth: number) => dense && nth >= LEADING_COLUMNS
  const said = head.map((text, nth) => {
    const width = (widths[nth] ?? 0) - 2 * pad + 0.01
    const lines = pen.lines(text, upright(nth) ? HEAD_HIGH : width, style)
    const longest = Math.max(0, ...lines.map((line) => pen.faces.width(line.trimEnd(), style)))
    return { lines, high: upright(nth) ? longest + 4 : lines.length * height }
  })
  const high = Math.max(...said.map((one) => one.high)) + 2 * ROW_PAD
  return {
    high,
    draw(each) {
      const [top, bottom] = [pen.y(), pen.y() + high]
      let x = SIDE
      said.forEach(({ lines, high: own }, nth) => {
        const [left, width] = [x, widths[nth] ?? 0]
        x += width
        each(nth, () =>
          lines.forEach((line, row) => {
            if (upright(nth)) {
              const across = left + (width - lines.length * height) / 2 + row * height
              pen.doc.save().rotate(-90, { origin: [across, bottom - 4] })
              pen.write(line, across, bottom - 4, height, style)
              pen.doc.restore()
              return
            }
            const spare = width - 2 * pad - pen.faces.width(line.trimEnd(), style)
            const shift = rows[0]?.[nth]?.number ? spare : 0
            pen.write(line, left + pad + shift, bottom - ROW_PAD - own + row * height, height, style)
          }),
        )
      })
      pen.artifact(() => {
        pen.doc
          .moveTo(SIDE, top + high)
          .lineTo(x, top + high)
          .lineWidth(0.9)
          .strokeColor(INK)
          .stroke()
      })
      pen.down(high)
    },
  }
}
