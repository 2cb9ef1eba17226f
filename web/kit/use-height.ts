import { useEffect, useState } from 'react'

const inRem = () =>
  Math.round(innerHeight / Number.parseFloat(getComputedStyle(document.documentElement).fontSize))

/** Height of the window in rem, rounded. Asked for when it changes and not at each drawing: that would cost a layout. */
export function useHeight(): number {
  const [height, setHeight] = useState(inRem)
  useEffect(() => {
    const measure = () => setHeight(inRem())
    measure()
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }, [])
  return height
}
