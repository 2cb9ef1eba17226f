import { type Curve as CurveFacts, pathOf } from '#exercise/views/report/curve.ts'
import { useSay } from '../kit/i18n/use-say.ts'

const WIDE = 800
const HIGH = 160

/** A curve as a vector, which paper takes as well as a screen; what it says is in words and tables beside it. */
export function Curve({ curve, caption }: { readonly curve: CurveFacts | null; readonly caption: string }) {
  const say = useSay()
  if (curve === null) return null
  const path = pathOf(curve, WIDE, HIGH)
  return (
    <figure className="paper-curve">
      <figcaption className="soft small">{caption}</figcaption>
      <div className="paper-curve-box">
        <span className="num small soft" aria-hidden="true">
          {say.rough(curve.most)}
        </span>
        <svg viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" role="img" aria-label={caption}>
          <path className="paper-curve-area" d={`${path}L${WIDE},${HIGH}L0,${HIGH}Z`} />
          <path className="paper-curve-line" d={path} vectorEffect="non-scaling-stroke" />
        </svg>
        <div className="paper-curve-times num small soft" aria-hidden="true">
          <span>{say.clock(0)}</span>
          <span>{say.clock(curve.toMs)}</span>
        </div>
      </div>
    </figure>
  )
}
