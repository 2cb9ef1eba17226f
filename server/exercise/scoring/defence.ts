import type { Concluded } from '../fold/judged.ts'
import { attackBase, judgedAttacks } from './attack-share.ts'
import type { CategoryRule, Deduction, Given, Judged } from './category.ts'
import { quanta } from './shares.ts'

type Code = 'blocked' | 'outage' | 'breached' | 'held' | 'landed' | 'hint'

/** [SC6] [SC7] One entry for each attack that was concluded. */
export const defence: CategoryRule<Code> = {
  about: 'For attacks that failed while the service did its work',
  usualPoints: 3000,
  needs: 'attacks',
  takesIdle: false,
  codes: ['blocked', 'outage', 'breached', 'held', 'landed', 'hint'],
  entries: (given) => judgedAttacks(given).map((attack) => entry(given, attack)),
  deductions: hints,
}

function entry(given: Given, attack: Concluded): Judged<Code> {
  const base = attackBase(given, attack)
  if (attack.state === 'blocked') return { ...base, points: base.possible, code: 'blocked', rule: 'SC6' }
  if (attack.state === 'blocked-by-outage') return { ...base, points: 0, code: 'outage', rule: 'SC6' }
  const zero = given.scenario.scoring.recoveryZeroMs
  const dwellMs = Math.max(0, (attack.closedMs ?? given.atMs) - attack.concludedMs)
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

/** [SC8] In the order in which they were taken. */
function hints({ scenario, rules, team }: Given): readonly Deduction<Code>[] {
  return team.hints.map(({ weakness, level, position }) => {
    const cost = scenario.scoring.hintCosts[level - 1] ?? 0
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
