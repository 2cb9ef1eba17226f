import type { Report } from './report.ts'

export interface CurvePoint {
  readonly atMs: number
  readonly value: number
}

/** What a picture of a report is drawn from. `stepped`: a value holds until the next. `most`: its highest value. */
export interface Curve {
  readonly points: readonly CurvePoint[]
  readonly stepped: boolean
  readonly most: number
  readonly toMs: number
}

export type Picture = 'affected' | 'lost'

/** The curve of a picture, up to when the report was made; null where there is nothing to draw. */
export function curveOf(report: Report, picture: Picture): Curve | null {
  const points = pointsOf(report, picture)
  const most = Math.max(0, ...points.map(({ value }) => value))
  const toMs = report.facts.atMs
  return most <= 0 || toMs <= 0 ? null : { points, stepped: picture === 'affected', most, toMs }
}

function pointsOf(report: Report, picture: Picture): readonly CurvePoint[] {
  if (picture === 'affected' && report.reader === 'minister')
    return report.facts.curve.map(({ atMs, people }) => ({ atMs, value: people }))
  if (picture === 'lost' && report.reader === 'team')
    return report.facts.curve.map(({ atMs, lost }) => ({ atMs, value: lost }))
  return []
}

/** Above the highest value, so that its line is not cut. */
const ABOVE = 4

/** Its line as an SVG path, from the left edge of a box to the right one. */
export function pathOf({ points, stepped, most, toMs }: Curve, wide: number, high: number): string {
  const x = (ms: number) => ((Math.min(ms, toMs) / toMs) * wide).toFixed(1)
  const y = (value: number) => (high - (value / most) * (high - ABOVE)).toFixed(1)
  let [path, last] = ['', 0]
  for (const { atMs, value } of points) {
    path += path === '' ? `M${x(atMs)},${y(value)}` : `${stepped ? `H${x(atMs)}` : ''}L${x(atMs)},${y(value)}`
    last = value
  }
  return `${path}L${wide},${y(last)}`
}
