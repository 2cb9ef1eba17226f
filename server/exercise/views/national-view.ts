import { peopleAffected } from '../fold/people.ts'
import { type State, serviceOf, type TeamState, viewAt } from '../fold/state.ts'
import { passing, unusable } from '../fold/verdicts.ts'
import type { SituationCode } from '../ledger/codes.ts'
import type { Service } from '../scenario/model.ts'
import { type Cascade, cascadeOf } from './cascade.ts'
import { breached, spansOf } from './service-view.ts'
import type { NationalView } from './views.ts'
import { askedView } from './wall/asked.ts'
import { affectedCurve, peakOf, personHours } from './wall/curve.ts'
import { expectedView, noSooner } from './wall/expected.ts'
import { healthView } from './wall/health.ts'
import { lessonsView } from './wall/lessons.ts'
import { lifeView } from './wall/life.ts'
import { marksView } from './wall/marks.ts'
import { problemsView } from './wall/problems.ts'
import { situationSinceMs } from './wall/since.ts'
import { takenView } from './wall/taken.ts'
import { worstOf } from './worst.ts'

const BEFORE_MS = 60_000

/** The picture for ministers: public services over all teams. The same for every audience. `atMs` as for `exerciseView`. */
export function nationalView(state: State, atMs: number): NationalView {
  const at = viewAt(state, atMs)
  const shown = state.scenario.services.filter((s) => s.public)
  const cascades = state.teams.map((team) => cascadeOf(state.scenario, team))
  const services = shown.map((service) => nationalService(state, service, cascades, at))
  const curve = affectedCurve(state, at)
  const problems = problemsView(state, cascades, at)
  const health = healthView(state)
  const life = lifeView(state, cascades)
  const said = situation(state, services)
  return {
    phase: state.phase,
    atMs: at,
    affected: affectedAt(state, at),
    late: state.strain.late,
    affectedBefore: affectedAt(state, Math.max(0, at - BEFORE_MS)),
    curve,
    peak: peakOf(curve),
    personHours: personHours(curve, at),
    taken: takenView(state, at),
    life,
    lessons: lessonsView(state, cascades, at),
    expected: noSooner(expectedView(state, at), problems),
    problems,
    marks: marksView(state, at),
    asked: askedView(state, at),
    health,
    sinceMs: situationSinceMs(state, said.code, problems, life, health, at),
    services,
    working: services.filter((s) => passing(s.verdict)).length,
    situation: said,
    countries: state.teams.map((team) => ({
      team: team.id,
      name: team.name,
      country: team.country,
      state: countryState(team, shown),
    })),
  }
}

function nationalService(
  state: State,
  service: Service,
  cascades: readonly Cascade[],
  atMs: number,
): NationalView['services'][number] {
  const teams = state.teams.flatMap((team) => serviceOf(team, service.id) ?? [])
  const history = worstOf(teams.map((s) => spansOf(s, atMs)))
  const last = history.at(-1)
  // Where it fails by itself in one country, that is its own story.
  const own = cascades.some(({ roots }) => roots.includes(service.id))
  const because = cascades.flatMap((cascade) => cascade.because.get(service.id) ?? [])
  return {
    id: service.id,
    title: service.title,
    publicText: service.publicText,
    verdict: last?.verdict ?? 'unknown',
    sinceMs: last?.fromMs ?? 0,
    teamsNotUp: teams.filter((s) => s.verdict !== 'up' && s.verdict !== 'unknown').length,
    affected: state.teams.reduce((sum, team) => sum + peopleAffected(state.scenario, team, [service.id]), 0),
    because: own ? [] : [...new Set(because)],
    history,
  }
}

/** People of all teams together who could not do something that they wanted to do, at `atMs`. */
const affectedAt = (state: State, atMs: number): number =>
  state.teams.reduce(
    (sum, team) => sum + (team.affected.findLast(({ fromMs }) => fromMs <= atMs)?.people ?? 0),
    0,
  )

/** Where one service in so many is not known to work, nobody says that all do. */
const UNMEASURED_FROM = 4

function situation(state: State, services: NationalView['services']): NationalView['situation'] {
  const say = (code: SituationCode, ids: readonly string[] = [], dependents: readonly string[] = []) => ({
    code: `situation.${code}` as const,
    services: ids,
    dependents,
  })
  if (state.phase === 'created' || state.phase === 'deploying') return say('preparing')
  if (state.phase !== 'running') return say(state.phase)
  const out = services.filter((s) => unusable(s.verdict)).map((s) => s.id)
  const falls = services.filter((s) => s.because.length > 0).map((s) => s.id)
  if (falls.length > 0) {
    const causes = state.scenario.services.filter(({ id }) =>
      services.some(({ because }) => because.includes(id)),
    )
    const others = out.filter((id) => !falls.includes(id) && !causes.some((cause) => cause.id === id))
    return say('cascade', [...causes.map(({ id }) => id), ...others], falls)
  }
  if (out.length > 0) return say('outage', out)
  const held = services.filter((s) => state.teams.some((team) => breached(team, s.id))).map((s) => s.id)
  if (held.length > 0) return say('attack', held)
  const taken = services.filter(({ id }) => state.teams.some((team) => isTaken(team, id))).map((s) => s.id)
  if (taken.length > 0) return say('interrupted', taken)
  if (state.strain.late) return say('late')
  const slow = services.filter((s) => s.verdict === 'slow').map((s) => s.id)
  if (slow.length > 0) return say('slow', slow)
  const unknown = services.filter((s) => s.verdict === 'unknown').length
  return unknown * UNMEASURED_FROM >= services.length && unknown > 0 ? say('unmeasured') : say('calm')
}

/** Nobody's doing has taken it away, or something that it needs. [SC24] */
function isTaken(team: TeamState, id: string): boolean {
  const service = serviceOf(team, id)
  return service !== undefined && service.touched > 0 && service.verdict === 'unknown'
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
