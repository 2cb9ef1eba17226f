import { clockText } from '../exercise/scenario/clock-text.ts'
import { roughText } from '../exercise/scenario/formats.ts'
import type { Lang } from '../exercise/scenario/words.ts'
import { type Curve, pathOf } from '../exercise/views/report/curve.ts'
import { ACCENT, ASIDE, LINE, SIDE } from './look.ts'
import type { Element, Pen } from './pen.ts'

const MOST_WIDE = 487
const HIGH = 84
const ROW = 13
/** With what is said above and below it. */
export const PICTURE_HIGH = HIGH + 3 * ROW + 10

/** A curve as a vector, with its highest value, when it begins and when it ends. */
export function picture(pen: Pen, within: Element, curve: Curve, caption: string, lang: Lang) {
  const wide = Math.min(MOST_WIDE, pen.wide())
  const most = pen.faces.printable(roughText(lang, curve.most))
  const figure = pen.element(within, 'Figure', { alt: `${caption} ${most}` })
  const { doc } = pen
  pen.tagged(figure, 'Figure', () => {
    pen.write(caption, SIDE, pen.y(), ROW, ASIDE)
    pen.write(most, SIDE, pen.y() + ROW, ROW, ASIDE)
    const top = pen.y() + 2 * ROW
    const path = pathOf(curve, wide, HIGH)
    doc.save().translate(SIDE, top)
    doc.path(`${path}L${wide},${HIGH}L0,${HIGH}Z`).fillOpacity(0.18).fill(ACCENT)
    doc.path(path).lineWidth(1.4).lineJoin('round').strokeColor(ACCENT).stroke()
    doc.restore()
    doc
      .moveTo(SIDE, top + HIGH)
      .lineTo(SIDE + wide, top + HIGH)
      .lineWidth(0.6)
      .strokeColor(LINE)
      .stroke()
    const end = clockText(curve.toMs)
    const below = top + HIGH + 2
    pen.write(clockText(0), SIDE, below, ROW, ASIDE)
    pen.write(end, SIDE + wide - pen.faces.width(end, ASIDE), below, ROW, ASIDE)
  })
  figure.end()
  pen.down(PICTURE_HIGH)
}
