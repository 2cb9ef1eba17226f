import { keep, kept } from '../kit/kept-text.ts'

/** What a page has of a field that the server may not: kept in the browser tab, so that neither a reload nor a long break of the connection loses it. */
export interface Unsaved {
  readonly text: string
  /** The version on the server that it goes on from. */
  readonly version: number
  /** Texts that were sent, and have not come back yet. */
  readonly sent: readonly string[]
}

/** Null where nothing is kept, or nothing that makes sense: storage may hold anything. */
export function unsavedOf(key: string): Unsaved | null {
  try {
    const { text, version, sent } = Object(JSON.parse(kept(key) ?? 'null')) as Partial<Unsaved>
    if (typeof text !== 'string' || typeof version !== 'number' || !Array.isArray(sent)) return null
    return { text, version, sent: sent.filter((one) => typeof one === 'string') }
  } catch {
    return null
  }
}

export const keepUnsaved = (key: string, unsaved: Unsaved | null): void =>
  keep(key, unsaved && JSON.stringify(unsaved))

/** The server has this text: unless the tab has written another one since, nothing is unsaved. */
export function forgetUnsaved(key: string, text: string): void {
  if (unsavedOf(key)?.text === text) keepUnsaved(key, null)
}
