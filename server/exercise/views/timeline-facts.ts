import { entryKey } from '../fold/changes.ts'
import type { Scenario } from '../scenario/model.ts'
import type { Text } from '../scenario/words.ts'

/** What an entry of the timeline is, whatever became of it. */
export interface EntryFacts {
  readonly number: number
  readonly title: Text
  readonly service: string | null
  readonly added: boolean
  readonly counts: boolean
}

/** By kind and id, see `entryKey`. */
export function factsOf({
  attacks,
  injects,
  tutor,
  phases,
  world,
}: Scenario): ReadonlyMap<string, EntryFacts> {
  const plain = { service: null, added: false, counts: false }
  return new Map<string, EntryFacts>([
    ...attacks.map(({ id, title, service, added = false, weight }, index) => {
      const facts = { number: index + 1, title, service, added, counts: weight > 0 }
      return [entryKey({ kind: 'attack', id }), facts] as const
    }),
    ...injects.map(({ id, number, title, added = false, category }) => {
      const facts = { ...plain, number, title, added, counts: category !== null }
      return [entryKey({ kind: 'inject', id }), facts] as const
    }),
    ...tutor.map(({ id, text }, index) => {
      return [entryKey({ kind: 'note', id }), { ...plain, number: index + 1, title: text }] as const
    }),
    ...phases.map(({ id, title }, index) => {
      return [entryKey({ kind: 'phase', id }), { ...plain, number: index + 1, title }] as const
    }),
    ...world.map(
      ({ id, number, title }) => [entryKey({ kind: 'world', id }), { ...plain, number, title }] as const,
    ),
  ])
}
