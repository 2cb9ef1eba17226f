import type { LoadedScenario } from '../ports/loaded-scenario.ts'
import type { EventLog } from '../ports/ports.ts'

/** Where a scenario is, on the platform's machine. */
export interface ScenarioPlace {
  readonly folder: string
  /** Further folders with services or weaknesses. */
  readonly packs: readonly string[]
}

/** An exercise that this installation has under way, and what it was made from. */
export interface OpenEntry {
  readonly exerciseId: string
  readonly scenarioHash: string
  /** Null where it was not kept yet. */
  readonly place: ScenarioPlace | null
  /** It starts as soon as its enclaves are up. */
  readonly autostart: boolean
}

/** Setting that names what is under way, the current exercise first. All else in the store are records. */
const OPEN = 'open-exercises'
/** What stood for it while there was one exercise at a time. */
const CURRENT = 'current-exercise'

const filesKey = (exerciseId: string) => `scenario-files:${exerciseId}`

/** The exercises under way, the current one first. */
export async function readOpenList(log: EventLog): Promise<readonly OpenEntry[]> {
  const list = await log.getSetting(OPEN)
  if (Array.isArray(list)) return list as readonly OpenEntry[]
  const current = (await log.getSetting(CURRENT)) as Pick<OpenEntry, 'exerciseId' | 'scenarioHash'> | null
  return current ? [{ ...current, place: null, autostart: false }] : []
}

export const writeOpenList = (log: EventLog, list: readonly OpenEntry[]): Promise<void> =>
  log.putSetting(OPEN, list)

const placeKey = (exerciseId: string) => `scenario-place:${exerciseId}`

/** Keeps the digest of each file that an exercise was made from, and where they are. */
export async function keepFiles(
  log: EventLog,
  exerciseId: string,
  files: LoadedScenario['files'],
  place: ScenarioPlace,
): Promise<void> {
  await log.putSetting(filesKey(exerciseId), files)
  await log.putSetting(placeKey(exerciseId), place)
}

/** Where the scenario of an exercise was when it was made; null where that was not kept. */
export const keptPlace = async (
  log: Pick<EventLog, 'getSetting'>,
  exerciseId: string,
): Promise<ScenarioPlace | null> =>
  ((await log.getSetting(placeKey(exerciseId))) ?? null) as ScenarioPlace | null

/** Digest of each file that an exercise was made from, by its name; null when that was not kept. */
export const keptDigests = async (
  log: Pick<EventLog, 'getSetting'>,
  exerciseId: string,
): Promise<LoadedScenario['files'] | null> =>
  ((await log.getSetting(filesKey(exerciseId))) ?? null) as LoadedScenario['files'] | null

/** Names of the files that are not as they were when the exercise was made; null when that was not kept. */
export async function changedFiles(
  log: EventLog,
  exerciseId: string,
  now: LoadedScenario['files'],
): Promise<readonly string[] | null> {
  const before = await keptDigests(log, exerciseId)
  if (!before) return null
  return [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((name) => before[name] !== now[name])
    .toSorted()
}
