import type { ScenarioPlace } from '../engine/platform/open-list.ts'
import { SPEEDS } from '../exercise/decide/decide-lifecycle.ts'
import { EXERCISE_NAME_LENGTH, writtenName } from '../exercise/scenario/written-name.ts'
import { packFolders, scenarioFolder } from './settings.ts'
import { UserError } from './user-error.ts'

export interface UpOptions {
  readonly scenario?: string
  readonly pack?: readonly string[]
  readonly port?: string
  readonly citizenPort?: string
  readonly ssh?: string | true
  readonly speed: string
  readonly teams?: string
  readonly name?: string
  readonly autostart: boolean
  readonly fresh?: boolean
  readonly insist?: boolean
  readonly home?: boolean
  readonly swarm?: boolean
}

/** What is about the exercise of the start, of which `--home` has none. */
const OF_EXERCISE = ['scenario', 'name', 'teams', 'fresh'] as const

/** @throws UserError where `--home` comes with what is about an exercise. */
export function checkHome(options: UpOptions): void {
  const about = OF_EXERCISE.filter((name) => options[name] !== undefined)
  if (options.home && about.length > 0)
    throw new UserError(
      `--home starts no exercise, so that ${about.map((name) => `--${name}`).join(' and ')} means nothing beside it: leave one of them out`,
    )
}

export const placeOf = ({ scenario, pack }: Pick<UpOptions, 'scenario' | 'pack'>): ScenarioPlace => ({
  folder: scenarioFolder(scenario),
  packs: packFolders(pack),
})

export const speedOf = ({ speed }: Pick<UpOptions, 'speed'>): number =>
  between(speed, 'speed', SPEEDS.least, SPEEDS.most)

export const teamsOf = ({ teams }: Pick<UpOptions, 'teams'>): number | undefined =>
  teams === undefined ? undefined : between(teams, 'teams', 1, 24)

/** @throws UserError where it is no name. */
export function nameOf({ name }: Pick<UpOptions, 'name'>): string | undefined {
  if (name === undefined) return undefined
  const written = writtenName(name, EXERCISE_NAME_LENGTH)
  if (written !== null) return written
  throw new UserError(
    `--name takes 1 to ${EXERCISE_NAME_LENGTH} characters that can be seen and none that control, not ${JSON.stringify(name)}`,
  )
}

function between(text: string, name: string, least: number, most: number): number {
  const number = Number(text)
  if (text.trim() === '' || !(number >= least && number <= most))
    throw new UserError(`--${name} takes a number from ${least} to ${most}, not "${text}"`)
  return number
}
