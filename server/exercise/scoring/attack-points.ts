import { type AttackState, serviceOf, type TeamState } from '../fold/state.ts'
import { sound } from '../fold/verdicts.ts'
import type { Scenario } from '../scenario/model.ts'
import { attackWeight } from '../scenario/weaknesses.ts'
import type { ScoreEntry } from './score.ts'
import { quanta, shareOf } from './shares.ts'

/** [SC7] Part of an attack's defence points that is lost the moment it lands; the rest goes while the foothold stays. */
const LANDED_LOSS = 0.6

type Moment = Pick<AttackState, 'info'>

type Concluded = AttackState & { readonly concludedMs: number }

export const concluded = (attack: AttackState): attack is Concluded =>
  attack.concludedMs !== null && attack.state !== 'void'

/** By their moment in the timeline, whatever order they were concluded in. */
export const byMoment = (a: Moment, b: Moment): number =>
  a.info.atMs - b.info.atMs || a.info.weightBefore - b.info.weightBefore

/** [SC9] When the service did its work again after a landed attack, its foothold gone; null while it does not. */
export function restored(team: TeamState, attack: AttackState): { ms: number; by: number } | null {
  if (attack.closedMs === null) return null
  if (attack.restoredMs !== null) return { ms: attack.restoredMs, by: attack.restoredBy }
  const service = serviceOf(team, attack.info.service)
  if (!service || !sound(service)) return null
  return { ms: Math.max(attack.closedMs, service.settledMs), by: service.position }
}

/** Two entries for each attack that was concluded: its defence and its recovery. [SC6]-[SC9] */
export function attackEntries(scenario: Scenario, team: TeamState, atMs: number): readonly ScoreEntry[] {
  return team.attacks
    .filter(concluded)
    .toSorted(byMoment)
    .flatMap((attack) => [defenceEntry(scenario, attack, atMs), recoveryEntry(scenario, team, attack)])
}

function worth(scenario: Scenario, category: 'defence' | 'recovery', { info }: AttackState): number {
  return shareOf(quanta(scenario.scoring[category]), info.weight, info.weightBefore, attackWeight(scenario))
}

function base(category: 'defence' | 'recovery', attack: Concluded) {
  return {
    id: `${category}/${attack.attack}`,
    category,
    service: attack.info.service,
    attack: attack.attack,
  }
}

function defenceEntry(scenario: Scenario, attack: Concluded, atMs: number): ScoreEntry {
  const possible = worth(scenario, 'defence', attack)
  const { evidence } = attack
  const entry = { ...base('defence', attack), possible, evidence, events: [attack.concludedBy] }
  if (attack.state === 'blocked')
    return { ...entry, points: possible, code: 'defence.blocked', params: {}, rule: 'SC6' }
  if (attack.state === 'blocked-by-outage')
    return { ...entry, points: 0, code: 'defence.outage', params: {}, rule: 'SC6' }
  const zero = scenario.scoring.recoveryZeroMs
  const dwellMs = Math.max(0, (attack.closedMs ?? atMs) - attack.concludedMs)
  const kept = (1 - LANDED_LOSS) * (1 - Math.min(dwellMs, zero) / zero)
  return {
    ...entry,
    points: Math.floor(possible * kept),
    code: attack.closedMs === null ? 'defence.breached' : 'defence.landed',
    params: { dwellMs },
    rule: 'SC7',
    events: attack.closedBy > 0 ? [attack.concludedBy, attack.closedBy] : [attack.concludedBy],
  }
}

function recoveryEntry(scenario: Scenario, team: TeamState, attack: Concluded): ScoreEntry {
  const possible = worth(scenario, 'recovery', attack)
  const events = [attack.concludedBy]
  const entry = { ...base('recovery', attack), possible, evidence: attack.evidence, events }
  if (attack.state === 'blocked')
    return { ...entry, points: possible, code: 'recovery.nothing-lost', params: {}, rule: 'SC9' }
  if (attack.state === 'blocked-by-outage')
    return { ...entry, points: 0, code: 'recovery.outage', params: {}, rule: 'SC9' }
  const done = restored(team, attack)
  if (!done) return { ...entry, points: 0, code: 'recovery.open', params: {}, rule: 'SC9' }
  const { recoveryFullMs: full, recoveryZeroMs: zero } = scenario.scoring
  const tookMs = done.ms - attack.concludedMs
  const kept = tookMs <= full ? 1 : Math.max(0, (zero - tookMs) / (zero - full))
  return {
    ...entry,
    points: Math.floor(possible * kept),
    code: 'recovery.restored',
    params: { tookMs },
    rule: 'SC9',
    events: [...new Set([attack.concludedBy, attack.closedBy, done.by])],
    evidence: attack.closedEvidence ?? attack.evidence,
  }
}
