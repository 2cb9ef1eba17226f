import {
  MESSAGE_OUTCOMES,
  NOTE_OUTCOMES,
  OUTCOMES,
  WORLD_OUTCOMES,
} from '../../../exercise/scenario/trigger.ts'
import { child, ms, type RawEntry } from './raw-entries.ts'

/** How an entry of each kind may come out: nothing can wait for a kind that is not here. */
export const OUTCOMES_OF: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['attack', OUTCOMES],
  ['inject', MESSAGE_OUTCOMES],
  ['note', NOTE_OUTCOMES],
  ['world', WORLD_OUTCOMES],
])

/** What an answer is that the platform or a rubric of its own grades. */
export function hasGrade(inject: unknown): boolean {
  const answer = child(inject, 'answer')
  const rubric = child(inject, 'rubric')
  if (Array.isArray(rubric) && rubric.length > 0) return true
  const choice = child(answer, 'choice')
  if (Array.isArray(choice)) return choice.some((option) => child(option, 'right') === true)
  return child(answer, 'text') === undefined && child(answer, 'file') === undefined
}

/** Why an entry can not come out so, in words, or null. */
export function whyNever({ kind, id, value }: RawEntry, outcome: string): string | null {
  if (kind !== 'inject' || outcome === 'sent') return null
  if (child(value, 'answer') === undefined) return `\`${id}\` wants no answer, so it is never \`${outcome}\``
  if (outcome === 'unanswered' && ms(child(value, 'within')) === null)
    return `\`${id}\` has no \`within\`, so its time is never over`
  if (outcome === 'graded' && !hasGrade(value)) return `\`${id}\` has no \`rubric\`, so nobody grades it`
  return null
}

/** How long after an entry came it can have come out so at the earliest, ms. */
export const outcomeTakesMs = ({ value }: RawEntry, outcome: string): number => {
  const key = outcome === 'unanswered' ? 'within' : outcome === 'ended' ? 'lasts' : null
  return key === null ? 0 : (ms(child(value, key)) ?? 0)
}

/** Whether two entries reach a team in common. */
export const meet = (one: RawEntry, other: RawEntry): boolean =>
  one.teams === null || other.teams === null || one.teams.some((team) => other.teams?.includes(team))
