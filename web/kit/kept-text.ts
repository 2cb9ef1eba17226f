/** What this browser tab keeps under a key over a reload; null where nothing is. Storage may be forbidden. */
export function kept(key: string): string | null {
  try {
    return sessionStorage.getItem(key)
  } catch {
    return null
  }
}

/** Keeps it; null: nothing any more. Where storage is forbidden it stays as long as the page. */
export function keep(key: string, text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, text)
  } catch {
    // Then it stays as long as the page.
  }
}
