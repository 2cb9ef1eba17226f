import { createGzip } from 'node:zlib'
import type { Engine } from '../engine/engine.ts'
import { openQueue } from '../engine/queue.ts'
import { audienceName, redact } from '../exercise/ledger/audience.ts'
import type { Audience } from '../exercise/scenario/model.ts'

/** Positions of the ledger that are read at once. */
const PAGE = 2_000
/** Of an exercise that runs one is given again while it is no older than that, ms. */
const FRESH_MS = 5_000
/** Recordings in memory at most; one of eight hours of 24 teams has about 2 MB. */
const KEPT = 6

/** Everything that an audience may know of an exercise, in one piece: to be replayed. */
export interface Recordings {
  /** JSON `{cursor, events}`, gzip. */
  of(audience: Audience): Promise<Buffer>
}

/** Of one exercise. They are made one after another, and once for all who ask for the same; of an exercise that is over the most wanted at once. */
export function openRecordings(engine: Engine, now: () => number = Date.now): Recordings {
  const kept = new Map<
    string,
    { readonly upTo: number; readonly made: number; readonly body: Promise<Buffer> }
  >()
  const making = openQueue()
  const recordings: Recordings = {
    of(audience) {
      const name = audienceName(audience)
      const upTo = engine.state().position
      const known = kept.get(name)
      kept.delete(name)
      const good = known && (known.upTo === upTo || now() - known.made < FRESH_MS) ? known : null
      const entry = good ?? { upTo, made: now(), body: making.run(() => make(engine, audience, upTo)) }
      kept.set(name, entry)
      const oldest = kept.keys().next()
      if (kept.size > KEPT && !oldest.done) kept.delete(oldest.value)
      entry.body.catch(() => {
        if (kept.get(name) === entry) kept.delete(name)
      })
      return entry.body
    },
  }
  // Of what is over a replay is what most come for: it is there when they ask.
  if (engine.state().phase === 'ended')
    for (const seat of ['guest', 'white'] as const) void recordings.of({ seat })
  return recordings
}

/** Page by page: others get their turn in between, and packing goes on in a thread of its own. */
async function make(engine: Engine, audience: Audience, upTo: number): Promise<Buffer> {
  const gzip = createGzip({ level: 4 })
  const packed = gzip.toArray()
  packed.catch(() => undefined)
  const write = (text: string) =>
    new Promise<void>((done, fail) => gzip.write(text, (error) => (error ? fail(error) : done())))
  await write(`{"cursor":${upTo},"events":[`)
  let first = true
  for (let after = 0; after < upTo; ) {
    const events = await engine.events(after, Math.min(PAGE, upTo - after))
    const last = events.at(-1)
    if (!last) throw new Error(`the ledger has nothing after position ${after}`)
    after = last.position
    const seen = events.flatMap((event) => {
      const cut = redact(event, audience)
      return cut ? [JSON.stringify(cut)] : []
    })
    if (seen.length === 0) continue
    await write(`${first ? '' : ','}\n${seen.join(',\n')}`)
    first = false
  }
  gzip.end('\n]}\n')
  return Buffer.concat(await packed)
}
