import { byMoment, concluded, restored } from '../fold/judged.ts'
import type { AttackState, State, TeamState } from '../fold/state.ts'
import { evidenceFor, infoFor } from '../ledger/audience.ts'
import type { AttackInfo, Audience } from '../scenario/model.ts'
import { attackInfo } from '../scenario/weaknesses.ts'
import { isFor, momentOf } from '../schedule/moment-of.ts'
import type { AttackView } from './views.ts'

/**
 * Attacks on a team in the order of the timeline. White sees those under way, void and to come; everybody else what was
 * concluded.
 */
export function attackViews(
  state: State,
  team: TeamState,
  audience: Audience,
  nowMs: number,
): readonly AttackView[] {
  const begun = team.attacks
    .filter((attack) => audience.seat === 'white' || concluded(attack))
    .map((attack) => ({ moment: attack, view: begunView(team, attack, audience, state.phase === 'ended') }))
  const planned = (audience.seat === 'white' ? state.scenario.attacks : [])
    .filter((attack) => isFor(attack, team.id) && !team.attacks.some((a) => a.attack === attack.id))
    .map((attack) => {
      const atMs = momentOf(state, team, 'attack', attack, nowMs)
      const info = attackInfo(state.scenario, attack, atMs ?? Number.MAX_SAFE_INTEGER)
      return {
        moment: { attack: attack.id, info },
        view: { ...plannedView(attack.id, info), atMs, trigger: attack.trigger },
      }
    })
  return [...begun, ...planned].toSorted((a, b) => byMoment(a.moment, b.moment)).map(({ view }) => view)
}

const shown = (attack: string, info: AttackInfo) => ({
  attack,
  title: info.title,
  service: info.service,
  weakness: info.weakness || null,
  technique: info.technique || null,
  owasp: info.owasp || null,
  publicText: info.publicText,
  atMs: info.atMs,
  trigger: null,
})

const plannedView = (attack: string, info: AttackInfo): AttackView => ({
  ...shown(attack, info),
  state: 'planned',
  concludedMs: null,
  footholdClosedMs: null,
  recoveredMs: null,
  evidence: null,
})

function begunView(team: TeamState, attack: AttackState, audience: Audience, over: boolean): AttackView {
  const info = infoFor(audience, team.id, attack.info)
  return {
    ...shown(attack.attack, info),
    // Tried again later, as long as there is a later.
    state: attack.state === 'abandoned' ? (over ? 'void' : 'under-way') : attack.state,
    concludedMs: attack.concludedMs,
    footholdClosedMs: attack.closedMs,
    recoveredMs: attack.state === 'landed' ? (restored(team, attack)?.ms ?? null) : null,
    ...(mendedByPilot(team, info) && { mendedByPilot: true }),
    evidence: evidenceFor(audience, team.id, attack.evidence),
  }
}

/** Who may not know the weakness does not know who mended it either. */
const mendedByPilot = ({ acted }: TeamState, { weakness }: AttackInfo): boolean =>
  weakness !== '' &&
  acted.some((act) => act.handedBack && act.ok && act.action === 'fix' && act.weakness === weakness)
