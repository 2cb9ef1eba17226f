import { useState } from 'react'
import { keep, kept } from './kept-text.ts'

/** What was kept under a key, or `otherwise`: storage may hold anything, so what is not of the same form counts for nothing. */
function keptOr<T>(key: string, otherwise: T): T {
  try {
    const value: unknown = JSON.parse(kept(key) ?? 'null')
    const alike = typeof value === typeof otherwise && Array.isArray(value) === Array.isArray(otherwise)
    if (value === null || !alike) return otherwise
    const parts = typeof value === 'object' && !Array.isArray(value)
    return (parts ? { ...otherwise, ...value } : value) as T
  } catch {
    return otherwise
  }
}

/**
 * State of a form that is not sent yet: neither another tool nor a reload of the page loses it. `key` says of which form. What is set back to `otherwise` is forgotten;
 * the third function forgets it too, and leaves what is shown as it is.
 */
export function useKept<T>(key: string, otherwise: T) {
  const [value, setValue] = useState(() => keptOr(key, otherwise))
  const set = (to: T) => {
    setValue(to)
    const text = JSON.stringify(to)
    keep(key, text === JSON.stringify(otherwise) ? null : text)
  }
  return [value, set, () => keep(key, null)] as const
}
