import type { Engine } from '../engine/engine.ts'
import type { Recorded } from '../exercise/ledger/events.ts'
import type { Audience } from '../exercise/scenario/model.ts'
import { batchFor, roomOf } from './audience-feed.ts'
import { liveRoom } from './rooms.ts'
import type { LiveServer } from './socket-types.ts'

/** While running, exercise time is told this often; the rest of the time it only shows that the server is there. */
const BEAT_MS = 500
const IDLE_BEATS = 4

export interface Publisher {
  /** Position up to which the rooms have received everything. */
  cursor(): number
  close(): void
}

/**
 * Sends new events to the rooms: redacted once per audience, framed once per room, bursts gathered for `gatherMs`. And the
 * clock, which may be dropped for a client that does not keep up.
 */
export function openPublisher(options: {
  engine: Engine
  io: LiveServer
  gatherMs: number
  fault: (what: string, error: unknown) => void
}): Publisher {
  const { engine, io, gatherMs, fault } = options
  let published = engine.state().position
  let waiting: Recorded[] = []
  let timer: NodeJS.Timeout | null = null
  let lastFlush = 0

  /** One after another without a gap. Before the first there may be one, which every room then sees, and catches up. */
  const publish = (events: readonly Recorded[]) => {
    const after = (events[0]?.position ?? 1) - 1
    published = events.at(-1)?.position ?? published
    for (const audience of audiences(engine)) {
      const room = roomOf(engine.exerciseId, audience)
      if (!io.sockets.adapter.rooms.has(room)) continue
      try {
        io.to(room).emit('events', batchFor(audience, after, published, events))
      } catch (error) {
        // The room sees the gap in its next batch and catches up; the other rooms are served.
        fault(`publishing to ${room}`, error)
      }
    }
  }
  const flush = () => {
    timer = null
    lastFlush = Date.now()
    const runs = withoutGaps(waiting)
    waiting = []
    for (const run of runs) publish(run)
  }
  const stopListening = engine.onEvents((events) => {
    waiting.push(...events)
    if (timer) return
    // At once when it was quiet, so that a single change is seen without delay; but never within the engine's own call.
    timer = setTimeout(flush, Math.max(0, lastFlush + gatherMs - Date.now()))
  })

  let beats = 0
  const beating = setInterval(() => {
    beats += 1
    const { exerciseMs, speed, running } = engine.clock()
    if (!running && beats % IDLE_BEATS !== 0) return
    const beat = { exerciseMs, speed, running, wall: Date.now(), cursor: published }
    const storage = engine.storage()
    const white = roomOf(engine.exerciseId, { seat: 'white' })
    const all = io.to(liveRoom(engine.exerciseId))
    if (!storage) return void all.volatile.emit('clock', beat)
    all.except(white).volatile.emit('clock', beat)
    io.to(white).volatile.emit('clock', { ...beat, storage })
  }, BEAT_MS)

  return {
    cursor: () => published,
    close() {
      stopListening()
      clearInterval(beating)
      if (timer) clearTimeout(timer)
    },
  }
}

/** Cut where a position is missing. */
function withoutGaps(events: readonly Recorded[]): readonly (readonly Recorded[])[] {
  const runs: Recorded[][] = []
  for (const event of events) {
    const run = runs.at(-1)
    if (run?.at(-1)?.position === event.position - 1) run.push(event)
    else runs.push([event])
  }
  return runs
}

function audiences(engine: Engine): readonly Audience[] {
  const blue = engine.state().teams.map(({ id }) => ({ seat: 'blue', team: id }) as const)
  return [{ seat: 'white' }, { seat: 'observer' }, { seat: 'guest' }, ...blue]
}
