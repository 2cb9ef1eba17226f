/** A recording of a terminal, without what is in it. */
export interface KeptCast {
  /** Its name within the exercise: the terminal's id, with `-2`, `-3` ... for further shells of one login over SSH. */
  readonly cast: string
  /** As the ledger's `terminal.opened` names it. */
  readonly terminal: string
  readonly team: string
  /** Of its text, UTF-8. */
  readonly bytes: number
}

/** Some lines of a recording. `part`: which, from 0. */
export interface CastPart extends KeptCast {
  readonly part: number
  readonly text: string
}

/** Recordings of terminals as a store keeps them, beside the ledger. */
export interface CastLog {
  /** Adds parts to recordings of terminals. One that is there already stays as it is. */
  addCasts(exerciseId: string, parts: readonly CastPart[]): Promise<void>
  /** What is recorded, by name. */
  castsOf(exerciseId: string): Promise<readonly KeptCast[]>
  /** All of one recording; null when there is none of this name. */
  readCast(exerciseId: string, cast: string): Promise<(KeptCast & { readonly text: string }) | null>
}
