import { useRef, useState } from 'react'

/** A list that keeps its order under the hand. */
export interface HeldOrder<T> {
  readonly shown: readonly T[]
  /** The order would be another one by now. */
  readonly changed: boolean
  /** How many of the list have come since, and stand at its end. */
  readonly come: number
  /** Puts it in order at once. */
  readonly arrange: () => void
}

/** While `hold`, what was shown stays where it was, and what comes is added at the end; otherwise the order is that of `items`. */
export function useHeldOrder<T>(items: readonly T[], idOf: (item: T) => string, hold: boolean): HeldOrder<T> {
  const [, redraw] = useState(0)
  const ids = items.map(idOf)
  const held = useRef({ order: ids, known: ids.length })
  if (!hold) held.current = { order: ids, known: ids.length }
  else {
    const { order, known } = held.current
    const come = ids.filter((id) => !order.includes(id))
    if (come.length > 0) held.current = { order: [...order, ...come], known }
  }
  const { order, known } = held.current
  const shown = order.flatMap((id) => items.find((item) => idOf(item) === id) ?? [])
  return {
    shown,
    changed: shown.some((item, place) => idOf(item) !== ids[place]),
    come: order.length - known,
    arrange: () => {
      held.current = { order: ids, known: ids.length }
      redraw((n) => n + 1)
    },
  }
}
