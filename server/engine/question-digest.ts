import { createHash } from 'node:crypto'
import type { CommandPayloads } from '../exercise/decide/commands.ts'
import type { State } from '../exercise/fold/state.ts'
import { normalisedAnswer } from '../exercise/scenario/question.ts'

/**
 * What stands in the ledger for an answer to a question, in hex: SHA-256 of it as it is compared, with the secret seed of the exercise and the id of the question as salt. So nobody who
 * reads what a team receives learns answers from it, nor that two exercises ask the same.
 */
export const questionDigest = (seed: string, inject: string, written: string): string =>
  createHash('sha256')
    .update(`question\0${seed}\0${inject}\0${normalisedAnswer(written)}`)
    .digest('hex')

/** A command with what the core can not compute by itself, in place of whatever whoever gives it put there. */
export function completed<C extends { readonly type: string; readonly data: unknown }>(
  asked: C,
  { seed, scenario }: Pick<State, 'seed' | 'scenario'>,
): C {
  if (asked.type !== 'try-question') return asked
  const data = asked.data as CommandPayloads['try-question']
  const expects = scenario.injects.find(({ id }) => id === data.inject)?.expects
  const salt = (expects?.kind === 'question' && expects.salt) || data.inject
  return { ...asked, data: { ...data, digest: questionDigest(seed, salt, data.text) } }
}
