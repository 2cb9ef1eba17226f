import { DecisionTreeClassifier } from 'ml-cart'
import { random, shuffle } from '#exercise/random.ts'
import { FEATURES, featuresOf, type Seen } from './recorder.ts'

/** The first request of an attack or a visit, and the one before it at the same service. */
export interface First {
  readonly attack: boolean
  readonly seen: Seen
  readonly before: Seen | undefined
}

interface Row {
  readonly values: readonly number[]
  readonly attack: boolean
}

/** One split decides by luck: the mean of so many. */
const SPLITS = 10

/**
 * A small decision tree learns from one half, as many attacks as visits, and is asked about the other: its balanced accuracy, as the mean over several splits.
 * `features`: by how much it is worse when what it is told of one of them is mixed up, those that matter first.
 */
export function tellApart(firsts: readonly First[], seed: string) {
  const of = (attack: boolean) => firsts.filter((first) => first.attack === attack)
  const each = Math.min(of(true).length, of(false).length)
  const splits = Array.from({ length: SPLITS }, (_, n) => {
    const its = `${seed}/${n}`
    const all = [true, false].flatMap((attack) => shuffle(`${its}/${attack}`, of(attack)).slice(0, each))
    const table = featuresOf(all).map((values, row) => ({ values, attack: all[row]?.attack ?? false }))
    return askedOf(shuffle(`${its}/halves`, table), its)
  })
  const mean = (of: (split: (typeof splits)[number]) => number) =>
    splits.reduce((sum, split) => sum + of(split), 0) / SPLITS
  const features = FEATURES.map((name, n) => [name, mean(({ drops }) => drops[n] ?? 0)] as const)
  return {
    accuracy: mean(({ accuracy }) => accuracy),
    attacks: of(true).length,
    visits: of(false).length,
    features: features.filter(([, drop]) => drop > 0.005).toSorted((a, b) => b[1] - a[1]),
  }
}

function askedOf(rows: readonly Row[], seed: string) {
  const half = Math.floor(rows.length / 2)
  const [known, asked] = [rows.slice(0, half), rows.slice(half)]
  const tree = new DecisionTreeClassifier({ gainFunction: 'gini', maxDepth: 5, minNumSamples: 8 })
  tree.train(
    known.map(({ values }) => [...values]),
    known.map(({ attack }) => Number(attack)),
  )
  const accuracyOf = (values: readonly (readonly number[])[]) => {
    const said = tree.predict(values.map((row) => [...row]))
    const right = (attack: boolean) => {
      const those = asked.flatMap((row, n) => (row.attack === attack ? [said[n] === Number(attack)] : []))
      return those.filter(Boolean).length / Math.max(1, those.length)
    }
    return (right(true) + right(false)) / 2
  }
  const values = asked.map((row) => row.values)
  const accuracy = accuracyOf(values)
  const next = random(`${seed}/mixed`)
  const drops = FEATURES.map((_, column) => {
    const mixed = values
      .map((row) => ({ value: row[column] ?? 0, key: next() }))
      .toSorted((a, b) => a.key - b.key)
    return accuracy - accuracyOf(values.map((row, n) => row.with(column, mixed[n]?.value ?? 0)))
  })
  return { accuracy, drops }
}
