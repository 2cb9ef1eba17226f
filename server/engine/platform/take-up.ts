import { PLATFORM } from '../../exercise/ledger/actor.ts'
import { type Engine, openEngine } from '../engine.ts'
import type { LoadedScenario } from '../ports/loaded-scenario.ts'
import type { Clock, EventLog } from '../ports/ports.ts'
import { createExercise, issueSeats, newExerciseId } from './create-exercise.ts'
import { changedFiles, type OpenEntry, readOpenList, type ScenarioPlace, writeOpenList } from './open-list.ts'

/** An exercise under way, with the scenario that it was made from. */
export interface TakenUp {
  readonly entry: OpenEntry
  readonly engine: Engine
  readonly loaded: LoadedScenario
}

export interface TakeUpOptions {
  readonly log: EventLog
  readonly clock: Clock
  /** The scenario that is wanted now. */
  readonly loaded: LoadedScenario
  readonly place: ScenarioPlace
  /** The scenario of an exercise beside it, or why it can not be had. */
  readonly load: (place: ScenarioPlace) => Promise<LoadedScenario | string>
  readonly speed: number
  readonly autostart: boolean
  /** Give up the unfinished exercise. */
  readonly fresh: boolean
  /** Why a new exercise has no room on the machine, or null. */
  readonly noRoom: () => Promise<string | null>
  readonly tell: (line: string) => void
}

/** An unfinished exercise stands in the way, or the machine is too small, and nothing was touched; says what to do. */
export class CannotTakeUp extends Error {
  override name = 'CannotTakeUp'
}

/**
 * What is under way after a start: the exercise of the wanted scenario, gone on with or new, and all others that had not ended.
 * `left`: ids of those that can not be gone on with, and stay as they are.
 * @throws CannotTakeUp
 */
export async function takeUp(options: TakeUpOptions): Promise<{
  readonly current: TakenUp
  readonly beside: readonly TakenUp[]
  readonly left: readonly string[]
}> {
  const { log, loaded, tell } = options
  const unfinished = await openUnfinished(options)
  const inHand =
    unfinished.find(({ entry }) => entry.scenarioHash === loaded.hash) ??
    unfinished.find(({ engine }) => engine.state().scenario.slug === loaded.scenario.slug) ??
    unfinished.at(0)
  if (inHand && !options.fresh && inHand.entry.scenarioHash !== loaded.hash)
    throw new CannotTakeUp(await whyNot(options, inHand))
  const others = unfinished.filter((each) => each !== inHand)
  const room = inHand === undefined || options.fresh ? await options.noRoom() : null
  if (room !== null) throw new CannotTakeUp(room)
  if (inHand && options.fresh) {
    tell(`Giving up the unfinished exercise ${inHand.entry.exerciseId}`)
    await inHand.engine.submit({ type: 'end-exercise', data: { reason: 'replaced' } }, PLATFORM)
  }
  const goesOn = inHand !== undefined && !options.fresh
  const entry: OpenEntry = {
    exerciseId: goesOn ? inHand.entry.exerciseId : newExerciseId(),
    scenarioHash: loaded.hash,
    place: options.place,
    autostart: options.autostart,
  }
  // First, so that a crash in between leaves an exercise without a ledger, which the next start passes over.
  await writeOpenList(log, [entry, ...others.map((other) => other.entry)])
  const engine = goesOn ? inHand.engine : await createExercise({ ...options, exerciseId: entry.exerciseId })
  if (goesOn) {
    await issueSeats(engine)
    tell(`Taking up exercise ${entry.exerciseId} where it was; its teams and speed stay. A new one: --fresh`)
  } else {
    const ended = (await log.exercises()).filter(({ endedWall }) => endedWall !== null).length
    if (ended > 0)
      tell(`A new exercise begins. Those that have ended (${ended}) stay to be read on the start page.`)
  }
  const beside: TakenUp[] = []
  const left: string[] = []
  for (const other of others) {
    const scenario = await sameScenario(options, other.entry)
    if (typeof scenario === 'string') {
      left.push(other.entry.exerciseId)
      tell(`Exercise ${other.entry.exerciseId} stays as it is: ${scenario}`)
      continue
    }
    beside.push({ ...other, loaded: scenario })
    tell(`Taking up exercise ${other.entry.exerciseId} beside it`)
  }
  return { current: { entry, engine, loaded }, beside, left }
}

type Unfinished = Omit<TakenUp, 'loaded'>

/** Those that ended, or have no ledger, are not under way any more. */
async function openUnfinished({ log, clock }: TakeUpOptions): Promise<readonly Unfinished[]> {
  const found: Unfinished[] = []
  for (const entry of await readOpenList(log)) {
    const engine = await openEngine({ log, clock, exerciseId: entry.exerciseId })
    const { exerciseId, phase } = engine.state()
    if (exerciseId !== '' && phase !== 'ended') found.push({ entry, engine })
  }
  return found
}

async function sameScenario(options: TakeUpOptions, entry: OpenEntry): Promise<LoadedScenario | string> {
  if (entry.place === null) return 'it is not known where its scenario is'
  const loaded = await options.load(entry.place)
  if (typeof loaded === 'string' || loaded.hash === entry.scenarioHash) return loaded
  const changed = await namesOfChanged(options.log, entry, loaded)
  return `its scenario was changed${changed}. Put that back and start again, or give it up: npm run kilp -- close ${entry.exerciseId} --end`
}

/** What stands in the way of the wanted scenario, and what to do. */
async function whyNot(options: TakeUpOptions, { entry, engine }: Unfinished): Promise<string> {
  const { scenario } = engine.state()
  const head = `The exercise ${entry.exerciseId} (${scenario.title.en}) has not ended`
  if (scenario.slug !== options.loaded.scenario.slug)
    return `${head}, and its scenario is another one. Nothing was touched.
  Go on with it:   npm start -- --scenario ${entry.place?.folder ?? `scenarios/${scenario.slug}`}
  This one beside: start that, then npm run kilp -- open --scenario ${options.place.folder}
  Give it up:      add --fresh`
  return `${head}, and its scenario is not as it was when it began${await namesOfChanged(options.log, entry, options.loaded)}. Nothing was touched.
  Go on with it:   put that back as it was and start again
  Give it up:      add --fresh`
}

const NAMED = 10

async function namesOfChanged(log: EventLog, entry: OpenEntry, loaded: LoadedScenario): Promise<string> {
  const changed = await changedFiles(log, entry.exerciseId, loaded.files)
  if (!changed || changed.length === 0) return ''
  const more = changed.length > NAMED ? ` and ${changed.length - NAMED} more` : ''
  return `: ${changed.slice(0, NAMED).join(', ')}${more}`
}
