import type { Scenario } from '../scenario/model.ts'
import type { Verdict } from '../scenario/words.ts'
import { type Draft, ownList, pushBounded, type TeamDraft } from './draft.ts'
import { settleUsability } from './evolve-ticket.ts'
import type { ServiceState, TeamState } from './state.ts'
import { effective, unusable } from './verdicts.ts'

/** Turns of the number of affected people that are kept at least. */
const TURNS_KEPT = 240

/** One thing that a persona wants to do, as places in a team's lists. */
interface Want {
  readonly service: number
  readonly journey: number
  readonly use: number
}

interface Group {
  readonly share: number
  readonly wants: readonly Want[]
  /** Places of the services that it uses. */
  readonly services: readonly number[]
}

const groups = new WeakMap<Scenario, readonly Group[]>()

/** The personas of a scenario with ids looked up once: this runs for every change of a verdict. */
function groupsOf(scenario: Scenario): readonly Group[] {
  const known = groups.get(scenario)
  if (known) return known
  const made = scenario.citizens.personas.map(({ share, journeys }): Group => {
    const wants = journeys.map(({ service, journey, use }) => {
      const place = scenario.services.findIndex(({ id }) => id === service)
      const at = scenario.services[place]?.journeys.findIndex(({ id }) => id === journey) ?? -1
      return { service: place, journey: at, use }
    })
    return { share, wants, services: [...new Set(wants.map((want) => want.service))] }
  })
  groups.set(scenario, made)
  return made
}

/** A journey that its citizens can not do now. */
function fails(team: Pick<TeamState, 'services'>, want: Want): boolean {
  const service = team.services[want.service]
  const journey = service?.journeys[want.journey]
  return service !== undefined && journey !== undefined && unusable(effective(service, journey))
}

/**
 * People of one country who can not do at least one thing that they want to do today: in each persona those whom a failing journey leaves
 * alone stay (wanting one thing says nothing about wanting another). `only` counts the journeys of these services.
 */
export function peopleAffected(
  scenario: Scenario,
  team: Pick<TeamState, 'services'>,
  only?: readonly string[],
): number {
  const places = only?.map((id) => scenario.services.findIndex((service) => service.id === id))
  let people = 0
  for (const { share, wants } of groupsOf(scenario)) {
    let untouched = 1
    for (const want of wants)
      if ((places === undefined || places.includes(want.service)) && fails(team, want))
        untouched *= 1 - want.use
    people += scenario.population * share * (1 - untouched)
  }
  return Math.round(people)
}

/** Within one instant only the last number counts, and that may be the one that was there before. */
function affectedTurn(draft: Draft, team: TeamDraft, people: number, at: number) {
  if ((team.affected.at(-1)?.people ?? 0) === people) return
  if (team.affected.at(-1)?.fromMs === at) {
    const list = ownList(draft, team.affected)
    list.pop()
    team.affected = list
  }
  if ((team.affected.at(-1)?.people ?? 0) !== people)
    team.affected = pushBounded(draft, team.affected, { fromMs: at, people }, TURNS_KEPT)
}

const alters = (verdict: Verdict): boolean => verdict === 'down' || verdict === 'unknown'

/** After a verdict of a service changed, perhaps the service's own from `from`: who is affected now, and whose service is down. */
export function peopleChanged(
  draft: Draft,
  team: TeamDraft,
  service: ServiceState,
  from: Verdict,
  at: number,
) {
  affectedTurn(draft, team, peopleAffected(draft.root.scenario, team), at)
  if (service.verdict === from || !(alters(service.verdict) || alters(from))) return
  usabilityKnown(draft, team, at)
}

/** Settles the personas' time up to `at`: from then on a service of theirs may be down, or nothing be known. */
export function usabilityKnown(draft: Draft, team: TeamDraft, at: number) {
  settleUsability(draft, team, at)
  const { scenario, strain } = draft.root
  const list = groupsOf(scenario)
  team.usability = team.usability.map((state, index) => {
    const used = (list[index]?.services ?? []).flatMap((place) => team.services[place] ?? [])
    const verdicts = used.map(({ verdict }) => verdict)
    const down = verdicts.includes('down')
    const interrupted = used.some(({ touched, verdict }) => touched > 0 && verdict !== 'up')
    const unknown = strain.late || interrupted || verdicts.every((verdict) => verdict === 'unknown')
    return down === state.down && unknown === state.unknown ? state : { ...state, down, unknown }
  })
}
