import { cutTo } from './break-lines.ts'
import { BOTTOM, FOOT, SIDE } from './look.ts'
import type { Pen } from './pen.ts'
import { rule } from './texts.ts'

const HIGH = 12

/** Below each page: of what exercise it is, and which page of how many. */
export function footers(pen: Pen, exercise: string) {
  const { doc, faces } = pen
  const { start, count } = doc.bufferedPageRange()
  for (let nth = 0; nth < count; nth += 1) {
    doc.switchToPage(start + nth)
    const top = doc.page.height - BOTTOM + 22
    const number = `${nth + 1} / ${count}`
    const wide = faces.width(number, FOOT)
    const room = pen.wide() - wide - 20
    pen.artifact(() => {
      rule(pen, top - 4, SIDE, pen.wide())
      pen.write(
        cutTo(exercise, room, (text) => faces.width(text, FOOT)),
        SIDE,
        top,
        HIGH,
        FOOT,
      )
      pen.write(number, SIDE + pen.wide() - wide, top, HIGH, FOOT)
    }, true)
  }
}
