import { readFile } from 'node:fs/promises'
import { fold } from '../exercise/fold/evolve.ts'
import type { State } from '../exercise/fold/state.ts'
import { type Actor, nameIn } from '../exercise/ledger/actor.ts'
import type { ScoringWeights } from '../exercise/scenario/model.ts'
import { CATEGORIES } from '../exercise/scenario/words.ts'
import { type Decided, decidedByPeople } from '../exercise/scoring/decided.ts'
import { rescore, type Sturdiness, sturdiness } from '../exercise/scoring/rescore.ts'
import { openArchiveLog } from '../records/archive-log.ts'
import { readScoring } from '../scenario/scoring-file.ts'
import { givenPath } from './given-path.ts'
import { type KeyOption, openWhole } from './open-export.ts'
import { table } from './table.ts'
import { UserError } from './user-error.ts'

/** Parts of the weights within which it is told whether the order holds. */
const WITHIN = [0.05, 0.1, 0.2]
const PAGE = 5_000

/** `kilp rescore`: an export by other weights beside its record, which stays as it is, and how firm the order of teams is. */
export async function runRescore(name: string, options: KeyOption & { scoring?: string }): Promise<void> {
  const { archive } = await openWhole(name, options)
  const log = await openArchiveLog(archive, new Map())
  try {
    const { exercise } = archive.manifest
    const events = []
    for (let after = 0; ; after = events.length) {
      const page = await log.read(exercise, after, PAGE)
      events.push(...page)
      if (page.length < PAGE) break
    }
    const state = fold(events)
    const scoring = options.scoring
      ? await scoringIn(options.scoring, state.scenario.scoring)
      : state.scenario.scoring
    process.stdout.write(`${rescored(state, scoring)}\n`)
  } finally {
    await log.close()
  }
}

async function scoringIn(name: string, from: ScoringWeights): Promise<ScoringWeights> {
  const text = await readFile(givenPath(name), 'utf8').catch((error: unknown) => {
    throw new UserError(`${name} can not be read: ${error instanceof Error ? error.message : error}`)
  })
  const read = readScoring(text, from)
  if (read.ok) return read.scoring
  throw new UserError(
    [`${name} can not be used as weights:`, ...read.faults.map((fault) => `  ${fault}`)].join('\n'),
  )
}

/** What is printed: changed weights, teams side by side, adjustments by hand, and the order under weights near those of the record. */
export function rescored(state: State, scoring: ScoringWeights): string {
  const { atMs } = state
  const before = state.scenario.scoring
  const changed = (Object.keys(before) as (keyof ScoringWeights)[])
    .filter((key) => String(before[key]) !== String(scoring[key]))
    .map((key) => `  ${key}: ${before[key]} -> ${scoring[key]}`)
  const nameOf = (id: string) => state.teams.find((team) => team.id === id)?.name.en ?? id
  const points = (value: number) => value.toFixed(0)
  const rows = rescore(state, atMs, scoring).map(({ team, record, other, recordRank, otherRank }) => [
    `${recordRank}`,
    otherRank === recordRank ? '=' : `${otherRank}`,
    nameOf(team),
    `${points(record.total)} of ${points(record.possible)}`,
    `${points(other.total)} of ${points(other.possible)}`,
    ...CATEGORIES.map((one) => points(other.categories[one].points - record.categories[one].points)),
  ])
  return [
    ...(changed.length > 0 ? ['Other weights:', ...changed] : ['The weights of the record.']),
    '',
    table(['record', 'other', 'team', 'points', 'by other weights', ...CATEGORIES], rows),
    '',
    ...byHand(state, nameOf),
    'The order of the record under all weights near its own:',
    ...WITHIN.map((within) => `  ${orderLine(sturdiness(state, atMs, within), nameOf)}`),
  ].join('\n')
}

/** What people decided and what counts nowhere, with names and reasons: it is the same by any weights. */
function byHand(state: State, nameOf: (id: string) => string): readonly string[] {
  const who = (by: Actor | null) => nameIn(by).by ?? by?.kind ?? 'not known'
  const said = (one: Decided): string => {
    if (one.kind === 'void') return `void, by no fault of the team: ${one.title.en}`
    if (one.kind === 'adjustment')
      return `${one.points} points of ${one.category} by ${who(one.by)}: ${one.reason}`
    const { subject, text, by, answer } = one
    return `appeal on ${subject.kind} ${subject.id} by ${who(by)}: ${text}; ${answer ? `${answer.outcome} by ${who(answer.by)}: ${answer.text}` : 'not answered'}`
  }
  const lines = decidedByPeople(state).map((one) => `  ${nameOf(one.team)}: ${said(one)}`)
  return lines.length > 0 ? ['Decided by people, and void; the same by any weights:', ...lines, ''] : []
}

function orderLine({ within, broken }: Sturdiness, nameOf: (id: string) => string): string {
  const percent = `within ${Math.round(within * 100)} %`
  if (!broken) return `${percent}: it holds`
  const factors = CATEGORIES.filter((one) => broken.factors[one] !== 1)
    .map((one) => `${one} x ${broken.factors[one]}`)
    .join(', ')
  return `${percent}: it does not; ${nameOf(broken.behind)} passes ${nameOf(broken.ahead)} with ${factors}`
}
