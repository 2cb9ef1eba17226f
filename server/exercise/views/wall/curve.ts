import type { State } from '../../fold/state.ts'
import type { CurvePoint } from './wall-views.ts'

/** So many points are drawn at the most. */
const POINTS = 400

/** [NV3] People of all countries who could not do something, from the start on: a number holds until the next. */
export function affectedCurve({ teams }: Pick<State, 'teams'>, atMs: number): readonly CurvePoint[] {
  const now = teams.map(() => 0)
  const turns = teams
    .flatMap(({ affected }, index) => affected.map(({ fromMs, people }) => ({ fromMs, people, index })))
    .filter(({ fromMs }) => fromMs <= atMs)
    .toSorted((a, b) => a.fromMs - b.fromMs)
  const points: CurvePoint[] = [{ atMs: 0, people: 0 }]
  for (const { fromMs, people, index } of turns) {
    now[index] = people
    const sum = now.reduce((total, one) => total + one, 0)
    if (points.at(-1)?.atMs === fromMs) points.pop()
    points.push({ atMs: fromMs, people: sum })
  }
  return thinned(points)
}

/** Of each part of the time the highest and the last point stay, so that no peak is lost. */
function thinned(points: readonly CurvePoint[]): readonly CurvePoint[] {
  if (points.length <= POINTS) return points
  const [from, to] = [points[0]?.atMs ?? 0, points.at(-1)?.atMs ?? 0]
  const width = Math.max(1, (to - from) / (POINTS / 2))
  const parts = new Map<number, CurvePoint[]>()
  for (const point of points) {
    const part = Math.min(POINTS / 2 - 1, Math.floor((point.atMs - from) / width))
    parts.set(part, [...(parts.get(part) ?? []), point])
  }
  return [...parts.values()].flatMap((part) => {
    const high = part.reduce((best, point) => (point.people > best.people ? point : best))
    const last = part.at(-1) ?? high
    return high === last ? [high] : [high, last]
  })
}

/** The most people at once, and when that was first; none where nobody ever was. */
export const peakOf = (points: readonly CurvePoint[]): CurvePoint | null =>
  points.reduce<CurvePoint | null>((best, point) => (point.people > (best?.people ?? 0) ? point : best), null)

/** People times hours up to `atMs`: what was missing in all. */
export function personHours(points: readonly CurvePoint[], atMs: number): number {
  let sum = 0
  for (const [index, { atMs: from, people }] of points.entries())
    sum += people * ((points[index + 1]?.atMs ?? Math.max(atMs, from)) - from)
  return sum / 3_600_000
}
