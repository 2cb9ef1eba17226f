import { useRef, useState } from 'react'

/** While `hold`, what comes to a list is kept back, to be shown on demand: it would push away what is read. */
export function useHeld<T>(
  items: readonly T[],
  idOf: (item: T) => string,
  hold: boolean,
): { readonly shown: readonly T[]; readonly come: number; readonly show: () => void } {
  const [, redraw] = useState(0)
  const known = useRef<ReadonlySet<string> | null>(null)
  const all = () => {
    known.current = new Set(items.map(idOf))
  }
  if (!hold || known.current === null) all()
  const shown = items.filter((item) => known.current?.has(idOf(item)))
  return {
    shown,
    come: items.length - shown.length,
    show: () => {
      all()
      redraw((n) => n + 1)
    },
  }
}
