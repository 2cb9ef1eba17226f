import { peopleAffected } from '../../fold/people.ts'
import { type State, serviceOf, type TeamState } from '../../fold/state.ts'
import { unusable } from '../../fold/verdicts.ts'
import type { Cascade } from '../cascade.ts'
import { expectedOf, fastestOf, stageOf } from './bout-sums.ts'
import { attackGroups, type Bout } from './bouts.ts'
import { hadFollowed, ownOutages } from './own-outages.ts'
import { type ProblemCause, type ProblemView, STAGES, type Stage, type StageView } from './problem-views.ts'

/** What is over everywhere is shown for so long: five minutes, in a short exercise a twelfth of it. ms */
const stays = ({ scenario }: State): number => Math.min(300_000, scenario.durationMs / 12)

interface Watched {
  readonly state: State
  readonly cascades: readonly Cascade[]
  readonly atMs: number
}

/**
 * [NV5] What is wrong now, the heaviest first, and then what was over a moment ago. `cascades`: of each team in `state.teams`. An outage of a service in whose country attackers are inside
 * it is part of that attack; what fails only for want of something else is part of what is wrong there.
 */
export function problemsView(
  state: State,
  cascades: readonly Cascade[],
  atMs: number,
): readonly ProblemView[] {
  const view = { state, cascades, atMs }
  const attacks = attackGroups(state, atMs).flatMap((bouts) => {
    const open = bouts.filter(({ toMs }) => toMs === null)
    const overMs = Math.max(...bouts.map(({ toMs }) => toMs ?? atMs))
    if (open.length === 0 && atMs - overMs > stays(state)) return []
    const last = open.length > 0 ? open : bouts.filter(({ toMs }) => toMs === overMs)
    const now = bouts.filter((bout) => last.some((one) => one.attack?.attack === bout.attack?.attack))
    return problemOf(view, bouts, now)
  })
  const outages = state.scenario.services.flatMap(({ id }) => {
    const bouts = state.teams.flatMap((team, place) => ownOutages(team, cascades[place], id, atMs))
    const open = bouts.filter(({ toMs }) => toMs === null)
    const own = bouts.filter((bout) => bout.toMs === null || !hadFollowed(state, bout, atMs))
    const overMs = Math.max(...own.map(({ toMs }) => toMs ?? atMs))
    if (open.length === 0 && (own.length === 0 || atMs - overMs > stays(state))) return []
    const last = open.length > 0 ? open : own.filter(({ toMs }) => toMs === overMs)
    const fromMs = Math.min(...last.map((bout) => bout.fromMs))
    // Of one and the same outage are those that were not over when the first that stands began, or the last that is over.
    const same = (open.length > 0 ? bouts : own).filter(({ toMs }) => (toMs ?? atMs) >= fromMs)
    return problemOf(view, bouts, same)
  })
  return [...attacks, ...outages].toSorted(
    (a, b) =>
      Number(a.open.length === 0) - Number(b.open.length === 0) ||
      b.people - a.people ||
      (b.taken?.people ?? 0) - (a.taken?.people ?? 0) ||
      b.open.length - a.open.length ||
      a.sinceMs - b.sinceMs ||
      (a.id < b.id ? -1 : 1),
  )
}

/** `all` that ever was of one kind, and what of it is shown: the landings of the same attacks, or one outage. */
function problemOf(view: Watched, all: readonly Bout[], now: readonly Bout[]): readonly ProblemView[] {
  const [first] = now
  if (!first) return []
  const { service, attack } = first
  const standing = now.filter(({ toMs }) => toMs === null)
  const here = standing.map(({ team }) => inCountry(view, team, service))
  const hit = [...new Set(now.map(({ team }) => team.id))]
  const takes = attack?.info.takes
  return [
    {
      id: attack ? `attack/${attack.attack}` : `outage/${service}`,
      cause: attack ? 'attack' : standing.length > 0 ? causeOf(standing, service) : 'over',
      service,
      what: attack?.info.publicText ?? null,
      sinceMs: Math.min(...(standing.length > 0 ? standing : now).map(({ fromMs }) => fromMs)),
      open: [...new Set(standing.map(({ team }) => team.id))],
      hit,
      people: here.reduce((sum, { people }) => sum + people, 0),
      out: here.filter(({ out }) => out).length,
      dependents: [...new Set(here.flatMap(({ dependents }) => dependents))],
      taken: takes ? { what: takes.what, people: takes.people * hit.length } : null,
      stages: Object.fromEntries(STAGES.map((stage) => [stage, stageOf(now, stage)])) as Record<
        Stage,
        StageView
      >,
      fastest: fastestOf(now),
      expected: expectedOf(standing, all, view.atMs),
      solvedMs: standing.length > 0 ? null : Math.max(...now.map(({ toMs }) => toMs ?? 0)),
    },
  ]
}

function inCountry({ state, cascades }: Watched, team: TeamState, id: string) {
  const cascade = cascades[state.teams.indexOf(team)]
  const dependents = [...(cascade?.because ?? [])].flatMap(([service, roots]) =>
    roots.includes(id) ? [service] : [],
  )
  const out = unusable(serviceOf(team, id)?.verdict ?? 'unknown')
  return { out, dependents, people: peopleAffected(state.scenario, team, [id, ...dependents]) }
}

/** The most that is so in every country where it stands. */
function causeOf(standing: readonly Bout[], id: string): ProblemCause {
  const services = standing.flatMap(({ team }) => serviceOf(team, id) ?? [])
  if (services.every(({ containerDown }) => containerDown)) return 'stopped'
  return services.every(({ verdict }) => verdict === 'broken') ? 'fails' : 'silent'
}
