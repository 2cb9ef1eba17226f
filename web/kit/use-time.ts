import { useEffect, useState } from 'react'
import { useSay } from './i18n/use-say.ts'

/** Wall time of day, moving on by the second. */
export function useTime(): string {
  const say = useSay()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const ticker = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(ticker)
  }, [])
  return say.time(now)
}
