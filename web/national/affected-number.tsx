import { ArrowDown, ArrowRight, ArrowUp } from 'lucide-react'
import type { NationalView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { HowAffected } from './how-counted.tsx'
import { untoldText } from './situation.ts'

const MINUTE_MS = 60_000

/** How many people are without a service, of how many, and whether it gets better: the first of the three numbers of the wall. */
export function AffectedNumber({
  view,
  population,
}: {
  readonly view: NationalView
  readonly population: number
}) {
  const say = useSay()
  const change = Math.sign(view.affected - view.affectedBefore)
  const trend = change === 0 ? 'same' : change < 0 ? 'down' : 'up'
  const Arrow = { same: ArrowRight, down: ArrowDown, up: ArrowUp }[trend]
  const untold = untoldText(say, view)
  const beforeMs = Math.min(view.atMs, MINUTE_MS)
  return (
    <section
      className={`wall-number wall-affected card ${view.affected > 0 ? 'hurt' : ''}`}
      aria-labelledby="wall-affected"
    >
      <h2 id="wall-affected">{say('wall.affected.title')}</h2>
      <p className="national-number num">{untold ? '–' : say.rough(view.affected)}</p>
      <p className="num">{untold ?? say('wall.affected', { all: say.rough(population) })}</p>
      {view.phase === 'running' && view.atMs > 0 && !untold && (
        <p className={`national-trend num trend-${trend}`}>
          <Arrow aria-hidden="true" size="1.1em" />
          {say(`national.trend.${trend}`, { n: say.rough(view.affectedBefore), span: say.span(beforeMs) })}
        </p>
      )}
      <HowAffected view={view} />
    </section>
  )
}
