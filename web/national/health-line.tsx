import { Activity, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { NationalView } from '#exercise/views/views.ts'
import { useFeedState } from '../feed/use-feed.tsx'
import { useSay } from '../kit/i18n/use-say.ts'

/** Whether what is shown can be trusted: the platform's health, how old the last word from it is, and how often it looks. */
export function HealthLine({ view }: { readonly view: NationalView }) {
  const say = useSay()
  const ageMs = useAge()
  const replay = useFeedState((feed) => feed.replay)
  const { health, phase } = view
  const well = health.state === 'well'
  const Sign = well ? Activity : TriangleAlert
  return (
    <p className={`health-line num health-${health.state}`}>
      <span className="health-state">
        <Sign aria-hidden="true" size="1.1em" />
        {health.state === 'well'
          ? say('health.well')
          : say(`health.${health.state}`, {
              count: health.away ?? 0,
              time: say.clock(health.sinceMs),
              cause: say(`health.cause.${health.cause}`),
            })}
      </span>
      {phase === 'running' && !replay && (
        <span>
          {say('health.age', { age: say.span(ageMs) })}
          <span className="soft"> · {say('health.every', { span: say.span(health.everyMs) })}</span>
        </span>
      )}
    </p>
  )
}

/** How long ago the server last said anything, in whole seconds, ms. */
function useAge(): number {
  const aliveAt = useFeedState((feed) => Math.max(feed.aliveAt, feed.heard?.heardAt ?? 0))
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    const ticker = setInterval(() => setNow(performance.now()), 1000)
    return () => clearInterval(ticker)
  }, [])
  return Math.max(0, Math.floor((now - aliveAt) / 1000) * 1000)
}
