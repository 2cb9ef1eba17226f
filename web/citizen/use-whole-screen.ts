import { type RefObject, useEffect, useRef, useState } from 'react'

/** A part of the page that can have the whole screen, on a projector say: where it is, whether it has it, and the switch. */
export function useWholeScreen(): readonly [RefObject<HTMLElement | null>, boolean, () => void] {
  const part = useRef<HTMLElement>(null)
  const [whole, setWhole] = useState(false)
  useEffect(() => {
    const look = () => setWhole(part.current !== null && document.fullscreenElement === part.current)
    document.addEventListener('fullscreenchange', look)
    return () => document.removeEventListener('fullscreenchange', look)
  }, [])
  const toggle = () => {
    // Where the browser forbids it, all stays as it is.
    const done = whole ? document.exitFullscreen() : part.current?.requestFullscreen()
    done?.catch(() => undefined)
  }
  return [part, whole, toggle]
}
