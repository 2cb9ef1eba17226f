import type { Source } from '../../diagnostics/read.ts'
import { select } from '../../diagnostics/read.ts'
import { meet, OUTCOMES_OF, outcomeTakesMs, whyNever } from './outcomes.ts'
import { child, ms, type RawEntry } from './raw-entries.ts'

/** When each entry can come at the earliest, ms of exercise time; infinite where it never can. */
export type Reach = ReadonlyMap<string, number>

const NEVER = Number.POSITIVE_INFINITY

/**
 * The earliest moment at which each entry may come, whatever teams do. What names something that is not there counts as possible: that is
 * told where it stands. Starts with nothing possible and goes on until nothing changes, so that what waits for itself stays impossible.
 */
export function reachOf(source: Source, entries: readonly RawEntry[]): Reach {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const phases = new Map(
    [...select(source.value, 'timeline.phases.*')].map(({ value }) => [
      child(value, 'id'),
      ms(child(value, 'from')) ?? 0,
    ]),
  )
  const reach = new Map<string, number>(entries.map(({ id }) => [id, NEVER]))

  const cameOut = (entry: RawEntry, name: unknown, outcome: unknown): number => {
    const other = byId.get(String(name))
    if (!other || !OUTCOMES_OF.get(other.kind)?.includes(String(outcome))) return 0
    if (whyNever(other, String(outcome)) || !meet(entry, other)) return 0
    return (reach.get(other.id) ?? 0) + outcomeTakesMs(other, String(outcome))
  }
  const soFrom = (entry: RawEntry, when: unknown): number => {
    const [and, or, foothold] = [child(when, 'and'), child(when, 'or'), child(when, 'foothold')]
    if (Array.isArray(and)) return Math.max(0, ...and.map((part) => soFrom(entry, part)))
    if (Array.isArray(or)) return Math.min(...or.map((part) => soFrom(entry, part)))
    if (child(when, 'entry') !== undefined)
      return cameOut(entry, child(when, 'entry'), child(when, 'outcome'))
    if (foothold === 'any')
      return Math.min(...entries.flatMap(({ kind, id }) => (kind === 'attack' ? (reach.get(id) ?? 0) : [])))
    if (foothold !== undefined) return cameOut(entry, foothold, 'landed')
    const reported = child(child(when, 'report'), 'attack')
    if (reported !== undefined) return cameOut(entry, reported, 'concluded')
    return phases.get(child(when, 'phase')) ?? 0
  }
  const earliest = (entry: RawEntry): number => {
    const { trigger } = entry
    switch (trigger?.kind) {
      case 'at':
        return Math.max(0, trigger.atMs - trigger.jitterMs)
      case 'after':
        return cameOut(entry, trigger.entry, trigger.outcome) + trigger.delayMs
      case 'when':
        return soFrom(entry, trigger.when) + trigger.forMs
      default:
        return 0
    }
  }
  for (let changed = true; changed; ) {
    changed = false
    for (const entry of entries) {
      const found = earliest(entry)
      if (found >= (reach.get(entry.id) ?? NEVER)) continue
      reach.set(entry.id, found)
      changed = true
    }
  }
  return reach
}
