import type { Item } from '../exercise/views/report/document.ts'
import type { Style } from './faces.ts'
import { ACCENT, BODY, HEADING, INK, LINE, SIDE, TITLE, TOP } from './look.ts'
import type { Element, Pen } from './pen.ts'

/** So much of a line's height stands after a paragraph. */
const GAP = 0.55
const ITEM_INDENT = 12
const DOT = 1.6

/** Lines one after the other, over as many pages as they need; neither a first nor a last line stands alone on a page. */
function flow(pen: Pen, lines: readonly string[], height: number, draw: (line: string, nth: number) => void) {
  lines.forEach((line, nth) => {
    const together = lines.length > 1 && (nth === 0 || nth === lines.length - 2) ? 2 : 1
    if (pen.left() < together * height) pen.page()
    draw(line, nth)
    pen.down(height)
  })
}

export function paragraph(pen: Pen, within: Element, text: string, leading: number, style: Style = BODY) {
  const height = style.size * leading
  const element = pen.element(within, 'P')
  flow(pen, pen.lines(text, pen.wide(), style), height, (line) =>
    pen.tagged(element, 'P', () => pen.write(line, SIDE, pen.y(), height, style)),
  )
  element.end()
  pen.down(height * GAP)
}

export function title(pen: Pen, within: Element, text: string) {
  const height = TITLE.size * 1.25
  pen.artifact(() => pen.doc.rect(SIDE, pen.y(), 42, 3).fill(ACCENT))
  pen.down(14)
  const element = pen.element(within, 'H1')
  flow(pen, pen.lines(text, pen.wide(), TITLE), height, (line) =>
    pen.tagged(element, 'H1', () => pen.write(line, SIDE, pen.y(), height, TITLE)),
  )
  element.end()
  pen.down(6)
}

/** Above it where it does not begin a page, and below. */
const ABOVE = 9
const BELOW = 7
const headingHeight = HEADING.size * 1.35
export const HEADING_HIGH = ABOVE + headingHeight + BELOW

/** A heading, and where it stands for those who go by the list of headings. */
export function heading(pen: Pen, within: Element, text: string) {
  if (pen.y() > TOP) pen.down(ABOVE)
  const place = { top: pen.y(), left: pen.doc.page.width, zoom: 0, fit: false, expanded: false }
  pen.doc.outline.addItem(text, place)
  const element = pen.element(within, 'H2')
  flow(pen, pen.lines(text, pen.wide(), HEADING), headingHeight, (line) =>
    pen.tagged(element, 'H2', () => pen.write(line, SIDE, pen.y(), headingHeight, HEADING)),
  )
  element.end()
  pen.artifact(() => rule(pen, pen.y() + 1, SIDE, pen.wide()))
  pen.down(BELOW)
}

export function rule(pen: Pen, y: number, x: number, wide: number) {
  pen.doc
    .moveTo(x, y)
    .lineTo(x + wide, y)
    .lineWidth(0.6)
    .strokeColor(LINE)
    .stroke()
}

export function list(pen: Pen, within: Element, items: readonly Item[], leading: number) {
  const height = BODY.size * leading
  const element = pen.element(within, 'L')
  for (const { text, href } of items) {
    const item = pen.element(element, 'LI')
    const label = pen.element(item, 'Lbl')
    const body = pen.element(item, 'LBody')
    const link = href === undefined ? null : pen.element(body, 'Link')
    const style = link ? { ...BODY, colour: ACCENT } : BODY
    const lines = pen.lines(text, pen.wide() - ITEM_INDENT, style)
    flow(pen, lines, height, (line, nth) => {
      const [x, y] = [SIDE + ITEM_INDENT, pen.y()]
      if (nth === 0) pen.tagged(label, 'Lbl', () => pen.doc.circle(SIDE + 4, y + height * 0.5, DOT).fill(INK))
      pen.tagged(link ?? body, link ? 'Link' : 'LBody', () => pen.write(line, x, y, height, style))
      // Not yet in the package’s types.
      const within: object = { structParent: link }
      if (link && href !== undefined)
        pen.doc.link(x, y, pen.faces.width(line.trimEnd(), style), height, href, within)
    })
    pen.down(height * 0.2)
    item.end()
  }
  element.end()
  pen.down(height * GAP)
}
