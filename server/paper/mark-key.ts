import type { SectorLook } from '../exercise/views/sectors/sector-shapes.ts'
import { ASIDE, SIDE } from './look.ts'
import { mark } from './mark.ts'
import type { Element, Pen } from './pen.ts'

const HIGH = 14
const SIGN = 10
const BETWEEN = 14

/** What the shapes in a table mean. */
export function markKey(pen: Pen, within: Element, meanings: readonly (readonly [SectorLook, string])[]) {
  const element = pen.element(within, 'P')
  if (pen.left() < HIGH) pen.page()
  let x = SIDE
  for (const [look, said] of meanings) {
    const wide = SIGN + 4 + pen.faces.width(said, ASIDE)
    if (x > SIDE && x + wide > SIDE + pen.wide()) {
      pen.down(HIGH)
      if (pen.left() < HIGH) pen.page()
      x = SIDE
    }
    pen.tagged(element, 'P', () => {
      mark(pen.doc, look, x, pen.y() + 2, SIGN)
      pen.write(`${said} `, x + SIGN + 4, pen.y(), HIGH, ASIDE)
    })
    x += wide + BETWEEN
  }
  element.end()
  pen.down(HIGH + 6)
}
