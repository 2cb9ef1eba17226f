import { useLayoutEffect, useState } from 'react'

/**
 * Width of the element that `ref` is given to, in rem: so larger type leaves less room, as a narrower window does. Endless until it is measured.
 */
export function useWidth(): readonly [ref: (element: HTMLElement | null) => void, width: number] {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [width, setWidth] = useState(Number.POSITIVE_INFINITY)
  useLayoutEffect(() => {
    if (!element) return
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
      setWidth(element.clientWidth / rem)
    }
    measure()
    let frame = 0
    // What follows from the width may change it again: in the next frame, not within the round in which it was told.
    const watch = new ResizeObserver(() => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(measure)
    })
    watch.observe(element)
    return () => {
      cancelAnimationFrame(frame)
      watch.disconnect()
    }
  }, [element])
  return [setElement, width]
}
