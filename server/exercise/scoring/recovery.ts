import { interruptedMs } from '../fold/interruption.ts'
import { type Concluded, restored } from '../fold/judged.ts'
import { type AttackBase, attackBases, judgedAttacks } from './attack-share.ts'
import type { CategoryRule, Given, Judged } from './category.ts'

type Code = 'nothing-lost' | 'outage' | 'open' | 'never' | 'restored'

/** [SC9] One entry for each attack that was concluded. */
export const recovery: CategoryRule<Code> = {
  about: 'For services that soon do their work again after an attack landed, its foothold gone',
  usualPoints: 2000,
  needs: 'attacks',
  takesIdle: false,
  codes: ['nothing-lost', 'outage', 'open', 'never', 'restored'],
  entries(given) {
    const baseOf = attackBases(given)
    return judgedAttacks(given).map((attack) => entry(given, attack, baseOf(attack)))
  },
}

function entry(given: Given, attack: Concluded, worth: AttackBase): Judged<Code> {
  const base = { ...worth, rule: 'SC9' }
  if (attack.state === 'blocked') return { ...base, points: base.possible, code: 'nothing-lost' }
  if (attack.state === 'blocked-by-outage') return { ...base, points: 0, code: 'outage' }
  const done = restored(given.team, attack)
  if (!done) return { ...base, points: 0, code: given.ended ? 'never' : 'open' }
  const { recoveryFullMs: full, recoveryZeroMs: zero } = given.scenario.scoring
  const held = interruptedMs(given.team, attack.info.service, attack.concludedMs, done.ms)
  const tookMs = done.ms - attack.concludedMs - held
  const kept = tookMs <= full ? 1 : Math.max(0, (zero - tookMs) / (zero - full))
  return {
    ...base,
    points: Math.floor(base.possible * kept),
    code: 'restored',
    params: { tookMs },
    events: [...new Set([attack.concludedBy, attack.closedBy, done.by])],
    evidence: attack.closedEvidence ?? attack.evidence,
  }
}
