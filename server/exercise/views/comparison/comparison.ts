import type { Text } from '../../scenario/words.ts'
import type { CsvValue, ReportTable } from '../report/csv.ts'
import type { FoughtAttack, FoughtExercise } from './exercise-facts.ts'

export const COMPARED = ['detect', 'report', 'mend'] as const
export type ComparedTime = (typeof COMPARED)[number]

/** A middle time over `n` attacks that landed, ms; null where half of them or more were never detected, reported or closed, and where there are none. */
export interface MiddleTime {
  readonly n: number
  readonly ms: number | null
}

/** A unit in one exercise, over the attacks of one class or all. */
export interface ComparedRow {
  readonly unit: string
  readonly exercise: string
  readonly title: Text
  /** When it was created, ms since the epoch. */
  readonly wall: number
  readonly ended: boolean
  /** `A01`, `T1190`; null: all attacks. */
  readonly weaknessClass: string | null
  readonly judged: number
  readonly stopped: number
  readonly times: Readonly<Record<ComparedTime, MiddleTime>>
}

/** What the last two exercises that are over say together. `few`: one of them has fewer than three attacks to say it by; `unknown`: neither has a median. */
export type Trend = 'better' | 'worse' | 'same' | 'few' | 'unknown'

export interface ComparedTrend {
  readonly unit: string
  readonly weaknessClass: string | null
  readonly stopped: Trend
  readonly times: Readonly<Record<ComparedTime, Trend>>
}

export interface Comparison {
  /** Names of the units, by the alphabet, with every name that teams of theirs had. */
  readonly units: readonly { readonly unit: string; readonly names: readonly string[] }[]
  readonly classes: readonly string[]
  /** By unit, class (all first) and time. */
  readonly rows: readonly ComparedRow[]
  /** Only of units and classes that were in two exercises or more that are over. */
  readonly trends: readonly ComparedTrend[]
}

/** `unread`: ids of exercises that are left out, as one that a newer Kilp wrote. */
export type ReadableComparison = Comparison & { readonly unread: readonly string[] }

/** Under so many attacks nothing is said. */
export const ENOUGH = 3
/** A time is better from four fifths of the one before, and worse from five quarters; a share by so much. */
const BETTER = 0.8
const WORSE = 1.25
const SHARE = 0.1

/** What a name is matched by: how it is written, in capitals or not, does not matter. */
export const unitKey = (name: string): string =>
  name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()

/**
 * Units over exercises, in the order of time. Teams of one name are one unit; `joined` says which further names are of the same: [key of a name, name of the unit]. An attack that was never detected, reported or closed
 * counts as longer than any that was: who closes only the quick ones does not look quicker. [CP1]
 */
export function compare(
  exercises: readonly (FoughtExercise & { readonly wall: number })[],
  joined: ReadonlyMap<string, string> = new Map(),
): Comparison {
  const found = new Map<string, { unit: string; names: Set<string>; in: Map<string, FoughtAttack[]> }>()
  const ordered = exercises.toSorted((a, b) => a.wall - b.wall || (a.exercise < b.exercise ? -1 : 1))
  for (const { exercise, teams } of ordered)
    for (const { name, attacks } of teams) {
      const unit = joined.get(unitKey(name.en)) ?? name.en
      const key = unitKey(unit)
      const known = found.get(key) ?? { unit, names: new Set(), in: new Map() }
      known.names.add(name.en)
      known.in.set(exercise, [...(known.in.get(exercise) ?? []), ...attacks])
      found.set(key, known)
    }
  const units = [...found.values()].toSorted((a, b) => (unitKey(a.unit) < unitKey(b.unit) ? -1 : 1))
  const classesIn = (attacks: Iterable<readonly FoughtAttack[]>) =>
    [...new Set([...attacks].flatMap((list) => list.flatMap((one) => one.classes)))].toSorted()
  const groups = units.flatMap(({ unit, in: fought }) =>
    [null, ...classesIn(fought.values())].map((weaknessClass) => ({
      ...{ unit, weaknessClass },
      rows: ordered.flatMap((one) => {
        const all = fought.get(one.exercise)
        const own = all?.filter(({ classes }) => weaknessClass === null || classes.includes(weaknessClass))
        return own && (own.length > 0 || weaknessClass === null)
          ? [rowOf({ unit, weaknessClass, one, attacks: own })]
          : []
      }),
    })),
  )
  return {
    units: units.map(({ unit, names }) => ({ unit, names: [...names].toSorted() })),
    classes: classesIn(units.flatMap((one) => [...one.in.values()])),
    rows: groups.flatMap(({ rows }) => rows),
    trends: groups.flatMap(({ unit, weaknessClass, rows }) => {
      const [before, last] = rows.filter(({ ended }) => ended).slice(-2)
      return before && last ? [{ unit, weaknessClass, ...trendOf(before, last) }] : []
    }),
  }
}

