import { type Path, type Source, select } from '../../diagnostics/read.ts'
import { parseDuration } from '../../schema/durations.ts'

/** When an entry comes, as far as what is written can be read. `key`: where that stands in the entry. Durations in ms. */
export type RawTrigger =
  | { readonly kind: 'at'; readonly key: 'at'; readonly atMs: number; readonly jitterMs: number }
  | { readonly kind: 'manual'; readonly key: 'manual' }
  | {
      readonly kind: 'after'
      readonly key: string
      readonly entry: string
      readonly outcome: string
      /** Where they stand, from the entry on. */
      readonly entryPath: Path
      readonly outcomePath: Path
      readonly delayMs: number
    }
  | { readonly kind: 'when'; readonly key: 'when'; readonly when: unknown; readonly forMs: number }

/** An entry of the timeline as it is written, from whichever of its lists. Nothing is assumed about the data. */
export interface RawEntry {
  readonly path: Path
  /** `timeline.entries`, or one of the older lists. */
  readonly list: 'entries' | 'attacks' | 'tutor'
  readonly kind: string
  readonly id: string
  readonly value: unknown
  /** Null where the schema has something to say. */
  readonly trigger: RawTrigger | null
  /** Null: all. */
  readonly teams: readonly string[] | null
}

export const child = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined

export const ms = (value: unknown): number | null => (typeof value === 'string' ? parseDuration(value) : null)

export const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

/** All entries that say their id, in the order in which they stand. */
export const rawEntries = (source: Source): readonly RawEntry[] => all(source).filter(({ id }) => id !== '')

function all(source: Source): readonly RawEntry[] {
  return (['attacks', 'entries', 'tutor'] as const).flatMap((list) =>
    [...select(source.value, `timeline.${list}.*`)].map(({ path, value }) => {
      const id = child(value, 'id')
      const kind = list === 'entries' ? child(value, 'kind') : list === 'attacks' ? 'attack' : 'note'
      const teams = child(value, 'teams')
      return {
        path,
        list,
        kind: String(kind),
        id: typeof id === 'string' ? id : '',
        value,
        trigger: list === 'entries' ? triggerOf(value) : olderTrigger(value, list),
        teams: Array.isArray(teams) ? strings(teams) : null,
      }
    }),
  )
}

function fixed(value: unknown): RawTrigger | null {
  if (child(value, 'manual') === true) return { kind: 'manual', key: 'manual' }
  const atMs = ms(child(value, 'at'))
  return atMs === null ? null : { kind: 'at', key: 'at', atMs, jitterMs: ms(child(value, 'jitter')) ?? 0 }
}

function triggerOf(value: unknown): RawTrigger | null {
  const after = child(value, 'after')
  const [entry, outcome] = [child(after, 'entry'), child(after, 'outcome')]
  if (typeof entry === 'string' && typeof outcome === 'string')
    return {
      kind: 'after',
      key: 'after',
      entry,
      outcome,
      entryPath: ['after', 'entry'],
      outcomePath: ['after', 'outcome'],
      delayMs: Math.max(0, (ms(child(after, 'delay')) ?? 0) - (ms(child(value, 'jitter')) ?? 0)),
    }
  const when = child(value, 'when')
  if (typeof when === 'object' && when !== null)
    return { kind: 'when', key: 'when', when, forMs: ms(child(value, 'for')) ?? 0 }
  return fixed(value)
}

/** Of the lists of attacks and of tutor's notes as they were before there was one list. */
function olderTrigger(value: unknown, list: 'attacks' | 'tutor'): RawTrigger | null {
  const key = list === 'attacks' ? 'after' : 'landed'
  const entry = child(value, key)
  const moment = fixed(value)
  if (moment || typeof entry !== 'string') return moment
  return {
    kind: 'after',
    key,
    entry,
    outcome: list === 'attacks' ? 'concluded' : 'open',
    entryPath: [key],
    outcomePath: [key],
    delayMs: ms(child(value, list === 'attacks' ? 'delay' : 'after')) ?? 0,
  }
}

/** One thing that a condition asks, and where it stands. */
export interface Leaf {
  readonly path: Path
  readonly value: unknown
}

/** Everything that a condition asks, however deep it stands. */
export function* leavesOf(when: unknown, path: Path): Generator<Leaf> {
  for (const key of ['and', 'or']) {
    const parts = child(when, key)
    if (!Array.isArray(parts)) continue
    for (const [index, part] of parts.entries()) yield* leavesOf(part, [...path, key, index])
    return
  }
  if (child(when, 'not') !== undefined) yield* leavesOf(child(when, 'not'), [...path, 'not'])
  else yield { path, value: when }
}

/** Attacks of the timeline, from whichever list, those without an id (then it is empty) among them. */
export const rawAttacks = (source: Source): readonly RawEntry[] =>
  all(source).filter(({ kind }) => kind === 'attack')
