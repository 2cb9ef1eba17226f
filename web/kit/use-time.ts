import { useEffect, useState } from 'react'
import { timeOfDay } from '#exercise/fold/clock-turns.ts'
import { useFeedState } from '../feed/use-feed.tsx'
import { useAtMs, useExerciseState } from '../feed/use-view.ts'
import { useSay } from './i18n/use-say.ts'

/** Wall time of day, moving on by the second; in a replay what it was at the moment that is shown. */
export function useTime(): string {
  const say = useSay()
  const replay = useFeedState((feed) => feed.replay)
  const then = timeOfDay(useExerciseState(), useAtMs())
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const ticker = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(ticker)
  }, [])
  if (!replay) return say.time(now)
  return then === null ? '–' : say.time(then)
}
