import type { Command, CommandPayloads, CommandType, Refusal } from '../exercise/decide/commands.ts'
import { decide } from '../exercise/decide/decide.ts'
import type { State } from '../exercise/fold/state.ts'
import type { Actor } from '../exercise/ledger/actor.ts'
import type { NewEvent, Recorded } from '../exercise/ledger/events.ts'
import type { LossSamples } from '../exercise/views/series.ts'
import { foldOn, nothingFolded } from '../exercise/wire/folded.ts'
import type { StorageTrouble } from '../exercise/wire/protocol.ts'
import { type ExerciseClock, exerciseMs, followLedger, running, stoppedAt } from './exercise-clock.ts'
import { type Clock, type EventLog, PositionConflict } from './ports/ports.ts'
import { completed } from './question-digest.ts'
import { openQueue } from './queue.ts'
import { type Audiences, openAudiences } from './snapshots/audiences.ts'
import { loadSnapshot } from './snapshots/snapshots.ts'
import { openStorageHealth } from './storage-health.ts'

export type Submitted =
  | { readonly ok: true; readonly cursor: number; readonly events: readonly Recorded[] }
  | { readonly ok: false; readonly refusal: Refusal }

/** A command as it comes in: the engine adds exercise time. */
export type AskedCommand = {
  [T in CommandType]: { readonly type: T; readonly data: CommandPayloads[T] }
}[CommandType]

/**
 * The one writer of one exercise: command -> decide -> append with expected position -> evolve -> publish, one at a time.
 * Nothing else changes state.
 */
export interface Engine {
  readonly exerciseId: string
  state(): State
  /** Samples of the points lost so far; null before there is an exercise. */
  losses(): LossSamples | null
  /** Exercise time now, in ms. */
  atMs(): number
  clock(): { readonly exerciseMs: number; readonly speed: number; readonly running: boolean }
  /** Rejects only on a fault of the store; nothing is changed then. */
  submit(command: AskedCommand, by: Actor): Promise<Submitted>
  events(after: number, limit: number): Promise<readonly Recorded[]>
  /** Calls after each append, in order. One that throws harms nobody else. Returns the function that ends it. */
  onEvents(call: (events: readonly Recorded[]) => void): () => void
  /** What is wrong with the store, or null. */
  storage(): StorageTrouble | null
  /** What those who do not see everything know. */
  readonly audiences: Audiences
  /** Writes the clock's checkpoint. */
  checkpoint(): Promise<void>
  /** Waits for commands under way, and keeps what was folded. */
  close(): Promise<void>
}

const READ_CHUNK = 5_000

export interface EngineOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly exerciseId: string
  /** Hears of listeners that throw; without it, the process warns. */
  readonly fault?: (what: string, error: unknown) => void
}

/** Folds what the ledger holds of `exerciseId` and takes over as its writer. The clock stands until an event starts it. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { log, clock: wall, exerciseId, fault = warn } = options
  const queue = openQueue()
  const listeners = new Set<(events: readonly Recorded[]) => void>()
  let folded = (await loadSnapshot(log, exerciseId, { seat: 'white' })) ?? nothingFolded
  const kept = folded.cursor
  for (;;) {
    const chunk = await log.read(exerciseId, folded.cursor, READ_CHUNK)
    folded = foldOn(folded, chunk, chunk.at(-1)?.position ?? folded.cursor)
    if (chunk.length < READ_CHUNK) break
  }
  const checkpoint = await log.loadClock(exerciseId)
  const { atMs, speed } = folded.state
  let clock: ExerciseClock = stoppedAt(Math.max(atMs, checkpoint?.exerciseMs ?? 0), speed)
  const health = openStorageHealth({ log, now: wall.now, fault })
  const audiences = openAudiences({ log, exerciseId, whole: () => folded, kept, fault })

  const take = (events: readonly Recorded[]) => {
    for (const event of events) {
      folded = foldOn(folded, [event], event.position)
      if (event.type === 'exercise.created') clock = stoppedAt(clock.baseMs, event.data.speed)
      // The platform is back: exercise time goes on from where the crash found it.
      if (event.type === 'platform.recovered' && folded.state.phase === 'running')
        clock = running(clock, wall.now())
      clock = followLedger(clock, event, wall.now())
    }
    audiences.take(events)
    for (const call of [...listeners])
      try {
        call(events)
      } catch (error) {
        fault('a listener of the ledger', error)
      }
  }

  /** After an append that failed for the store's own reasons: whether it was written after all is known only by looking. */
  let unsure = false
  const catchUp = async () => {
    const missed = await log.read(exerciseId, folded.cursor, READ_CHUNK)
    if (missed.length > 0) take(missed)
    unsure = false
  }
  const append = async (events: readonly NewEvent[]) => {
    try {
      const recorded = await log.append(exerciseId, folded.cursor, events, wall.now())
      health.wrote(events)
      return recorded
    } catch (error) {
      health.failed(error, events)
      // A conflict is no doubt: somebody else writes this ledger.
      unsure = !(error instanceof PositionConflict)
      throw error
    }
  }

  return {
    exerciseId,
    audiences,
    storage: health.trouble,
    state: () => folded.state,
    losses: () => folded.losses,
    atMs: () => exerciseMs(clock, wall.now()),
    clock: () => ({ exerciseMs: exerciseMs(clock, wall.now()), speed: clock.speed, running: clock.running }),
    submit: (asked, by) =>
      queue.run(async () => {
        if (unsure) await catchUp()
        const command = {
          ...completed(asked, folded.state),
          by,
          at: exerciseMs(clock, wall.now()),
        } as Command
        const decision = decide(folded.state, command)
        if (!decision.ok) return decision
        if (decision.events.length === 0) return { ok: true, cursor: folded.cursor, events: [] }
        const recorded = await append(decision.events)
        take(recorded)
        return { ok: true, cursor: folded.cursor, events: recorded }
      }),
    events: (after, limit) => log.read(exerciseId, after, limit),
    onEvents(call) {
      listeners.add(call)
      return () => listeners.delete(call)
    },
    checkpoint: () =>
      log.saveClock(exerciseId, { exerciseMs: exerciseMs(clock, wall.now()), wall: wall.now() }),
    async close() {
      await queue.idle()
      await audiences.close()
    },
  }
}

function warn(what: string, error: unknown): void {
  process.emitWarning(error instanceof Error ? error : new Error(`${what}: ${error}`))
}
