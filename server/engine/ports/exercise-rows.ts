import type { Stored } from '../../exercise/ledger/upcast.ts'
import type { KeptCast } from './kept-cast.ts'
import type { KeptFile } from './kept-file.ts'
import type { KeptSnapshot } from './kept-snapshot.ts'
import type { ClockCheckpoint, Sample } from './ports.ts'

/** A whole exercise as it comes in from elsewhere. What is iterated is read once, in order. */
export interface ForeignExercise {
  readonly exerciseId: string
  readonly clock: ClockCheckpoint | null
  readonly events: AsyncIterable<readonly Stored[]>
  readonly samples: AsyncIterable<readonly Sample[]>
  readonly files: AsyncIterable<{ readonly file: KeptFile; readonly content: Uint8Array }>
  readonly casts: AsyncIterable<KeptCast & { readonly text: string }>
  readonly settings: readonly (readonly [key: string, value: unknown])[]
  readonly snapshot: KeptSnapshot | null
}

/** Rows of one exercise as the store has them, for what carries an exercise elsewhere: nothing is brought to the form of today. */
export interface ExerciseRows {
  /** In order from position 1 to `upTo`, a page at a time. */
  storedEvents(exerciseId: string, upTo: number): AsyncIterable<readonly Stored[]>
  /** Oldest first, as far as there are any at the call. */
  storedSamples(exerciseId: string): AsyncIterable<readonly Sample[]>
  /**
   * All of a foreign exercise, or nothing. It is under no list of what is under way, and so a record from the beginning.
   * Rejects with `StoreProblem` (`exists`) where there is one of this id, and with whatever its parts reject with.
   */
  takeIn(foreign: ForeignExercise): Promise<void>
}
