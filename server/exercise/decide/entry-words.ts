import type { State } from '../fold/state.ts'
import { hasVisible } from '../scenario/visible.ts'
import { LANGS, type Text } from '../scenario/words.ts'
import { type Decision, refuse } from './decision.ts'

/** An entry is moved so far at once at most, ms. */
export const MOVE_MOST_MS = 24 * 3_600_000
export const TITLE_LENGTH = 200
export const TEXT_LENGTH = 10_000
/** So many criteria are written for one message at most, each for so many points. */
export const CRITERIA_MOST = 10
export const CRITERION_POINTS = 1_000

/** Why an entry can not be for these teams alone, or null. */
export function teamsTrouble(state: State, teams: readonly string[]): Decision | null {
  const unknown = teams.find((id) => !state.places.teams.has(id))
  if (unknown !== undefined)
    return refuse('unknown-team', `There is no team ${unknown} in this exercise.`, { team: unknown })
  return teams.length > 0 ? null : refuse('bad-change', 'It must be for one team at least.', { entry: '' })
}

/** In every language something, and nowhere too much. */
export const fitText = (text: Text, most: number): boolean =>
  LANGS.every((lang) => hasVisible(text[lang]) && text[lang].length <= most)
