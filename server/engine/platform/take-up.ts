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

/** The exercise that a platform is started for. */
export interface Wanted {
  readonly loaded: LoadedScenario
  readonly place: ScenarioPlace
  readonly speed: number
  /** What a new one is called; as the scenario when not given. */
  readonly name?: string | undefined
  readonly autostart: boolean
  /** Give up an unfinished exercise. */
  readonly fresh: boolean
  /** Also where the machine does not carry so many enclaves. */
  readonly insist: boolean
}

export interface TakeUpOptions {
  readonly log: EventLog
  readonly clock: Clock
  /** What the platform is started for; null: for none, so that all that had not ended goes on beside one another. */
  readonly wanted: Wanted | null
  /** The scenario of an exercise beside it, or why it can not be had. */
  readonly load: (place: ScenarioPlace) => Promise<LoadedScenario | string>
  /** Why a new exercise of it has no room on the machine, or null. */
  readonly noRoom: (loaded: LoadedScenario) => Promise<string | null>
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
  readonly current: TakenUp | null
  readonly beside: readonly TakenUp[]
  readonly left: readonly string[]
}> {
  const { log, tell, wanted } = options
  const unfinished = await openUnfinished(options)
  const inHand = wanted && inHandFor(wanted, unfinished)
  const others = unfinished.filter((each) => each !== inHand)
  const entries = others.map(({ entry }) => entry)
  const current = wanted && (await takeUpWanted(options, wanted, inHand ?? null, entries))
  if (!current) await writeOpenList(log, entries)
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
    tell(`Taking up exercise ${other.entry.exerciseId}${wanted ? ' beside it' : ''}`)
  }
  return { current, beside, left }
}

/** Which of the unfinished ones the wanted exercise would be. */
const inHandFor = ({ loaded }: Wanted, unfinished: readonly Unfinished[]): Unfinished | undefined =>
  unfinished.find(({ entry }) => entry.scenarioHash === loaded.hash) ??
  unfinished.find(({ engine }) => engine.state().scenario.slug === loaded.scenario.slug) ??
  unfinished.at(0)

/** The wanted exercise: that in hand gone on with, or a new one. @throws CannotTakeUp */
async function takeUpWanted(
  options: TakeUpOptions,
  wanted: Wanted,
  inHand: Unfinished | null,
  others: readonly OpenEntry[],
): Promise<TakenUp> {
  const { log, clock, tell } = options
  const { loaded, place, fresh, autostart } = wanted
  if (inHand && !fresh && inHand.entry.scenarioHash !== loaded.hash)
    throw new CannotTakeUp(await whyNot(log, wanted, inHand))
  const goesOn = inHand !== null && !fresh
  const room = goesOn || wanted.insist ? null : await options.noRoom(loaded)
  if (room !== null) throw new CannotTakeUp(room)
  if (inHand && fresh) {
    tell(`Giving up the unfinished exercise ${inHand.entry.exerciseId}`)
    await inHand.engine.submit({ type: 'end-exercise', data: { reason: 'replaced' } }, PLATFORM)
  }
  const exerciseId = goesOn ? inHand.entry.exerciseId : newExerciseId()
  const entry: OpenEntry = { exerciseId, scenarioHash: loaded.hash, place, autostart }
  // First, so that a crash in between leaves an exercise without a ledger, which the next start passes over.
  await writeOpenList(log, [entry, ...others])
  const engine = goesOn
    ? inHand.engine
    : await createExercise({ log, clock, loaded, place, speed: wanted.speed, name: wanted.name, exerciseId })
  if (goesOn) {
    await issueSeats(engine)
    tell(`Taking up exercise ${exerciseId} where it was; its teams and speed stay. A new one: --fresh`)
  } else {
    const ended = (await log.exercises()).filter(({ endedWall }) => endedWall !== null).length
    if (ended > 0)
      tell(`A new exercise begins. Those that have ended (${ended}) stay to be read on the start page.`)
  }
  return { entry, engine, loaded }
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
async function whyNot(log: EventLog, wanted: Wanted, { entry, engine }: Unfinished): Promise<string> {
  const { scenario, name } = engine.state()
  const head = `The exercise ${entry.exerciseId} (${name ?? scenario.title.en}) has not ended`
  if (scenario.slug !== wanted.loaded.scenario.slug)
    return `${head}, and its scenario is another one. Nothing was touched.
  Go on with it:   npm start -- --scenario ${entry.place?.folder ?? `scenarios/${scenario.slug}`}
  This one beside: start that, then npm run kilp -- open --scenario ${wanted.place.folder}
  Give it up:      add --fresh`
  return `${head}, and its scenario is not as it was when it began${await namesOfChanged(log, entry, wanted.loaded)}. Nothing was touched.
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
