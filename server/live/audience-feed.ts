import type { Engine } from '../engine/engine.ts'
import { audienceName, redact } from '../exercise/ledger/audience.ts'
import type { Recorded } from '../exercise/ledger/events.ts'
import type { Audience } from '../exercise/scenario/model.ts'
import type { EventBatch } from '../exercise/wire/protocol.ts'
import { roomIn } from './rooms.ts'

/** Positions of the ledger that one batch goes through at most. */
export const BATCH = 500
/** How long a page of the ledger is kept for others who ask for the same: many come at once after a break. And how many of them. */
const KEEP_MS = 1_000
const KEPT = 64

/** The socket.io room of an audience of an exercise: all in it receive the same frames. */
export const roomOf = (exerciseId: string, audience: Audience): string =>
  roomIn(exerciseId, audienceName(audience))

/** What of `events` an audience may know, as a batch that goes on from `after`. */
export function batchFor(
  audience: Audience,
  after: number,
  cursor: number,
  events: readonly Recorded[],
): EventBatch {
  const seen = events.map((event) => redact(event, audience)).filter((event) => event !== null)
  return { after, cursor, events: seen }
}

/** Reads redacted pages of the ledger. Equal pages asked for at about the same time are read and redacted once. */
export function openPages(engine: Engine) {
  const pages = new Map<string, Promise<EventBatch>>()
  return {
    /** What `audience` may know of the positions after `after` up to `upTo`, at most `limit` of them. */
    page(audience: Audience, after: number, upTo: number, limit = BATCH): Promise<EventBatch> {
      const count = Math.min(limit, upTo - after)
      if (count <= 0) return Promise.resolve({ after, cursor: after, events: [] })
      const key = `${audienceName(audience)} ${after} ${count}`
      const kept = pages.get(key)
      if (kept) return kept
      const page = engine
        .events(after, count)
        .then((events) => batchFor(audience, after, events.at(-1)?.position ?? after, events))
      pages.set(key, page)
      const oldest = pages.keys().next()
      if (pages.size > KEPT && !oldest.done) pages.delete(oldest.value)
      setTimeout(() => pages.delete(key), KEEP_MS).unref()
      return page
    },
  }
}
export type Pages = ReturnType<typeof openPages>
