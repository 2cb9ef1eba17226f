import { useEffect, useRef, useState } from 'react'

const AT_MOST_EVERY_MS = 10_000

/** The page's one polite voice for screen readers: says the latest summary, at most every ten seconds. */
export function LiveRegion({ summary }: { readonly summary: string }) {
  const [said, setSaid] = useState('')
  const lastAt = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    const wait = Math.max(0, lastAt.current + AT_MOST_EVERY_MS - performance.now())
    const timer = setTimeout(() => {
      lastAt.current = performance.now()
      setSaid(summary)
    }, wait)
    return () => clearTimeout(timer)
  }, [summary])
  return (
    <div className="hidden" aria-live="polite">
      {said}
    </div>
  )
}
