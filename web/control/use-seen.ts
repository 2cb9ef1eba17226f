import { useRef } from 'react'
import type { Recorded } from '#exercise/ledger/events.ts'

/** What a page keeps at most. */
const KEPT = 10_000

/**
 * All events since the page was opened: the feed keeps the latest alone, and what has been shown is not to vanish between those and older pages. White sees every
 * event, so a gap means that the feed began anew; then so does this.
 */
export function useSeen(tail: readonly Recorded[]): readonly Recorded[] {
  const seen = useRef<readonly Recorded[]>([])
  seen.current = joined(seen.current, tail)
  return seen.current
}

/** Pure: events in order, with those of `tail` that are new. */
export function joined(seen: readonly Recorded[], tail: readonly Recorded[]): readonly Recorded[] {
  const last = seen.at(-1)?.position ?? 0
  const [first] = tail
  if (!first || tail.at(-1)?.position === last) return seen
  if (seen.length === 0 || first.position > last + 1 || (tail.at(-1)?.position ?? 0) < last) return tail
  return [...seen, ...tail.filter(({ position }) => position > last)].slice(-KEPT)
}
