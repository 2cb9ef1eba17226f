import { linesOf } from './break-lines.ts'
import type { Faces, Style } from './faces.ts'
import { BASELINE, BOTTOM, pageSize, SIDE, TOP } from './look.ts'

export type Element = PDFKit.PDFStructureElement

/** What is known of an element that its contents do not say. */
export interface About {
  readonly alt?: string
  readonly actual?: string
  readonly title?: string
  readonly scope?: 'Column'
}

/** Writes from the top of a page to its end, and tells readers that can not see what each part is. Lengths in pt. */
export interface Pen {
  readonly doc: PDFKit.PDFDocument
  readonly faces: Faces
  /** Where the next thing stands. */
  y(): number
  down(by: number): void
  /** Width of what is written. */
  wide(): number
  /** Of the page's height, from here on and of a fresh page. */
  left(): number
  whole(): number
  /** A fresh page; `lying` on its long side. */
  page(lying?: boolean): void
  lying(): boolean
  /** An element within another. */
  element(within: Element, type: string, about?: About): Element
  /** What `draw` draws belongs to the element. All of it is on one page. */
  tagged(element: Element, type: string, draw: () => void): void
  /** What is only to be seen. */
  artifact(draw: () => void, footer?: true): void
  lines(text: string, room: number, style: Style): readonly string[]
  /** A line whose top is at `top`. */
  write(line: string, x: number, top: number, height: number, style: Style): void
}

export function openPen(doc: PDFKit.PDFDocument, faces: Faces): Pen {
  let [y, isLying] = [TOP, false]
  const bottom = () => doc.page.height - BOTTOM
  return {
    doc,
    faces,
    y: () => y,
    down(by) {
      y += by
    },
    wide: () => doc.page.width - 2 * SIDE,
    left: () => bottom() - y,
    whole: () => bottom() - TOP,
    page(lying = isLying) {
      doc.addPage({ size: pageSize(lying), margin: 0 })
      isLying = lying
      y = TOP
    },
    lying: () => isLying,
    element(within, type, about = {}) {
      const made = doc.struct(type, about)
      within.add(made)
      return made
    },
    tagged(element, type, draw) {
      const content = doc.markStructureContent(type)
      draw()
      doc.endMarkedContent()
      element.add(content)
    },
    artifact(draw, footer) {
      doc.markContent('Artifact', footer ? { type: 'Pagination', attached: ['Bottom'] } : { type: 'Layout' })
      draw()
      doc.endMarkedContent()
    },
    lines: (text, room, style) => linesOf(text, room, (part) => faces.width(part, style)),
    write: (line, x, top, height, style) => faces.write(line, x, top + height * BASELINE, style),
  }
}
