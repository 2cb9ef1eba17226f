import { interruptedSince } from '../fold/interruption.ts'
import type { StrainState } from '../fold/small-state.ts'
import { attackOf, type State, serviceOf, type TeamState } from '../fold/state.ts'
import { rulesOf } from '../ledger/rules.ts'
import type { Service } from '../scenario/model.ts'
import { attackInfo } from '../scenario/weaknesses.ts'
import type { Verdict } from '../scenario/words.ts'
import { wayClosed } from '../schedule/chains.ts'
import { decided } from '../schedule/confirm.ts'
import { launchOf } from '../schedule/launch.ts'
import {
  accept,
  type Deciders,
  fact,
  nothing,
  refuse,
  standing,
  turned,
  withJourney,
  withService,
  withTeam,
} from './decision.ts'
import { restarted } from './responding.ts'

type Reported =
  | 'report-check'
  | 'launch-attack'
  | 'report-attack'
  | 'report-foothold'
  | 'report-container'
  | 'report-disk'

/** What the range says. A report on what is no longer under way is accepted and changes nothing. */
export const reports: Deciders<Reported> = {
  'report-check': (state, { data }, at) =>
    withJourney(state, data, (team, service, journey) => {
      const [first, second] = data.results
      if (!first) return refuse('no-results', 'A check needs at least one result.')
      if (!standing(state)) return nothing
      const from = journey.verdict
      const { evidence, verdict } = second ?? first
      const changed = (to: Verdict) => accept(turned(at, team.id, service.id, journey, to, evidence))
      const { hit = 0, touched = 0 } = serviceOf(team, service.id) ?? {}
      if (hit > 0) return nothing
      // Bad news says more about the machine now, or about what was taken away, than about the team.
      if ((state.strain.late || touched > 0) && verdict !== 'up')
        return from === 'unknown' ? nothing : changed('unknown')
      const inForce = { verdict: from, never: journey.position === 0 }
      if (decided(inForce, first.verdict, second?.verdict) === null) return nothing
      // Where nobody is inside, to be back is the end of it and no step towards it.
      const back =
        isAlive(service, journey.id) && from === 'down' && verdict === 'up' && held(team, service.id)
      const turn = turned(at, team.id, service.id, journey, verdict, evidence)
      return accept(turn, ...(back ? restarted(state, team, service.id, at) : []))
    }),

  'launch-attack': (state, { data }, at) =>
    withTeam(state, data.team, (team) => {
      const attack = state.scenario.attacks.find((a) => a.id === data.attack)
      if (!attack) return unknownAttack(data.attack)
      if (state.phase !== 'running') return nothing
      const launch = launchOf(state, team, attack, at)
      if (launch.kind === 'not-due')
        return refuse('not-due', `Attack ${attack.id} is not due for ${team.id} at ${at} ms.`, {
          attack: attack.id,
          atMs: at,
        })
      if (!('attempt' in launch)) return nothing
      const info = attackInfo(state.scenario, attack, launch.momentMs)
      const what = { team: team.id, attack: attack.id, attempt: launch.attempt }
      const launched = fact('attack.launched', at, { ...what, info })
      if (launch.kind === 'launch') return accept(launched)
      if (launch.kind === 'void')
        return accept(launched, fact('attack.abandoned', at, { ...what, reason: 'way-in-void' }))
      const cause = launch.kind === 'closed' ? 'defended' : 'outage'
      const evidence = wayClosed(attack)
      return accept(launched, fact('attack.blocked', at, { ...what, cause, info, evidence }))
    }),

  'report-attack': (state, { data }, at) =>
    withTeam(state, data.team, (team) => {
      if (!isAttack(state, data.attack)) return unknownAttack(data.attack)
      const { attack, attempt, evidence } = data
      const before = attackOf(team, attack)
      if (!standing(state) || before?.state !== 'under-way' || before.attempt !== attempt) return nothing
      const what = { team: team.id, attack, attempt }
      if (data.result === 'fault')
        return accept(fact('attack.abandoned', at, { ...what, reason: 'platform-fault' }))
      const { info } = before
      if (data.result === 'landed') {
        const { loot = {} } = data
        const carried = Object.keys(loot).length > 0 ? { loot } : {}
        return accept(fact('attack.landed', at, { ...what, info, evidence, ...carried }))
      }
      const cause = data.alive ? 'defended' : 'outage'
      // What is not answered while measurements are late may be unanswered for that.
      if (cause === 'outage' && wasLate(state.strain, before.launchedMs))
        return accept(fact('attack.abandoned', at, { ...what, reason: 'late' }))
      if (cause === 'outage' && interruptedSince(team, info.service, before.launchedMs))
        return accept(fact('attack.abandoned', at, { ...what, reason: 'interrupted' }))
      return accept(fact('attack.blocked', at, { ...what, cause, info, evidence }))
    }),

  'report-foothold': (state, { data }, at) =>
    withTeam(state, data.team, (team) => {
      if (!isAttack(state, data.attack)) return unknownAttack(data.attack)
      const before = attackOf(team, data.attack)
      if (!standing(state) || before?.state !== 'landed' || before.closedMs !== null) return nothing
      // An exploit that fails because the service is away proves nothing: shutting down is no fix.
      if (data.result !== 'failed' || !data.alive) return nothing
      if (serviceOf(team, before.info.service)?.hit) return nothing
      const { attack, evidence, openMs } = data
      const closed = { team: team.id, attack, evidence }
      if (openMs === undefined || !rulesOf(state).closedSinceSeen)
        return accept(fact('foothold.closed', at, closed))
      const sinceMs = Math.round(Math.min(at, Math.max(before.concludedMs ?? 0, openMs)))
      return accept(fact('foothold.closed', at, { ...closed, sinceMs }))
    }),

  'report-container': (state, { data }, at) =>
    withService(state, data.team, data.service, (team, service) => {
      const down = serviceOf(team, service.id)?.containerDown ?? false
      if (!standing(state) || down === (data.happened === 'died')) return nothing
      const what = { team: team.id, service: service.id }
      if (data.happened === 'started')
        return accept(fact('container.started', at, what), ...restarted(state, team, service.id, at))
      return accept(fact('container.died', at, { ...what, exitCode: data.exitCode, oom: data.oom }))
    }),

  'report-disk': (state, { data }, at) =>
    withService(state, data.team, data.service, (team, service) => {
      const known = serviceOf(team, service.id)?.struck === data.strike
      return known || !standing(state) ? nothing : accept(fact('disk.filled', at, data))
    }),
}

const isAlive = ({ journeys }: Service, journey: string): boolean =>
  journeys.some(({ id, alive }) => alive && id === journey)

/** Attackers are inside it. */
const held = ({ attacks }: TeamState, service: string): boolean =>
  attacks.some(
    ({ state, closedMs, info }) => state === 'landed' && closedMs === null && info.service === service,
  )

/** Measurements are late, or were at some moment since. */
const wasLate = ({ late, lateMs }: StrainState, sinceMs: number): boolean =>
  late || (lateMs ?? Number.NEGATIVE_INFINITY) >= sinceMs

const isAttack = (state: State, id: string) => state.scenario.attacks.some((a) => a.id === id)

const unknownAttack = (attack: string) =>
  refuse('unknown-attack', `There is no attack ${attack} in this exercise.`, { attack })