function rowOf(of: {
  readonly unit: string
  readonly weaknessClass: string | null
  readonly one: FoughtExercise & { readonly wall: number }
  readonly attacks: readonly FoughtAttack[]
}): ComparedRow {
  const { unit, weaknessClass, one, attacks } = of
  const landed = attacks.filter(({ state }) => state === 'landed')
  return {
    ...{ unit, weaknessClass, exercise: one.exercise, title: one.title, wall: one.wall, ended: one.ended },
    judged: attacks.length,
    stopped: attacks.filter(({ state }) => state === 'blocked').length,
    times: {
      detect: middle(landed.map(({ detectMs }) => detectMs)),
      report: middle(landed.flatMap(({ reportMs }) => (reportMs === undefined ? [] : [reportMs]))),
      mend: middle(landed.map(({ mendMs }) => mendMs)),
    },
  }
}

function middle(times: readonly (number | null)[]): MiddleTime {
  const sorted = times.map((ms) => ms ?? Infinity).toSorted((a, b) => (a === b ? 0 : a - b))
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  const ms = low === undefined || high === undefined ? Infinity : (low + high) / 2
  return { n: times.length, ms: ms === Infinity ? null : ms }
}

function trendOf(before: ComparedRow, last: ComparedRow): Omit<ComparedTrend, 'unit' | 'weaknessClass'> {
  const time = (of: ComparedTime): Trend => {
    const [a, b] = [before.times[of], last.times[of]]
    if (a.n < ENOUGH || b.n < ENOUGH) return 'few'
    const [was, is] = [a.ms ?? Infinity, b.ms ?? Infinity]
    if (was === Infinity && is === Infinity) return 'unknown'
    if (was === is) return 'same'
    return is <= BETTER * was ? 'better' : is >= WORSE * was ? 'worse' : 'same'
  }
  const by = last.stopped / last.judged - before.stopped / before.judged
  const few = before.judged < ENOUGH || last.judged < ENOUGH
  return {
    stopped: few ? 'few' : by >= SHARE ? 'better' : by <= -SHARE ? 'worse' : 'same',
    times: { detect: time('detect'), report: time('report'), mend: time('mend') },
  }
}

/** All rows for programs; times in ms. */
export const comparisonTable = ({ rows }: Comparison): Omit<ReportTable, 'name'> => ({
  columns: [
    ...['unit', 'exercise', 'title', 'created', 'ended', 'class', 'judged', 'stopped'],
    ...['detectMs', 'detectN', 'reportMs', 'reportN', 'mendMs', 'mendN'],
  ],
  rows: rows.map((one): readonly CsvValue[] => [
    ...[one.unit, one.exercise, one.title.en, one.wall, one.ended, one.weaknessClass],
    ...[one.judged, one.stopped],
    ...COMPARED.flatMap((of) => [one.times[of].ms, one.times[of].n]),
  ]),
})
