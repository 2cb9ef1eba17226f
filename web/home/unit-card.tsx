import {
  COMPARED,
  type ComparedRow,
  type ComparedTime,
  type Comparison,
} from '#exercise/views/comparison/comparison.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { ScrollRegion } from '../kit/scroll-region.tsx'

/** One unit: a row for each exercise, what got better, and its times as small charts, whose numbers the table has. */
export function UnitCard(props: {
  readonly unit: string
  readonly names: readonly string[]
  readonly comparison: Comparison
  readonly weaknessClass: string | null
}) {
  const { unit, names, comparison, weaknessClass } = props
  const say = useSay()
  const own = (one: { readonly unit: string; readonly weaknessClass: string | null }) =>
    one.unit === unit && one.weaknessClass === weaknessClass
  const rows = comparison.rows.filter(own)
  if (rows.length === 0) return null
  const trend = comparison.trends.find(own)
  const time = (row: ComparedRow, of: ComparedTime): string => {
    const { n, ms } = row.times[of]
    if (n === 0) return NONE
    return ms === null ? say('compare.never', { n }) : say('compare.time', { n, span: say.span(ms) })
  }
  return (
    <section className="card compare-unit">
      <h2>{unit}</h2>
      {names.length > 1 && <p className="soft small">{say.list(names)}</p>}
      <ScrollRegion className="compare-scroll" label={unit}>
        <table className="compare-table">
          <caption className="hidden">{unit}</caption>
          <thead>
            <tr>
              <th scope="col">{say('compare.exercise')}</th>
              <th scope="col">{say('compare.stopped')}</th>
              {COMPARED.map((of) => (
                <th key={of} scope="col">
                  {say(`compare.${of}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.exercise}>
                <th scope="row">
                  {say(row.ended ? 'compare.created' : 'compare.running', {
                    title: say.text(row.title),
                    when: say.moment(row.wall),
                  })}
                </th>
                <td className="num">
                  {row.judged === 0
                    ? NONE
                    : say('compare.share', {
                        share: say.percent(row.stopped / row.judged),
                        n: row.stopped,
                        of: row.judged,
                      })}
                </td>
                {COMPARED.map((of) => (
                  <td key={of} className="num">
                    {time(row, of)}
                  </td>
                ))}
              </tr>
            ))}
            {trend && (
              <tr className="compare-trend">
                <th scope="row">{say('compare.trend')}</th>
                <td>{say(`compare.${trend.stopped}`)}</td>
                {COMPARED.map((of) => (
                  <td key={of}>{say(`compare.${trend.times[of]}`)}</td>
                ))}
              </tr>
            )}
          </tbody>
        </table>
      </ScrollRegion>
      {rows.length > 1 && (
        <div className="compare-charts">
          {COMPARED.map((of) => (
            <Chart key={of} rows={rows} of={of} />
          ))}
        </div>
      )}
    </section>
  )
}

const NONE = '–'
const WIDE = 240
const HIGH = 60
const EDGE = 6

/** Exercises from left to right, longer times higher. Where there is no time there is no point, and no line. */
function Chart({ rows, of }: { readonly rows: readonly ComparedRow[]; readonly of: ComparedTime }) {
  const say = useSay()
  const most = Math.max(0, ...rows.map(({ times }) => times[of].ms ?? 0))
  if (most === 0) return null
  const x = (nth: number) => EDGE + (nth / (rows.length - 1)) * (WIDE - 2 * EDGE)
  const y = (ms: number) => HIGH - EDGE - (ms / most) * (HIGH - 2 * EDGE)
  const points = rows.flatMap(({ exercise, times }, nth) => {
    const { ms } = times[of]
    return ms === null ? [] : [{ exercise, nth, x: x(nth), y: y(ms) }]
  })
  return (
    <figure>
      <figcaption className="soft small">
        {say('compare.chart', { what: say(`compare.${of}`), span: say.span(most) })}
      </figcaption>
      <svg viewBox={`0 0 ${WIDE} ${HIGH}`} aria-hidden="true">
        {points.map((one, n) => {
          const before = points[n - 1]
          return (
            before?.nth === one.nth - 1 && (
              <line key={one.exercise} x1={before.x} y1={before.y} x2={one.x} y2={one.y} />
            )
          )
        })}
        {points.map((one) => (
          <circle key={one.exercise} cx={one.x} cy={one.y} r={4} />
        ))}
      </svg>
    </figure>
  )
}
