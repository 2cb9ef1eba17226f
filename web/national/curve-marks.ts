import type UPlot from 'uplot'
import type { NationalView } from '#exercise/views/views.ts'

export type NamedMark = NationalView['marks'][number] & { readonly label: string }

interface Look {
  readonly font: string
  /** Of a letter, in the canvas's pixels. */
  readonly size: number
  readonly attack: string
  readonly repair: string
  readonly ink: string
  readonly card: string
}

/** Lines of names above the curve, where it is so many letters high. */
const ROWS = [
  { from: 9, rows: 3 },
  { from: 5, rows: 2 },
  { from: 0, rows: 1 },
] as const
/** Height of such a line, and of the one for repairs, in letters. */
const ROW = 1.35
/** Of what is drawn, the curve has so much at least. */
const LEAST_CURVE = 0.45

const rowsIn = (height: number, size: number): number =>
  ROWS.find(({ from }) => height >= size * from)?.rows ?? 1

/** How much higher than its highest point a curve's picture is, so that the names of marks stand above it: in letters of `size`. */
export function headroom(height: number, size: number): number {
  if (height <= 0) return 1 / LEAST_CURVE
  const names = ((rowsIn(height, size) + 1) * ROW + 0.2) * size
  return 1 / Math.max(LEAST_CURVE, 1 - names / height)
}

/**
 * Marks on the curve: a line where it happened, on it a filled wedge for an attack and a ring for a repair. Attacks have their names where there is room; what was repaired the table says, and the
 * curve itself.
 */
export function drawMarks(plot: UPlot, marks: readonly NamedMark[], look: Look): void {
  const { ctx, bbox } = plot
  const { size } = look
  const rows = rowsIn(bbox.height, size)
  const free: Taken[][] = Array.from({ length: rows }, () => [])
  ctx.save()
  ctx.font = look.font
  ctx.textBaseline = 'middle'
  ctx.lineJoin = 'round'
  const attacksLast = marks.toSorted((a, b) => Number(a.kind === 'attack') - Number(b.kind === 'attack'))
  for (const { kind, atMs, label } of attacksLast) {
    const x = Math.round(plot.valToPos(atMs, 'x', true))
    const width = ctx.measureText(label).width + size * 1.5
    const place = kind === 'attack' ? placeOf(free, bbox, x, width) : null
    const y = bbox.top + size * (0.75 + (place?.row ?? rows) * ROW)
    line(ctx, x, y + size * 0.4, bbox.top + bbox.height, size, look[kind])
    sign(ctx, kind, x, y, size, look)
    if (!place) continue
    ctx.textAlign = place.left ? 'right' : 'left'
    const from = place.left ? x - size * 0.65 : x + size * 0.65
    ctx.lineWidth = size / 3
    ctx.strokeStyle = look.card
    ctx.strokeText(label, from, y)
    ctx.fillStyle = look.ink
    ctx.fillText(label, from, y)
  }
  ctx.restore()
}

interface Taken {
  readonly from: number
  readonly to: number
}

/** The first line in which a name has room, right of its mark or left of it. */
function placeOf(
  free: Taken[][],
  bbox: UPlot.BBox,
  x: number,
  width: number,
): { readonly row: number; readonly left: boolean } | null {
  for (const [row, taken] of free.entries())
    for (const left of [false, true]) {
      const [from, to] = left ? [x - width, x + width / 8] : [x - width / 8, x + width]
      if (from < bbox.left || to > bbox.left + bbox.width) continue
      if (taken.some((one) => from <= one.to && to >= one.from)) continue
      taken.push({ from, to })
      return { row, left }
    }
  return null
}

function line(
  ctx: CanvasRenderingContext2D,
  x: number,
  from: number,
  to: number,
  size: number,
  colour: string,
) {
  ctx.strokeStyle = colour
  ctx.lineWidth = Math.max(1, size / 12)
  ctx.setLineDash([size / 4, size / 4])
  ctx.beginPath()
  ctx.moveTo(x, from)
  ctx.lineTo(x, to)
  ctx.stroke()
  ctx.setLineDash([])
}

function sign(
  ctx: CanvasRenderingContext2D,
  kind: NamedMark['kind'],
  x: number,
  y: number,
  size: number,
  look: Look,
) {
  const half = size * 0.38
  ctx.beginPath()
  if (kind === 'attack') {
    ctx.moveTo(x - half, y - half)
    ctx.lineTo(x + half, y - half)
    ctx.lineTo(x, y + half)
    ctx.closePath()
    ctx.fillStyle = look.attack
    ctx.fill()
    return
  }
  ctx.arc(x, y, half * 0.85, 0, 7)
  ctx.fillStyle = look.card
  ctx.fill()
  ctx.strokeStyle = look.repair
  ctx.lineWidth = size / 6
  ctx.stroke()
}
