import { interruptedMs } from '../fold/interruption.ts'
import type { Concluded } from '../fold/judged.ts'
import { type AttackBase, attackBases, judgedAttacks } from './attack-share.ts'
import type { CategoryRule, Deduction, Given, Judged } from './category.ts'
import { quanta } from './shares.ts'

type Code = 'blocked' | 'outage' | 'breached' | 'held' | 'landed' | 'hint' | 'revert'

/** [SC6] [SC7] One entry for each attack that was concluded. */
export const defence: CategoryRule<Code> = {
  about: 'For attacks that failed while the service did its work',
  usualPoints: 3000,
  needs: 'attacks',
  takesIdle: false,
  codes: ['blocked', 'outage', 'breached', 'held', 'landed', 'hint', 'revert'],
  entries(given) {
    const baseOf = attackBases(given)
    return judgedAttacks(given).map((attack) => entry(given, attack, baseOf(attack)))
  },
  deductions: (given) => [...hints(given), ...reverts(given)],
}

function entry(given: Given, attack: Concluded, base: AttackBase): Judged<Code> {
  if (attack.state === 'blocked') return { ...base, points: base.possible, code: 'blocked', rule: 'SC6' }
  if (attack.state === 'blocked-by-outage') return { ...base, points: 0, code: 'outage', rule: 'SC6' }
  const zero = given.scenario.scoring.recoveryZeroMs
  const until = attack.closedMs ?? given.atMs
  // [SC24] While it was taken away nobody could drive the attacker out.
  const held = interruptedMs(given.team, attack.info.service, attack.concludedMs, until)
  const dwellMs = Math.max(0, until - attack.concludedMs - held)
  const kept = (1 - given.rules.landedLoss) * (1 - Math.min(dwellMs, zero) / zero)
  return {
    ...base,
    points: Math.floor(base.possible * kept),
    code: attack.closedMs !== null ? 'landed' : given.ended ? 'held' : 'breached',
    params: { dwellMs },
    rule: 'SC7',
    events: attack.closedBy > 0 ? [attack.concludedBy, attack.closedBy] : base.events,
  }
}

/** [SC8] In the order in which they were taken; what is free takes nothing away, and is no line. */
function hints({ scenario, rules, team }: Given): readonly Deduction<Code>[] {
  return team.hints.flatMap(({ weakness, level, position }) => {
    const cost = scenario.scoring.hintCosts[level - 1] ?? 0
    if (cost === 0) return []
    return {
      id: `hint/${weakness}/${level}`,
      points: quanta(cost, rules.quantum),
      code: 'hint',
      params: { level, cost },
      service: null,
      attack: null,
      rule: 'SC8',
      events: [position],
      evidence: null,
    }
  })
}

/** [SC25] Services that white put back to their start state for the team, in order. */
function reverts({ rules, team }: Given): readonly Deduction<Code>[] {
  return team.acts
    .filter(({ cost }) => cost > 0)
    .map(({ act, service, cost, position }) => ({
      id: `revert/${act}`,
      points: quanta(cost, rules.quantum),
      code: 'revert',
      params: { cost },
      service,
      attack: null,
      rule: 'SC25',
      events: [position],
      evidence: null,
    }))
}
