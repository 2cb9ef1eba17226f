import { useLayoutEffect, useState } from 'react'
import { watchSize } from './watch-size.ts'

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
    return watchSize(element, measure)
  }, [element])
  return [setElement, width]
}
