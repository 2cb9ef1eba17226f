import type { NationalView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { isPreparing } from './situation.ts'
import './wall.css'

const WIDTH = 1000
const HEIGHT = 300
/** So much stays free above the highest point. */
const HEADROOM = 1.15
/** The curve begins to be one when so much has passed. */
const LEAST_MS = 60_000

/** People without a service since the start, as an area; and, where that can be told, until when at the pace of what was repaired before. */
export function AffectedCurve({ view }: { readonly view: NationalView }) {
  const say = useSay()
  const { curve, peak, expected, atMs, affected } = view
  const going = expected.state === 'expected' && affected > 0 ? expected.ms : 0
  const toMs = Math.max(LEAST_MS, atMs + Math.max(going, atMs * 0.04))
  const most = (peak?.people ?? 1) * HEADROOM
  const x = (ms: number) => (ms / toMs) * WIDTH
  const y = (people: number) => HEIGHT - (people / most) * HEIGHT
  const line = curve
    .map(
      (point, i) =>
        `${i === 0 ? 'M' : `H${x(point.atMs).toFixed(1)}V`}${i === 0 ? `0 ${y(0)}` : y(point.people).toFixed(1)}`,
    )
    .join('')
  const now = `${line}H${x(atMs).toFixed(1)}`
  const told = peak
    ? say('wall.curve.peak', { n: say.rough(peak.people), time: say.clock(peak.atMs) })
    : isPreparing(view)
      ? ''
      : say('wall.curve.none')
  return (
    <section className="wall-curve card" aria-labelledby="wall-curve">
      <h2 id="wall-curve">
        {say('wall.curve')} <span className="soft">{say('wall.curve.since')}</span>
      </h2>
      <p className="wall-curve-told num">{told}</p>
      <div className="wall-curve-box">
        <span className="wall-curve-most num soft" aria-hidden="true">
          {peak ? say.rough(peak.people) : ''}
        </span>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {peak && <path className="wall-grid" d={`M0 ${y(peak.people)}H${WIDTH}`} />}
          <path className="wall-area" d={`${now}V${HEIGHT}H0z`} />
          <path className="wall-line" d={now} />
          {going > 0 && (
            <path className="wall-pace" d={`M${x(atMs)} ${y(affected)}L${x(atMs + going)} ${HEIGHT}`} />
          )}
        </svg>
      </div>
      <p className="wall-curve-axis num soft" aria-hidden="true">
        <span>{say.clock(0)}</span>
        <span>{say('wall.curve.now', { time: say.clock(atMs) })}</span>
      </p>
    </section>
  )
}
