import { openEngine } from '../../server/engine/engine.ts'
import { openExerciseLoop } from '../../server/engine/exercise-loop.ts'
import { openPlaybook } from '../../server/engine/playbook.ts'
import { NO_CITIZENS } from '../../server/engine/ports/citizens.ts'
import type { EventLog, Range } from '../../server/engine/ports/ports.ts'
import { openTerminals } from '../../server/engine/terminals.ts'
import { wallClock } from '../../server/engine/wall-clock.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import { openLive } from '../../server/live/live.ts'
import { openFakeRange } from '../engine/fake-range.ts'
import { openMemoryLog } from '../engine/memory-log.ts'
import { exercisesOf } from '../kit/exercises-of.ts'
import { playDay } from './exercise-day.ts'

const EXERCISE = 'bench'
const PART = 2_000

/**
 * Plays the day by commands to an engine, on a ledger in memory and a clock that is moved on, and hands its events over to the store: one by one they would take it
 * minutes. Says the number of the last report of each team.
 */
export async function fillDay(store: EventLog, people: boolean): Promise<ReadonlyMap<string, number>> {
  const { log } = openMemoryLog()
  let ahead = 0
  const clock = { ...wallClock, now: () => wallClock.now() + ahead }
  const engine = await openEngine({ log, clock, exerciseId: EXERCISE })
  const numbers = await playDay(engine, people, (ms) => {
    ahead += ms
  })
  for (let done = 0; ; ) {
    const part = await log.read(EXERCISE, done, PART)
    if (part.length === 0) break
    await store.append(EXERCISE, done, part, wallClock.now())
    done += part.length
  }
  await engine.close()
  return numbers
}

export type Served = Awaited<ReturnType<typeof serveDay>>

/** Takes the day up again where it was, with the loop that acts on a range of switches, and serves it. */
export async function serveDay(store: EventLog, webDir: string) {
  const fault = (what: string, error: unknown) => console.error(what, error)
  const engine = await openEngine({ log: store, clock: wallClock, exerciseId: EXERCISE, fault })
  const fake = openFakeRange()
  /** A machine that carries all teams: what is measured is not how it runs out. */
  const range: Range = { ...fake.range, capacity: async () => ({ id: 'here', cores: 96 }) }
  const terminals = openTerminals(engine, range, fault)
  const loop = openExerciseLoop({
    engine,
    range,
    log: store,
    clock: wallClock,
    playbook: openPlaybook({}),
    terminals,
    fault,
  })
  await engine.submit({ type: 'recover-platform', data: { awayMs: 0 } }, PLATFORM)
  await loop.begin()
  const live = await openLive({
    host: '127.0.0.1',
    port: 0,
    webDir,
    exercises: exercisesOf({
      engine,
      terminals,
      citizens: NO_CITIZENS,
      searchLogs: async () => null,
      changes: async () => null,
      sources: null,
      captures: null,
      record: false,
    }),
    store,
    log: { warn: (fields, message) => console.error(message, fields) },
  })
  const links = await live.seatLinks()
  return {
    engine,
    url: live.url,
    token(seatId: string): string {
      const link = links.find((one) => one.seatId === seatId)
      if (!link) throw new Error(`no link of ${seatId}`)
      return link.token
    },
    async close() {
      await live.close()
      await loop.close()
      await engine.close()
    },
  }
}
