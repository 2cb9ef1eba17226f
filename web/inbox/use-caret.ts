import { type RefObject, useLayoutEffect, useRef } from 'react'
import { commonEnds } from '#exercise/fold/common-ends.ts'

/** Where a place in a text is in the text that it has become: what stands before it, or behind it, stays there. */
export function movedPlace(before: string, after: string, place: number): number {
  const { front, back } = commonEnds(before, after)
  if (place <= front) return place
  return Math.max(front, after.length - Math.min(back, before.length - place))
}

/** Keeps the caret of a text field where it was when somebody else changes the text. What it returns is to be called when they type or move it themselves. */
export function useCaret(field: RefObject<HTMLTextAreaElement | null>, text: string): () => void {
  const at = useRef({ text, from: 0, to: 0 })
  useLayoutEffect(() => {
    const { current: element } = field
    const { text: before, from, to } = at.current
    if (element && element === document.activeElement && before !== text)
      element.setSelectionRange(movedPlace(before, text, from), movedPlace(before, text, to))
    at.current = { text, from: element?.selectionStart ?? 0, to: element?.selectionEnd ?? 0 }
  }, [field, text])
  return () => {
    const { current: element } = field
    if (element) at.current = { text: element.value, from: element.selectionStart, to: element.selectionEnd }
  }
}
