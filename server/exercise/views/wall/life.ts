import {
  type JourneyState,
  type ServiceState,
  type State,
  serviceOf,
  type TeamState,
} from '../../fold/state.ts'
import { effective, unusable, worse } from '../../fold/verdicts.ts'
import type { LifeSituation } from '../../scenario/life.ts'
import type { Verdict } from '../../scenario/words.ts'
import type { Cascade } from '../cascade.ts'
import { breached } from '../service-view.ts'
import type { LifeView } from './wall-views.ts'

const RANK = { out: 0, slow: 1, leaks: 2, unknown: 3, fine: 4 } as const

/** How it stands, all countries together: the worst that is so in any. */
export const fateOf = ({ out, slow, leaks, unknown }: LifeView): keyof typeof RANK =>
  out.length ? 'out' : slow.length ? 'slow' : leaks.length ? 'leaks' : unknown.length ? 'unknown' : 'fine'

const rankOf = (life: LifeView): number => RANK[fateOf(life)]

/**
 * [NV2] `cascades`: of each team in `state.teams`. What people can do, the worst first and otherwise in the scenario's order. Where the scenario names nothing, each public service stands for what is done there.
 */
export function lifeView(state: State, cascades: readonly Cascade[]): readonly LifeView[] {
  const named: readonly LifeSituation[] = state.scenario.life ?? []
  const situations =
    named.length > 0
      ? named
      : state.scenario.services
          .filter((service) => service.public)
          .map(({ id, title, journeys }) => ({
            id,
            title,
            journeys: journeys.map((journey) => ({ service: id, journey: journey.id })),
          }))
  return situations
    .map((situation, place) => ({ place, view: oneSituation(state, cascades, situation) }))
    .toSorted(
      (a, b) => rankOf(a.view) - rankOf(b.view) || b.view.out.length - a.view.out.length || a.place - b.place,
    )
    .map(({ view }) => view)
}

interface Known {
  readonly team: TeamState
  readonly verdict: Verdict
  readonly sinceMs: number
  readonly leak: boolean
  /** Since attackers are inside, where they are. */
  readonly leakSinceMs: number
}

function oneSituation(
  state: State,
  cascades: readonly Cascade[],
  { id, title, journeys }: LifeSituation,
): LifeView {
  const all = state.teams.map((team, place) => ({ ...inTeam(team, journeys), cascade: cascades[place] }))
  const are = (fits: (known: Known) => boolean) => all.filter(fits)
  const out = are(({ verdict }) => unusable(verdict))
  const slow = are(({ verdict }) => verdict === 'slow')
  const leaks = are(({ verdict, leak }) => leak && !unusable(verdict))
  const since =
    out.length > 0 || slow.length > 0
      ? (out.length > 0 ? out : slow).map(({ sinceMs }) => sinceMs)
      : leaks.map(({ leakSinceMs }) => leakSinceMs)
  const ids = (some: readonly Known[]) => some.map(({ team }) => team.id)
  const services = [...new Set(journeys.map(({ service }) => service))]
  const because = out.flatMap(({ cascade }) =>
    services.flatMap((service) => cascade?.because.get(service) ?? []),
  )
  return {
    id,
    title,
    out: ids(out),
    slow: ids(slow),
    unknown: ids(are(({ verdict }) => verdict === 'unknown')),
    leaks: ids(leaks),
    teams: all.length,
    sinceMs: since.length > 0 ? Math.min(...since) : null,
    because: [...new Set(because)],
  }
}

/** All journeys of it in one country: as good as the worst of them. */
function inTeam(team: TeamState, journeys: LifeSituation['journeys']): Known {
  let verdict: Verdict = 'up'
  let sinceMs = 0
  let leak = false
  for (const { service: id, journey: name } of journeys) {
    const service = serviceOf(team, id)
    const journey = service?.journeys.find((one) => one.id === name)
    if (!service || !journey) continue
    const one = effective(service, journey)
    const since = sinceOf(service, journey, one)
    if (one === verdict) sinceMs = verdict === 'up' ? Math.max(sinceMs, since) : Math.min(sinceMs, since)
    else if (worse(verdict, one) === one) [verdict, sinceMs] = [one, since]
    leak ||= breached(team, id)
  }
  const landed = team.attacks
    .filter((attack) => attack.state === 'landed' && attack.closedMs === null)
    .filter(({ info }) => journeys.some(({ service }) => service === info.service))
    .map(({ concludedMs }) => concludedMs ?? 0)
  return { team, verdict, leak, sinceMs, leakSinceMs: Math.min(...landed) }
}

/** A journey that fails because its service does has failed for as long as that. */
const sinceOf = (service: ServiceState, journey: JourneyState, verdict: Verdict): number =>
  verdict === journey.verdict ? journey.sinceMs : service.sinceMs
