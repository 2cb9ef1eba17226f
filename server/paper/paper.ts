import { buffer } from 'node:stream/consumers'
import PDFDocument from 'pdfkit'
import { type Block, marksIn, type ReportDocument } from '../exercise/views/report/document.ts'
import type { Sheet } from '../exercise/views/report/sheet.ts'
import { openFaces } from './faces.ts'
import { footers } from './footers.ts'
import { ASIDE, BODY, leading } from './look.ts'
import { markKey } from './mark-key.ts'
import { type Element, openPen, type Pen } from './pen.ts'
import { PICTURE_HIGH, picture } from './picture.ts'
import { printableDocument } from './printable.ts'
import { table } from './table.ts'
import { headsOf } from './table-heads.ts'
import { planOf, type TablePlan } from './table-plan.ts'
import { HEADING_HIGH, heading, list, paragraph, title } from './texts.ts'

/** A block, and how it is set where it is a table. */
interface Placed {
  readonly block: Block
  readonly plan: TablePlan | null
}

/** A report as a PDF: A4, its fonts embedded, tagged for those who have it read to them. The same sheet is always the same bytes. */
export async function paperOf(sheet: Sheet): Promise<Buffer> {
  const { lang } = sheet
  const when = new Date(sheet.wall)
  const options = {
    pdfVersion: '1.7',
    tagged: true,
    lang,
    displayTitle: true,
    autoFirstPage: false,
    bufferPages: true,
    // None of the fonts that every reader has: their letters are not embedded.
    font: null as unknown as string,
    info: { Title: sheet.document.title, Creator: 'Kilp', CreationDate: when, ModDate: when },
  } as const
  const doc = new PDFDocument(options)
  const written = buffer(doc)
  const faces = openFaces(doc, lang)
  const pen = openPen(doc, faces)
  const root = doc.struct('Document')
  doc.addStructure(root)
  write(pen, root, sheet, printableDocument(sheet.document, faces.printable))
  if (faces.boxed()) paragraph(pen, root, sheet.unprintable, leading(lang), ASIDE)
  footers(pen, faces.printable(sheet.exercise))
  root.end()
  doc.end()
  return written
}

function write(pen: Pen, root: Element, sheet: Sheet, document: ReportDocument) {
  const { lang } = sheet
  pen.page(false)
  title(pen, root, document.title)
  const placed = document.blocks.map(
    (block): Placed => ({ block, plan: block.kind === 'table' ? planOf(block, pen.faces, lang) : null }),
  )
  let first = true
  for (const section of sectionsOf(placed)) {
    const lying = section.some(({ plan }) => plan?.lying)
    if (lying !== pen.lying()) pen.page(lying)
    section.forEach((one, nth) => {
      // The first says as of when the report is.
      place(pen, root, one, section[nth + 1], sheet, first)
      first = false
    })
  }
}

/** From one heading to the next: they share their pages' direction. */
function sectionsOf(placed: readonly Placed[]): readonly (readonly Placed[])[] {
  const sections: Placed[][] = [[]]
  for (const one of placed) {
    if (one.block.kind === 'heading') sections.push([])
    sections.at(-1)?.push(one)
  }
  return sections.filter((section) => section.length > 0)
}

function place(pen: Pen, root: Element, one: Placed, next: Placed | undefined, sheet: Sheet, first: boolean) {
  const { block, plan } = one
  const lead = leading(sheet.lang)
  // Texts and lists look after themselves, but not after the heading above them.
  const flows = block.kind === 'text' || block.kind === 'list'
  const high = flows ? 0 : beginHigh(pen, one, sheet)
  const after = block.kind === 'heading' && next ? beginHigh(pen, next, sheet) : 0
  if (pen.left() < high + after) pen.page()
  switch (block.kind) {
    case 'heading':
      return heading(pen, root, block.text)
    case 'text':
      return paragraph(pen, root, block.text, lead, first ? ASIDE : BODY)
    case 'list':
      return list(pen, root, block.items, lead)
    case 'table':
      if (plan) table(pen, root, block, plan)
      return keyOf(pen, root, block, sheet)
    case 'picture': {
      const curve = sheet.curves[block.picture]
      if (curve) picture(pen, root, curve, block.caption, sheet.lang)
    }
  }
}

function keyOf(pen: Pen, root: Element, block: Extract<Block, { readonly kind: 'table' }>, sheet: Sheet) {
  const marks = marksIn(block)
  if (marks.length > 0)
    markKey(
      pen,
      root,
      marks.map((look) => [look, sheet.marks[look]] as const),
    )
}

/** What must stand on one page of the beginning of a block, pt. */
function beginHigh(pen: Pen, { block, plan }: Placed, { lang, curves }: Sheet): number {
  const line = BODY.size * leading(lang)
  if (block.kind === 'heading') return HEADING_HIGH
  if (block.kind === 'picture') return curves[block.picture] ? PICTURE_HIGH : 0
  if (block.kind === 'table' && plan) return headsOf(pen, block.head, block.rows, plan).high + 4 * plan.height
  return 2 * line
}
