import type { State } from '../fold/state.ts'
import { lateness } from './admit.ts'
import type { Wanted } from './task.ts'

/**
 * How many of their intervals the regular looks are late that wait for a place: of each team its latest, and of the teams the lower half's most. So a team whose own services
 * hang stretches nobody's looks.
 */
export function behind({ teams }: State, waiting: readonly Wanted[], atMs: number): number {
  const looks = waiting.filter(({ lane, first }) => !first && (lane === 'light' || lane === 'full'))
  const byTeam = Map.groupBy(looks, ({ team }) => team)
  const latest = teams
    .map(({ id }) => Math.max(0, ...(byTeam.get(id) ?? []).map((one) => lateness(one, atMs))))
    .toSorted((a, b) => a - b)
  return latest[Math.floor((latest.length - 1) / 2)] ?? 0
}
