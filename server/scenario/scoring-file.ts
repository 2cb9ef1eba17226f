import { parse } from 'yaml'
import type { ScoringWeights } from '../exercise/scenario/model.ts'
import { isOrdered } from '../exercise/scoring/scoring-fields.ts'
import { compileScoring } from './compile/compile.ts'
import { scoringSchema } from './schema/schema.ts'

export type ScoringFile =
  | { readonly ok: true; readonly scoring: ScoringWeights }
  | { readonly ok: false; readonly faults: readonly string[] }

/** Which numbers of the model a key of the file gives. */
const NAMES: Readonly<Record<string, keyof ScoringWeights>> = {
  recoveryFull: 'recoveryFullMs',
  recoveryZero: 'recoveryZeroMs',
  answerWithin: 'answerWithinMs',
  answerHolds: 'answerHoldsMs',
  reportWithin: 'reportWithinMs',
}

/**
 * Other weights, from a file with the keys of a scenario's `scoring`, under that name or by themselves. What it does not name stays as it is in `from`. Says
 * everything that is wrong with it at once.
 */
export function readScoring(text: string, from: ScoringWeights): ScoringFile {
  let content: unknown
  try {
    content = parse(text)
  } catch (error) {
    return { ok: false, faults: [error instanceof Error ? error.message : String(error)] }
  }
  const inner = isObject(content) && 'scoring' in content ? content.scoring : content
  if (!isObject(inner)) return { ok: false, faults: ['it names no weights: write, say, `defence: 2200`'] }
  const read = scoringSchema.safeParse(inner)
  if (!read.success)
    return {
      ok: false,
      faults: read.error.issues.map(({ path, message }) => `${path.join('.') || 'scoring'}: ${message}`),
    }
  const given = compileScoring(read.data)
  const named = Object.keys(inner).map((key) => NAMES[key] ?? (key as keyof ScoringWeights))
  const scoring = { ...from, ...Object.fromEntries(named.map((name) => [name, given[name]])) }
  if (!isOrdered(scoring)) return { ok: false, faults: ['recoveryZero: must be more than recoveryFull'] }
  return { ok: true, scoring }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
