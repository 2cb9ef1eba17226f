/** A file of a service's sources. `locked`: no text, too long, or under a name that is not edited here. */
export interface SourceEntry {
  readonly path: string
  readonly bytes: number
  readonly change: 'none' | 'changed' | 'added' | 'deleted'
  readonly locked: boolean
}

export interface SourceTree {
  readonly files: readonly SourceEntry[]
  /** There is more than is read. */
  readonly cut: boolean
}

export interface SourceFile {
  /** Null: deleted since the start. */
  readonly text: string | null
  /** Of the text: what a save must name as `expected`. */
  readonly hash: string | null
  /** As it was deployed; null: it was not there. */
  readonly start: string | null
}

/** All text files of a service's sources that are there now, for whoever looks for something in them. */
export interface SourceTexts {
  readonly texts: readonly { readonly path: string; readonly text: string }[]
  /** There is more than is given. */
  readonly cut: boolean
}

/** What has been looked at since the latest restart from the editor. What came of each look is in the views of whoever asks. */
export interface LooksSince {
  /** When that was, exercise time in ms; null: never. */
  readonly askedMs: number | null
  readonly journeys: readonly { readonly journey: string; readonly looked: boolean }[]
  /** Of attacks that landed in the service, which its team knows. */
  readonly attacks: readonly { readonly attack: string; readonly looked: boolean }[]
}
