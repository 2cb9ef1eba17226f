import { PLATFORM } from '../exercise/ledger/actor.ts'
import { shared } from '../exercise/schedule/shared.ts'
import type { LooksSince } from '../exercise/wire/sources.ts'
import { openCheckCounter } from './check-count.ts'
import type { AskedCommand, Engine } from './engine.ts'
import { looksSince } from './looks-since.ts'
import { followPlannedStart } from './planned-start.ts'
import type { Playbook } from './playbook.ts'
import type { Clock, EventLog, Range } from './ports/ports.ts'
import { openRunner, type Runner } from './runner/runner.ts'
import { openSampleBuffer } from './samples.ts'
import type { Place } from './sources.ts'
import { openSparring } from './sparring.ts'
import { watchStrain } from './strain-watch.ts'
import type { Terminals } from './terminals.ts'

const TICK_MS = 100
const CHECKPOINT_MS = 1_000
const OFFER_AGAIN_MS = 1_000
/** For what is under way when the platform stops; what is not done by then is abandoned, as after a crash. */
const LEAVE_MS = 10_000

const NONE = { tasks: new Map() }

export interface ExerciseLoop {
  /** Looks at every service once, then ticks until closed. */
  begin(): Promise<void>
  /** Which of the looks that a restart from the editor asked for have been since. */
  looks(place: Place): LooksSince
  /** Ends the ticking, waits for what is under way, at most LEAVE_MS. */
  close(): Promise<void>
}

/**
 * The loop of one exercise: lets the runner act on what the schedule wants, and brings what happens by itself back as commands. `fault` hears what went wrong
 * outside the exercise; the exercise goes on.
 */
export function openExerciseLoop(options: {
  engine: Engine
  range: Range
  log: EventLog
  clock: Clock
  playbook: Playbook
  terminals: Terminals
  /** How many exercises the machines carry just now, this one too; it is alone unless given. */
  sharers?: (() => number) | undefined
  fault: (what: string, error: unknown) => void
}): ExerciseLoop {
  const { engine, range, log, clock, fault } = options
  const samples = openSampleBuffer(log, engine.exerciseId)
  const checks = openCheckCounter(options)
  const sparring = openSparring(options)
  const stops: (() => void)[] = []
  const underWay = new Set<Promise<unknown>>()
  const leaving = Promise.withResolvers<void>()
  let runner: Runner | null = null
  let closed = false

  /** A fault in acting never stops the exercise. */
  const watch = (what: string, task: Promise<unknown>) => {
    const watched = task.catch((error) => fault(what, error)).finally(() => underWay.delete(watched))
    underWay.add(watched)
  }

  const insist = async (command: AskedCommand) => {
    for (;;)
      try {
        return await engine.submit(command, PLATFORM)
      } catch (error) {
        if (closed) throw error
        fault(command.type, error)
        await Promise.race([clock.sleep(OFFER_AGAIN_MS), leaving.promise])
      }
  }

  const capacityOfAll = async () => {
    const teams = engine.state().teams.map(({ id }) => id)
    return new Map(await Promise.all(teams.map(async (team) => [team, await range.capacity(team)] as const)))
  }

  return {
    async begin() {
      range.onContainerEvent((event) => {
        if (!closed)
          watch('container event', engine.submit({ type: 'report-container', data: event }, PLATFORM))
      })
      const capacity = await capacityOfAll()
      runner = openRunner({
        tools: { ...options, samples, checks, insist },
        capacity: () => shared(capacity, options.sharers?.() ?? 1),
        more: sparring.wanted,
        fault,
      })
      const { plan, looked, behind, look } = runner
      range.onTurned((team, service) => {
        if (!closed) look(team, service)
      })
      if (closed) return
      stops.push(clock.every(TICK_MS, plan))
      stops.push(followPlannedStart(engine, clock, fault))
      stops.push(watchStrain({ engine, range, clock, behind, fault }))
      stops.push(
        clock.every(CHECKPOINT_MS, () => {
          watch('samples', samples.flush())
          if (engine.state().phase === 'running') watch('checkpoint', engine.checkpoint())
        }),
      )
      await looked()
    },
    looks: (place) => looksSince(engine.state(), runner?.records ?? NONE, place),
    async close() {
      closed = true
      leaving.resolve()
      for (const stop of stops) stop()
      runner?.close()
      const over = Promise.all([runner?.idle(), Promise.allSettled([...underWay])])
      await Promise.race([over, clock.sleep(LEAVE_MS)])
      await checks.close()
      await samples.flush()
    },
  }
}
