import { crc32 } from 'node:zlib'
import type { Engine } from '../engine/engine.ts'
import type { EventLog } from '../engine/ports/ports.ts'
import { openQueue } from '../engine/queue.ts'
import { FOLD_HASH } from '../engine/snapshots/fold-hash.ts'
import { audienceName, redact } from '../exercise/ledger/audience.ts'
import type { Recorded } from '../exercise/ledger/events.ts'
import type { Audience } from '../exercise/scenario/model.ts'
import { asKept, emptyTape, fromKept, packed, type Tape, written } from './recording-tape.ts'

/** Positions of the ledger that are read at once. */
const PAGE = 2_000
/** So many positions on, what most ask for is packed and kept, so that nobody waits for all of a day. */
const AHEAD = 5_000
/** Recordings in memory at most; one of eight hours of 24 teams has 2 to 4 MB. */
const KEPT = 6
const MOST_WANTED: readonly Audience[] = [{ seat: 'guest' }, { seat: 'white' }]

/** Everything that an audience may know of an exercise, in one piece: to be replayed. */
export interface Recordings {
  /** JSON `{events, cursor}`, gzip. */
  of(audience: Audience): Promise<Buffer>
}

/**
 * Of one exercise. Each audience's is packed once and gone on with; the most wanted while the exercise runs, and into the store, where the next start of the platform finds
 * them. What the store has is a cache and may be gone.
 */
export function openRecordings(
  engine: Engine,
  store: Pick<EventLog, 'saveSnapshot' | 'loadSnapshot'>,
): Recordings {
  const tapes = new Map<string, { tape: Tape; saved: number }>()
  // One after another: they share one reader of the ledger, and nobody else is to wait for it.
  const making = openQueue()
  const { exerciseId } = engine

  const load = async (name: string): Promise<Tape> => {
    const kept = await store.loadSnapshot(exerciseId, name, FOLD_HASH).catch(() => null)
    const tape = kept && (await fromKept(kept.body, kept.position))
    // The ledger may have been put back to an earlier moment and gone on.
    if (!tape || tape.upTo > engine.state().position) return emptyTape
    const [last] = await engine.events(tape.upTo - 1, 1)
    return last && digestOf(last) === tape.lastEvent ? tape : emptyTape
  }

  const loaded = async (name: string) => {
    const tape = await load(name)
    return { tape, saved: tape.upTo }
  }

  const brought = async (audience: Audience): Promise<Tape> => {
    const name = `recording:${audienceName(audience)}`
    const entry = tapes.get(name) ?? (await loaded(name))
    tapes.delete(name)
    tapes.set(name, entry)
    const oldest = tapes.keys().next()
    if (tapes.size > KEPT && !oldest.done) tapes.delete(oldest.value)
    const upTo = engine.state().position
    while (entry.tape.upTo < upTo) {
      const events = await engine.events(entry.tape.upTo, Math.min(PAGE, upTo - entry.tape.upTo))
      entry.tape = await goneOn(entry.tape, events, audience)
    }
    const ended = engine.state().phase === 'ended' && entry.saved < upTo
    if (ended || upTo - entry.saved >= AHEAD) {
      entry.saved = upTo
      const kept = { audience: name, madeBy: FOLD_HASH, position: upTo, body: asKept(entry.tape) }
      // Where it can not be kept, it is made again.
      await store.saveSnapshot(exerciseId, kept).catch(() => undefined)
    }
    return entry.tape
  }

  let aheadAt = 0
  let over = false
  const ahead = () => {
    const { position, phase } = engine.state()
    const ends = phase === 'ended' && !over
    if (position - aheadAt < AHEAD && !ends) return
    over = phase === 'ended'
    aheadAt = position
    for (const audience of MOST_WANTED) making.run(() => brought(audience)).catch(() => undefined)
  }
  engine.onEvents(ahead)
  ahead()

  return {
    of: (audience) =>
      making.run(async () => {
        const tape = await brought(audience)
        return packed(tape, `${tape.length === 0 ? '{"events":[' : ''}\n],"cursor":${tape.upTo}}\n`)
      }),
  }
}

async function goneOn(tape: Tape, events: readonly Recorded[], audience: Audience): Promise<Tape> {
  const last = events.at(-1)
  if (!last) throw new Error(`the ledger has nothing after position ${tape.upTo}`)
  const seen = events.flatMap((event) => {
    const cut = redact(event, audience)
    return cut ? [JSON.stringify(cut)] : []
  })
  const text = seen.length === 0 ? '' : `${tape.length === 0 ? '{"events":[' : ','}\n${seen.join(',\n')}`
  return written(tape, text, { upTo: last.position, lastEvent: digestOf(last) })
}

const digestOf = (event: Recorded): number => crc32(JSON.stringify(event))
