import { type PointerEvent as ReactPointerEvent, useEffect, useLayoutEffect, useRef } from 'react'
import type { Whom } from './axis.ts'
import type { Shifting } from './use-shift.ts'

/** A hand that moves less than this presses, and does not drag. px */
const SLACK_PX = 4

/**
 * Drags marks of a table's strips with a mouse, a pen or a finger. Gives what the table listens to, and whether the press that just ended was a drag: then it is no click.
 */
export function useHand(shifting: Shifting, whomOf: (mark: HTMLElement) => Whom) {
  const latest = useRef({ shifting, whomOf })
  useLayoutEffect(() => {
    latest.current = { shifting, whomOf }
  })
  const dragged = useRef(false)
  const end = useRef<() => void>(() => undefined)
  useEffect(() => () => end.current(), [])

  const onPointerDown = (event: ReactPointerEvent) => {
    dragged.current = false
    const mark = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-mark]') : null
    const strip = mark?.parentElement
    const row = mark?.closest<HTMLElement>('[data-row]')?.dataset.row
    if (!mark || !strip || row === undefined || event.button !== 0 || !event.isPrimary) return
    // No text is selected meanwhile, and a finger scrolls nothing: see `touch-action`.
    event.preventDefault()
    end.current()
    const { pointerId, clientX } = event
    const box = strip.getBoundingClientRect()
    const middle = mark.getBoundingClientRect()
    // The mark stays where it was taken, beside the middle of the hand.
    const off = middle.left + middle.width / 2 - clientX
    const gone = new AbortController()
    const listen = <K extends 'pointermove' | 'pointerup' | 'pointercancel' | 'keydown'>(
      name: K,
      to: (event: WindowEventMap[K]) => void,
    ) => window.addEventListener(name, to, { signal: gone.signal, capture: true })
    end.current = () => gone.abort()
    listen('pointermove', (move) => {
      if (move.pointerId !== pointerId) return
      if (!dragged.current && Math.abs(move.clientX - clientX) < SLACK_PX) return
      const { shifting: now, whomOf: whom } = latest.current
      if (!dragged.current && !now.take(row, whom(mark), 'hand')) return gone.abort()
      dragged.current = true
      now.drag((move.clientX + off - box.left) / box.width)
    })
    listen('pointerup', (up) => {
      if (up.pointerId !== pointerId) return
      gone.abort()
      if (dragged.current) latest.current.shifting.letGo()
    })
    listen('pointercancel', (cancel) => {
      if (cancel.pointerId !== pointerId) return
      gone.abort()
      latest.current.shifting.stop()
    })
    listen('keydown', (key) => {
      if (key.key !== 'Escape') return
      key.stopPropagation()
      gone.abort()
      latest.current.shifting.stop()
    })
  }
  return { onPointerDown, dragged }
}
