import type { Cell, Table } from '../exercise/views/report/document.ts'
import { ROW_PAD, SIDE, shadeOf } from './look.ts'
import { mark } from './mark.ts'
import type { Element, Pen } from './pen.ts'
import { headsOf } from './table-heads.ts'
import { isShort, MARK, saidOf, type TablePlan } from './table-plan.ts'
import { rule } from './texts.ts'

interface Said {
  readonly cell: Cell
  readonly lines: readonly string[]
  /** Its shape stands above them. */
  readonly short: boolean
}

/** A table over as many pages as it needs: its head on each of them, and a row on one, unless it is higher than a page. */
export function table(pen: Pen, within: Element, { caption, head, rows }: Table, plan: TablePlan) {
  const element = pen.element(within, 'Table', { title: caption })
  const heads = headsOf(pen, head, rows, plan)
  const section = pen.element(element, 'THead')
  const row = pen.element(section, 'TR')
  heads.draw((draw, about) => pen.tagged(pen.element(row, 'TH', about), 'TH', draw))
  section.end()
  const body = pen.element(element, 'TBody')
  const whole = pen.whole() - heads.high
  for (const cells of rows) {
    const said = cells.map((one, nth) => saidIn(pen, one, plan.widths[nth] ?? 0, plan))
    const fresh = () => {
      pen.page()
      heads.draw((draw) => pen.artifact(draw))
    }
    const within = pen.element(body, 'TR')
    const elements = said.map(({ cell: one, short }) =>
      pen.element(within, 'TD', short ? { actual: one.text } : {}),
    )
    // What one page can not hold goes on on the next, cell by cell.
    for (const piece of rowHigh(said, plan) <= whole ? [said] : piecesOf(said, whole, plan)) {
      if (pen.left() < rowHigh(piece, plan)) fresh()
      drawRow(pen, elements, piece, plan)
    }
    within.end()
  }
  element.end()
  pen.down(10)
}

/** A row that is higher than a page, in parts that are not; its shapes stand in the first. */
function piecesOf(said: readonly Said[], whole: number, plan: TablePlan): readonly (readonly Said[])[] {
  const most = Math.max(1, Math.floor((whole - 2 * ROW_PAD) / plan.height - MARK))
  const longest = Math.max(...said.map(({ lines }) => lines.length))
  return Array.from({ length: Math.ceil(longest / most) }, (_, nth) =>
    said.map(({ cell: one, lines, short }) => ({
      short,
      lines: lines.slice(nth * most, (nth + 1) * most),
      cell: nth === 0 ? one : { text: one.text, ...(one.number && { number: one.number }) },
    })),
  )
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

function drawRow(pen: Pen, elements: readonly Element[], said: readonly Said[], plan: TablePlan) {
  const { widths, height, body, pad } = plan
  const [top, high] = [pen.y(), rowHigh(said, plan)]
  let x = SIDE
  said.forEach(({ cell: one, lines, short }, nth) => {
    const [left, width] = [x, widths[nth] ?? 0]
    x += width
    const { heat } = one
    if (heat !== undefined) pen.artifact(() => pen.doc.rect(left, top, width, high).fill(shadeOf(heat)))
    const element = elements[nth]
    if (!element) return
    pen.tagged(element, 'TD', () => {
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
