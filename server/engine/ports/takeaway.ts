import type { Readable } from 'node:stream'

/** What whoever runs a platform takes away of its store, also while exercises run. A stream that is not read to its end is to be destroyed. */
export interface Takeaway {
  /** An exercise as one file that proves itself, without secrets; resolves when it is put together. Null: there is none of this id. */
  export(exerciseId: string): Promise<Readable | null>
  /** Everything in the store, or all of one exercise, as JSON lines, keys of seats included. */
  dump(exerciseId?: string): Readable
}
