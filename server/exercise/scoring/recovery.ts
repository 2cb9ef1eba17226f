import { interruptedMs } from '../fold/interruption.ts'
import { type Concluded, concluded, restored } from '../fold/judged.ts'
import type { AttackState, TeamState } from '../fold/state.ts'
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
  const tookMs = tookUntil(given.team, attack, done.ms)
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

/** [SC9] How long it took until the service did its work again after a landed attack, its foothold gone, without the time in which it was taken away [SC24]. ms; null while it does not. */
export function recoveryMs(team: TeamState, attack: AttackState): number | null {
  if (attack.state !== 'landed' || !concluded(attack)) return null
  const done = restored(team, attack)
  return done && tookUntil(team, attack, done.ms)
}

const tookUntil = (team: TeamState, { info, concludedMs }: Concluded, untilMs: number): number =>
  untilMs - concludedMs - interruptedMs(team, info.service, concludedMs, untilMs)
