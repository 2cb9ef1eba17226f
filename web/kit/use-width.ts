import { useLayoutEffect, useState } from 'react'
import { watchSize } from './watch-size.ts'

const inRem = (px: number) => px / Number.parseFloat(getComputedStyle(document.documentElement).fontSize)

/**
 * Width of the element that `ref` is given to, in rem: so larger type leaves less room, as a narrower window does. Until it is measured it is the
 * window's, so that hardly anything is drawn twice.
 */
export function useWidth(): readonly [ref: (element: HTMLElement | null) => void, width: number] {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [width, setWidth] = useState(() => inRem(innerWidth))
  useLayoutEffect(() => {
    if (!element) return
    const measure = () => setWidth(inRem(element.clientWidth))
    measure()
    return watchSize(element, measure)
  }, [element])
  return [setElement, width]
}
