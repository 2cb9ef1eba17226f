import type { SituationCode } from './codes.ts'
import type { Service, Verdict } from './model.ts'
import { breached, spansOf } from './service-view.ts'
import { type State, serviceOf, type TeamState, viewAt } from './state.ts'
import { unusable } from './verdicts.ts'
import type { NationalView } from './views.ts'
import { worstOf } from './worst.ts'

const BEFORE_MS = 600_000

/** The picture for ministers: public services over all teams. The same for every audience. `atMs` as for `exerciseView`. */
export function nationalView(state: State, atMs: number): NationalView {
  const at = viewAt(state, atMs)
  const shown = state.scenario.services.filter((s) => s.public)
  const services = shown.map((service) => nationalService(state, service, at))
  return {
    phase: state.phase,
    atMs: at,
    affected: affectedAt(state, shown, at),
    affectedBefore: affectedAt(state, shown, Math.max(0, at - BEFORE_MS)),
    services,
    working: services.filter((s) => s.verdict === 'up' || s.verdict === 'slow').length,
    situation: situation(state, services),
    countries: state.teams.map((team) => ({
      team: team.id,
      name: team.name,
      country: team.country,
      state: countryState(team, shown),
    })),
  }
}

function nationalService(state: State, service: Service, atMs: number): NationalView['services'][number] {
  const teams = state.teams.flatMap((team) => serviceOf(team, service.id) ?? [])
  const history = worstOf(teams.map((s) => spansOf(s, atMs)))
  const last = history.at(-1)
  return {
    id: service.id,
    title: service.title,
    plain: service.plain,
    verdict: last?.verdict ?? 'unknown',
    sinceMs: last?.fromMs ?? 0,
    teamsNotUp: teams.filter((s) => s.verdict !== 'up' && s.verdict !== 'unknown').length,
    affected: service.citizens * teams.filter((s) => unusable(s.verdict)).length,
    history,
  }
}

/**
 * People of all teams together who can not use at least one public service at `atMs`: use of one service says nothing about
 * use of another, so in a country population * (1 - product of those whom each missing service leaves alone).
 */
function affectedAt(state: State, shown: readonly Service[], atMs: number): number {
  const { population } = state.scenario
  if (population <= 0) return 0
  const people = state.teams.map((team) => {
    const untouched = shown
      .filter((service) => unusable(verdictAt(team, service.id, atMs)))
      .reduce((share, service) => share * (1 - Math.min(1, service.citizens / population)), 1)
    return Math.round(population * (1 - untouched))
  })
  return people.reduce((sum, n) => sum + n, 0)
}

const verdictAt = (team: TeamState, service: string, atMs: number): Verdict =>
  serviceOf(team, service)?.history.findLast((turn) => turn.fromMs <= atMs)?.verdict ?? 'unknown'

function situation(state: State, services: NationalView['services']): NationalView['situation'] {
  const say = (code: SituationCode, ids: readonly string[] = []) => ({
    code: `situation.${code}` as const,
    services: ids,
  })
  if (state.phase === 'created' || state.phase === 'deploying') return say('preparing')
  if (state.phase !== 'running') return say(state.phase)
  const out = services.filter((s) => unusable(s.verdict)).map((s) => s.id)
  if (out.length > 0) return say('outage', out)
  const held = services.filter((s) => state.teams.some((team) => breached(team, s.id))).map((s) => s.id)
  if (held.length > 0) return say('attack', held)
  const slow = services.filter((s) => s.verdict === 'slow').map((s) => s.id)
  return slow.length > 0 ? say('slow', slow) : say('calm')
}

function countryState(
  team: TeamState,
  shown: readonly Service[],
): NationalView['countries'][number]['state'] {
  const held = team.attacks.some((a) => a.state === 'landed' && a.closedMs === null)
  if (held) return 'under-pressure'
  const out = shown.filter((s) => unusable(serviceOf(team, s.id)?.verdict ?? 'unknown'))
  if (out.length === 0) return 'holding'
  const closed = (id: string) => team.attacks.some((a) => a.info.service === id && a.closedMs !== null)
  return out.every((s) => closed(s.id)) ? 'restoring' : 'under-pressure'
}
