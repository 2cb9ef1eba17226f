import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

/** Where in its region the followed element is brought: what came before it stays in sight. */
const FROM_TOP = 0.35

/**
 * Keeps one element of a scrolled region in sight as the list moves on, as long as nobody scrolls it away; whoever scrolls back to it, or calls `follow`,
 * is taken along again. `away` says that somebody has scrolled, so that a way back can be offered.
 */
export function useFollow(
  region: RefObject<HTMLElement | null>,
  selector: string,
  /** Changes when another element is followed: to look where it is costs a layout. */
  what: string | null,
) {
  const follows = useRef(true)
  const [away, setAway] = useState(false)
  const bring = useCallback(() => {
    const box = region.current
    const item = box?.querySelector<HTMLElement>(selector)
    if (!box || !item || inSight(box, item)) return
    const from = item.getBoundingClientRect().top - box.getBoundingClientRect().top
    box.scrollTop += from - box.clientHeight * FROM_TOP
  }, [region, selector])
  useEffect(() => {
    // It is told after the layout of a frame, at once and whenever the list or its region changes size: asked at any other time, the page would be laid out for it.
    const watch = new ResizeObserver(() => {
      if (follows.current) bring()
    })
    const box = region.current
    for (const part of [box, box?.firstElementChild]) if (part) watch.observe(part)
    return () => watch.disconnect()
  }, [region, bring, what])
  return {
    away,
    onScroll: () => {
      const box = region.current
      const item = box?.querySelector<HTMLElement>(selector)
      if (!box || !item) return
      follows.current = inSight(box, item)
      setAway(!follows.current)
    },
    follow: () => {
      follows.current = true
      setAway(false)
      bring()
    },
  }
}

function inSight(box: HTMLElement, item: HTMLElement): boolean {
  const [outer, inner] = [box.getBoundingClientRect(), item.getBoundingClientRect()]
  return inner.top >= outer.top - 1 && Math.min(inner.bottom, inner.top + outer.height) <= outer.bottom + 1
}
