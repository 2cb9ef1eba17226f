import type { State } from '../../fold/state.ts'
import type { Text } from '../../scenario/words.ts'
import type { TakenKind } from './wall-views.ts'

/**
 * [NV1] What was taken up to `atMs`. Each attack that landed says whose data and how much it takes; what two of them take of one kind from one service of one country is
 * the same data, and counts once. Kinds are never added up: the same people stand in many registers. The most people first.
 */
export function takenView({ teams }: Pick<State, 'teams'>, atMs: number): readonly TakenKind[] {
  const kinds = new Map<string, TakenKind>()
  for (const team of teams) {
    const here = new Map<
      string,
      { people: number; sinceMs: number; open: boolean; what: Text; service: string }
    >()
    for (const { state, info, concludedMs, closedMs } of team.attacks) {
      if (state !== 'landed' || !info.takes || concludedMs === null || concludedMs > atMs) continue
      const { what, people } = info.takes
      const key = JSON.stringify([info.service, what])
      const known = here.get(key)
      here.set(key, {
        what,
        service: info.service,
        people: Math.max(people, known?.people ?? 0),
        sinceMs: Math.min(concludedMs, known?.sinceMs ?? concludedMs),
        open: closedMs === null || closedMs > atMs || (known?.open ?? false),
      })
    }
    for (const [key, { what, service, people, sinceMs, open }] of here) {
      const known = kinds.get(key)
      kinds.set(key, {
        service,
        what,
        people: people + (known?.people ?? 0),
        teams: [...(known?.teams ?? []), team.id],
        sinceMs: Math.min(sinceMs, known?.sinceMs ?? sinceMs),
        open: [...(known?.open ?? []), ...(open ? [team.id] : [])],
      })
    }
  }
  return [...kinds.values()].toSorted((a, b) => b.people - a.people || a.sinceMs - b.sinceMs)
}
