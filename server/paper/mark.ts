import { SECTOR_SHAPES, type SectorLook, SHAPE_LINE } from '../exercise/views/sectors/sector-shapes.ts'
import { INK } from './look.ts'

/** A shape in a square of `side`, pt. */
export function mark(doc: PDFKit.PDFDocument, look: SectorLook, x: number, y: number, side: number) {
  const { path, filled, dash } = SECTOR_SHAPES[look]
  doc
    .save()
    .translate(x, y)
    .scale(side / 24)
    .path(path)
  if (filled) doc.fill(INK)
  else {
    doc.lineWidth(SHAPE_LINE).lineCap('round').strokeColor(INK)
    if (dash) doc.dash(dash[0], { space: dash[1] })
    doc.stroke()
  }
  doc.restore()
}
