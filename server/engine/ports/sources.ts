/** One file below a service's sources; `text` is null where it is no text, or too long to be shown. */
export interface SourceText {
  readonly bytes: number
  readonly text: string | null
}

/** A service's sources in its container, and as they were when it was deployed, by path. */
export interface ServiceSources {
  readonly now: ReadonlyMap<string, SourceText>
  readonly start: ReadonlyMap<string, SourceText>
  /** There is more than is read. */
  readonly cut: boolean
}

export interface SourceWrite {
  readonly path: string
  /** Null deletes the file. */
  readonly text: string | null
  /** SHA-256, hex, of the text that the writer believes is there; null: nothing. Where it is something else nothing is written. */
  readonly expected: string | null
}

/** `changed`: something else is there, `text` where it can be shown. `no-text`: what is in the place is no file that may be written. */
export type SourceWritten =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: 'changed'; readonly text: string | null }
  | { readonly ok: false; readonly why: 'no-text' | 'unreadable' }

/** What came of restarting a service's own process: `said` is what its machine said, which its team may have made up. Null: no command could be run. */
export interface AppRestarted {
  readonly ok: boolean
  readonly said: string
}
