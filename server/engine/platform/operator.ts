import type { Refusal } from '../../exercise/decide/commands.ts'
import { PLATFORM } from '../../exercise/ledger/actor.ts'
import { openEngine } from '../engine.ts'
import { pastStart } from '../planned-start.ts'
import type { LoadedScenario } from '../ports/loaded-scenario.ts'
import type { Clock, EventLog } from '../ports/ports.ts'
import type { RangeHost } from '../ports/range-host.ts'
import { openQueue } from '../queue.ts'
import { createExercise, newExerciseId } from './create-exercise.ts'
import type { ExerciseRegistry } from './exercises.ts'
import { type LineupEntry, linedUp } from './lineup.ts'
import type { OpenExercise } from './open-exercise.ts'
import { type OpenEntry, readOpenList, type ScenarioPlace, writeOpenList } from './open-list.ts'
import { archiveRecord, NONE, removeRecord, STILL_OPEN } from './record-keeping.ts'
import { noRoom } from './room.ts'
import type { TakenUp } from './take-up.ts'

/** What to open. */
export interface OpenRequest extends ScenarioPlace {
  readonly teams?: number | undefined
  /** Where names and pilots differ from the scenario’s. */
  readonly lineup?: readonly LineupEntry[] | undefined
  /** What this exercise is called; as the scenario when not given. */
  readonly name?: string | undefined
  readonly speed: number
  readonly autostart: boolean
  /** When it starts by itself, epoch ms. */
  readonly startsWall?: number | undefined
  /** Also where the machine does not carry it. */
  readonly insist: boolean
}

export type Opened =
  | { readonly ok: true; readonly exercise: OpenExercise }
  | { readonly ok: false; readonly refusal: Refusal }

/** What only the one who runs the platform may do: open an exercise beside those that are open, and put one away. */
export interface Operator {
  open(request: OpenRequest): Promise<Opened>
  /** Removes the enclaves of an exercise that has ended, or ends it with `end`; it stays as a record. The refusal, or null. */
  close(exerciseId: string, end: boolean): Promise<Refusal | null>
  /** Calls an exercise so from now on, one that is a record too; null: as its scenario. The refusal, or null. */
  name(exerciseId: string, name: string | null): Promise<Refusal | null>
  /** Puts a record aside, or back among the others. The refusal, or null. */
  archive(exerciseId: string, archived: boolean): Promise<Refusal | null>
  /** Removes a record with all that is kept of it. The refusal, or null. */
  remove(exerciseId: string): Promise<Refusal | null>
}

export function openOperator(of: {
  readonly log: EventLog
  readonly clock: Clock
  readonly ranges: RangeHost
  readonly exercises: ExerciseRegistry
  /** The scenario, or why it can not be had. */
  readonly load: (place: ScenarioPlace, teams?: number) => Promise<LoadedScenario | string>
  readonly begin: (taken: TakenUp) => OpenExercise
}): Operator {
  const { log, clock, exercises } = of
  // One after another: each reads and writes the list of what is under way.
  const queue = openQueue()
  const without = async (exerciseId: string) =>
    (await readOpenList(log)).filter((entry) => entry.exerciseId !== exerciseId)

  const end = (engine: OpenExercise['engine']) =>
    engine.submit({ type: 'end-exercise', data: { reason: 'closed' } }, PLATFORM)

  return {
    async open({ folder, packs, teams, lineup = [], name, speed, autostart, startsWall, insist }) {
      const why =
        autostart && startsWall !== undefined ? TWO_STARTS : pastStart(startsWall ?? null, clock.now())
      if (why) return { ok: false, refusal: why }
      const place = { folder, packs }
      const read = await of.load(place, teams)
      if (typeof read === 'string')
        return { ok: false, refusal: { code: 'scenario-invalid', message: read, params: {} } }
      const lined = linedUp(read.teams, lineup)
      if (!lined.ok) return { ok: false, refusal: noTeam(lined.unknown) }
      const loaded = { ...read, teams: lined.teams }
      return queue.run(async () => {
        const room = insist ? null : await noRoom(of.ranges, loaded)
        if (room) return { ok: false, refusal: { code: 'no-room', message: room, params: {} } }
        const exerciseId = newExerciseId()
        const entry: OpenEntry = { exerciseId, scenarioHash: loaded.hash, place, autostart }
        await writeOpenList(log, [...(await readOpenList(log)), entry])
        const engine = await createExercise({ log, clock, exerciseId, loaded, place, speed, name })
        if (startsWall !== undefined)
          await engine.submit({ type: 'plan-start', data: { atWall: startsWall } }, PLATFORM)
        const exercise = of.begin({ entry, engine, loaded })
        exercises.add(exercise)
        return { ok: true, exercise }
      })
    },
    close: (exerciseId, ending) =>
      queue.run(async () => {
        const open = exercises.opened(exerciseId)
        const left = !open && (await readOpenList(log)).some((entry) => entry.exerciseId === exerciseId)
        if (!open && !left) return NOT_OPEN
        const engine = open?.engine ?? (await openEngine({ log, clock, exerciseId }))
        if (engine.state().phase !== 'ended') {
          if (!ending) return NOT_ENDED
          await end(engine)
        }
        if (open) await exercises.putAway(open)
        else await of.ranges.remove(exerciseId)
        await writeOpenList(log, await without(exerciseId))
        exercises.forget(exerciseId)
        return null
      }),
    name: (exerciseId, name) =>
      queue.run(async () => {
        if ((await log.lastPosition(exerciseId)) === 0) return NONE
        const open = exercises.opened(exerciseId)
        // Of a record nobody else writes the ledger.
        const engine = open?.engine ?? (await openEngine({ log, clock, exerciseId }))
        const named = await engine.submit({ type: 'name-exercise', data: { name } }, PLATFORM)
        if (!open) await engine.close()
        exercises.forget(exerciseId)
        return named.ok ? null : named.refusal
      }),
    archive: (exerciseId, archived) =>
      queue.run(async () => {
        const why = exercises.opened(exerciseId) ? STILL_OPEN : await archiveRecord(log, exerciseId, archived)
        if (!why) exercises.forget(exerciseId)
        return why
      }),
    remove: (exerciseId) =>
      queue.run(async () => {
        const why = exercises.opened(exerciseId) ? STILL_OPEN : await removeRecord(log, exerciseId)
        if (!why) exercises.forget(exerciseId)
        return why
      }),
  }
}

const noTeam = (team: string): Refusal => ({
  code: 'unknown-team',
  message: `There is no team ${team} among those that take part in this scenario.`,
  params: { team },
})
const TWO_STARTS: Refusal = {
  code: 'two-starts',
  message:
    'An exercise starts as soon as it is up, or at a planned moment: give `autostart: false` with `startsWall`.',
  params: {},
}
const NOT_OPEN: Refusal = {
  code: 'not-open',
  message: 'No exercise of this id is open. kilp status says which are.',
  params: {},
}
const NOT_ENDED: Refusal = {
  code: 'not-ended',
  message: 'This exercise has not ended. End it on the instructor’s page first, or close it with --end.',
  params: {},
}
