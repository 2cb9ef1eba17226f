import { createHash } from 'node:crypto'
import type { Attack, Scenario } from '../../exercise/scenario/model.ts'
import { byMoment } from '../../exercise/scenario/trigger.ts'

/**
 * The scenario with every attack moved within its jitter, the same for all teams, as the exercise's secret seed decides: who has the scenario, and even the
 * moments of other exercises or of the attacks before, knows none to come. Only white's ledger has them.
 */
export const surprised = (scenario: Scenario, seed: string): Scenario => ({
  ...scenario,
  attacks: scenario.attacks.map((attack) => moved(attack, seed)).toSorted(byMoment),
})

function moved(attack: Attack, seed: string): Attack {
  const { id, trigger, jitterMs = 0 } = attack
  const share = createHash('sha256').update(`${seed}\0${id}`).digest().readUInt32BE(0) / 0xffffffff
  const by = Math.round((share * 2 - 1) * jitterMs)
  if (trigger.kind === 'at') return { ...attack, trigger: { ...trigger, atMs: trigger.atMs + by } }
  if (trigger.kind === 'manual') return attack
  return { ...attack, trigger: { ...trigger, delayMs: Math.max(0, trigger.delayMs + by) } }
}
