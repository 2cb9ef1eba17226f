import { type ReactNode, useDeferredValue } from 'react'

/** What comes a moment after all else: it is drawn in small steps, between which keys and pointer are answered. */
export function Later({ children }: { readonly children: ReactNode }) {
  return useDeferredValue(true, false) ? children : null
}
