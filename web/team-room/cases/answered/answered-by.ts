import type { Evidence } from '#exercise/scenario/model.ts'
import type { SourceTexts } from '#exercise/wire/sources.ts'
import { openCalls } from './calls.ts'
import { type Request, requestsIn, stemsOf, wordsIn } from './requests.ts'
import { routesFor, routesIn } from './routes.ts'
import { readSource, type Unit } from './source-units.ts'

/** A place in the sources. */
export interface SourcePlace {
  readonly path: string
  readonly line: number
}

/**
 * What counts how much. Found by trying each on the evidence of all weaknesses that come with Kilp; halved or doubled, none changes the share that is right
 * by more than a few of a hundred.
 */
const PER_CALL = 0.88
const UNREACHED = 0.1
const READING = 0.3
const WORDS = 0.3
const WORDS_OF = 16
const OTHERS_OF_FILE = 0.4
/** Routes say what is asked, and seldom what is decided about it; pages show what others have decided; who decides, compares. */
const A_ROUTE = 0.15
const A_PAGE = 0.45
const STORES = 0.55
const DECIDES = 2.5
const FOR_EVERYBODY = 0.5
const MOST_PLACES = 5

/**
 * Where the requests that evidence names are answered, and what decides about them, the likeliest first: routes by method and path, what these call,
 * and of that first what speaks of the same things as the request. Nothing but the evidence and the sources is asked.
 */
export function answeredBy(
  evidence: Evidence,
  service: string,
  texts: SourceTexts['texts'],
): readonly SourcePlace[] {
  const sources = new Map(texts.map(({ path, text }) => [path, readSource(path, text)]))
  const units = [...sources.values()].flatMap((source) => source.units)
  const stems = new Map(units.map((unit) => [unit, new Set(stemsOf(unit.text))]))
  const rare = rarity([...stems.values()])
  const routes = routesIn(sources)
  const callsOf = openCalls(sources)
  const asked = requestsIn(evidence, service)
  const ways = asked.map((request) => ({ request, away: callsOf(routesFor(request, routes)) }))
  const common = shares(routes.map(({ unit }) => [...callsOf([unit]).keys()]))
  const said = wordsIn(evidence)
  const speaks = (unit: Unit, words: ReadonlySet<string>): number => {
    const own = stems.get(unit) ?? new Set()
    const weight = [...words].reduce((sum, word) => sum + (own.has(word) ? (rare.get(word) ?? 0) : 0), 0)
    return 1 + (WORDS * weight) / Math.sqrt(WORDS_OF + own.size)
  }
  const score = (unit: Unit): number => {
    const near = ways.map(({ request, away }) => {
      const calls = away.get(unit)
      return calls === undefined
        ? 0
        : weightOf(request, asked) * PER_CALL ** calls * speaks(unit, request.words)
    })
    const shared = Math.exp(-FOR_EVERYBODY * (common.get(unit) ?? 0))
    return (Math.max(0, ...near) + UNREACHED * speaks(unit, said)) * kindOf(unit) * shared
  }
  return byFile(units.map((unit) => ({ unit, score: score(unit) })))
}

/** Who only reads mostly looks at what they have brought about before. */
const weightOf = ({ method }: Request, asked: readonly Request[]): number =>
  method !== 'GET' || asked.length === 1 ? 1 : READING

const kindOf = ({ route, text }: Unit): number =>
  (route ? A_ROUTE : 1) *
  (/html`/.test(text) ? A_PAGE : 1) *
  (/\b(?:select|insert into|update|delete from)\b/.test(text) ? STORES : 1) *
  (/\bif \(|throw|\bwhere\b|===|\?\?/.test(text) ? DECIDES : 1)

/** What is rare tells more. */
function rarity(all: readonly ReadonlySet<string>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const stems of all) for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1)
  return new Map([...counts].map(([stem, count]) => [stem, Math.log((1 + all.length) / count)]))
}

/** By unit, the share of all routes that lead to it. */
function shares(all: readonly (readonly Unit[])[]): ReadonlyMap<Unit, number> {
  const counts = new Map<Unit, number>()
  for (const units of all) for (const unit of units) counts.set(unit, (counts.get(unit) ?? 0) + 1)
  return new Map([...counts].map(([unit, count]) => [unit, count / all.length]))
}

/** Files by their best unit, and a little by the others. */
function byFile(scored: readonly { readonly unit: Unit; readonly score: number }[]): readonly SourcePlace[] {
  const files = Map.groupBy(
    scored.toSorted((a, b) => b.score - a.score),
    ({ unit }) => unit.file,
  )
  return [...files]
    .map(([path, [best, ...others]]) => ({
      path,
      line: best?.unit.line ?? 1,
      score: others.reduce((sum, { score }, i) => sum + OTHERS_OF_FILE * score * 0.5 ** i, best?.score ?? 0),
    }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST_PLACES)
    .map(({ path, line }) => ({ path, line }))
}
