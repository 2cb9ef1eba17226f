import { useSay } from '../kit/i18n/use-say.ts'

export interface CurvePoint {
  readonly atMs: number
  readonly value: number
}

const WIDE = 800
const HIGH = 160

/** A curve as a vector, which paper takes as well as a screen; what it says is in words and tables beside it. `stepped`: a value holds until the next. */
export function Curve(props: {
  readonly points: readonly CurvePoint[]
  readonly caption: string
  readonly stepped: boolean
  readonly toMs: number
}) {
  const say = useSay()
  const { points, caption, stepped, toMs } = props
  const most = Math.max(0, ...points.map(({ value }) => value))
  if (most <= 0 || toMs <= 0) return null
  const path = pathOf(points, { most, toMs, stepped })
  return (
    <figure className="paper-curve">
      <figcaption className="soft small">{caption}</figcaption>
      <div className="paper-curve-box">
        <span className="num small soft" aria-hidden="true">
          {say.rough(most)}
        </span>
        <svg viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" role="img" aria-label={caption}>
          <path className="paper-curve-area" d={`${path}L${WIDE},${HIGH}L0,${HIGH}Z`} />
          <path className="paper-curve-line" d={path} vectorEffect="non-scaling-stroke" />
        </svg>
        <div className="paper-curve-times num small soft" aria-hidden="true">
          <span>{say.clock(0)}</span>
          <span>{say.clock(toMs)}</span>
        </div>
      </div>
    </figure>
  )
}

/** From the left edge to the right one. */
export function pathOf(
  points: readonly CurvePoint[],
  { most, toMs, stepped }: { readonly most: number; readonly toMs: number; readonly stepped: boolean },
): string {
  const x = (ms: number) => ((Math.min(ms, toMs) / toMs) * WIDE).toFixed(1)
  const y = (value: number) => (HIGH - (value / most) * (HIGH - 4)).toFixed(1)
  let [path, last] = ['', 0]
  for (const { atMs, value } of points) {
    path += path === '' ? `M${x(atMs)},${y(value)}` : `${stepped ? `H${x(atMs)}` : ''}L${x(atMs)},${y(value)}`
    last = value
  }
  return `${path}L${WIDE},${y(last)}`
}
