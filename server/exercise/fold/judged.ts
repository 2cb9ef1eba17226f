import { type AttackState, serviceOf, type TeamState } from './state.ts'
import { sound } from './verdicts.ts'

export type Concluded = AttackState & { readonly concludedMs: number }

/** It was judged: it landed or was blocked. What is void was not. */
export const concluded = (attack: AttackState): attack is Concluded =>
  attack.concludedMs !== null && attack.state !== 'void'

/** By their moment in the timeline, whatever order they were concluded in. */
export const byMoment = (a: Pick<AttackState, 'info'>, b: Pick<AttackState, 'info'>): number =>
  a.info.atMs - b.info.atMs || a.info.weightBefore - b.info.weightBefore

/** [SC9] When the service did its work again after a landed attack, its foothold gone; null while it does not. */
export function restored(team: TeamState, attack: AttackState): { ms: number; by: number } | null {
  if (attack.closedMs === null) return null
  if (attack.restoredMs !== null) return { ms: attack.restoredMs, by: attack.restoredBy }
  const service = serviceOf(team, attack.info.service)
  if (!service || !sound(service)) return null
  return { ms: Math.max(attack.closedMs, service.settledMs), by: service.position }
}
