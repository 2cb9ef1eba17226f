import { ArrowDown, ArrowRight, ArrowUp } from 'lucide-react'
import type { NationalView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { HowAffected } from './how-counted.tsx'
import { untoldText } from './situation.ts'

const TREND_SPAN_MS = 60_000

/** How many people can not use a service now, and whether it gets better. Always said to be simulated. */
export function Affected({ view, population }: { readonly view: NationalView; readonly population: number }) {
  const say = useSay()
  const change = view.affected - view.affectedBefore
  const trend = change === 0 ? 'same' : change < 0 ? 'down' : 'up'
  const Arrow = { same: ArrowRight, down: ArrowDown, up: ArrowUp }[trend]
  const untold = untoldText(say, view)
  const share = population > 0 ? Math.min(1, view.affected / population) : 0
  return (
    <section
      className={`national-affected card ${view.affected > 0 ? 'hurt' : ''}`}
      aria-label={say('national.people')}
    >
      <p className="national-number num">{untold ? '–' : say.rough(view.affected)}</p>
      <p className="national-people">{untold ?? say('national.affected.rest', { count: view.affected })}</p>
      <div className="national-share" aria-hidden="true">
        <span style={{ inlineSize: `${share * 100}%` }} />
      </div>
      {view.atMs > 0 && !untold && (
        <p className={`national-trend trend-${trend}`}>
          <Arrow aria-hidden="true" size="1.1em" />
          {say(`national.trend.${trend}`, {
            n: say.rough(view.affectedBefore),
            span: say.span(wholeMinutes(Math.min(view.atMs, TREND_SPAN_MS))),
          })}
        </p>
      )}
      <p className="soft small">{say('national.simulated', { n: say.rough(population) })}</p>
      <HowAffected view={view} />
    </section>
  )
}

/** From the first minute on seconds say nothing, and would only flicker. */
const wholeMinutes = (ms: number): number => (ms < 60_000 ? ms : Math.floor(ms / 60_000) * 60_000)
