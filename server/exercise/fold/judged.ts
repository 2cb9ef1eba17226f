import { type AttackState, serviceOf, type TeamState } from './state.ts'
import { sound, soundSinceMs } from './verdicts.ts'

export type Concluded = AttackState & { readonly concludedMs: number }

/** It was judged: it landed or was blocked. What is void was not. */
export const concluded = (attack: AttackState): attack is Concluded =>
  attack.concludedMs !== null && attack.state !== 'void'

type Momentary = Pick<AttackState, 'attack' | 'info'>

/** By their moment in the timeline, whatever order they were concluded in: streams of different audiences hold them in different ones. */
export const byMoment = (a: Momentary, b: Momentary): number =>
  a.info.atMs - b.info.atMs ||
  a.info.weightBefore - b.info.weightBefore ||
  (a.attack === b.attack ? 0 : a.attack < b.attack ? -1 : 1)

/** [SC9] When the service did its work again after a landed attack, its foothold gone; null while it does not. */
export function restored(team: TeamState, attack: AttackState): { ms: number; by: number } | null {
  if (attack.closedMs === null) return null
  if (attack.restoredMs !== null) return { ms: attack.restoredMs, by: attack.restoredBy }
  const service = serviceOf(team, attack.info.service)
  if (!service || !sound(service)) return null
  return { ms: Math.max(attack.closedMs, soundSinceMs(service)), by: service.position }
}
