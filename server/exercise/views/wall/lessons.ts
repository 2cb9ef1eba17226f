import type { State } from '../../fold/state.ts'
import type { Cascade } from '../cascade.ts'
import { attackGroups, type Bout } from './bouts.ts'
import type { LessonBout, LessonView } from './lesson-views.ts'
import { hadFollowed, ownOutages } from './own-outages.ts'

const LESSONS = 3

/**
 * [NV7] Three lessons at the most once the exercise is over, the gravest first; none before: they would be in the way of what is to be done. `cascades`: of each team in `state.teams`.
 */
export function lessonsView(state: State, cascades: readonly Cascade[], atMs: number): readonly LessonView[] {
  if (state.phase !== 'ended') return []
  const attacks = attackGroups(state, atMs)
  const outages = state.scenario.services
    .filter((service) => service.public)
    .map(({ id }) =>
      state.teams.flatMap((team, place) =>
        ownOutages(team, cascades[place], id, atMs).filter((bout) => !hadFollowed(state, bout, atMs)),
      ),
    )
  const groups = [...attacks, ...outages]
  const found = [
    open(state, attacks),
    longest(groups),
    fastest(groups),
    mostHit(state, attacks),
    blocked(state),
  ]
  return found.flatMap((lesson) => lesson ?? []).slice(0, LESSONS)
}

function open(state: State, attacks: readonly (readonly Bout[])[]): LessonView | null {
  const standing = attacks.flat().filter(({ toMs }) => toMs === null)
  if (standing.length === 0) return null
  const has = (known: (bout: Bout) => string) => (id: string) => standing.some((bout) => known(bout) === id)
  return {
    kind: 'open',
    services: state.scenario.services.map(({ id }) => id).filter(has(({ service }) => service)),
    teams: state.teams.map(({ id }) => id).filter(has(({ team }) => team.id)),
  }
}

interface Over extends Bout {
  readonly toMs: number
}
const isOver = (bout: Bout): bout is Over => bout.toMs !== null
const lastedMs = ({ fromMs, toMs }: Over): number => toMs - fromMs

/** One order for all who watch, whatever else they know: they learn of attacks at different moments. */
const inOrder = (a: Bout, b: Bout): number =>
  a.fromMs - b.fromMs ||
  a.team.id.localeCompare(b.team.id) ||
  a.service.localeCompare(b.service) ||
  (a.reached.noticed ?? Number.POSITIVE_INFINITY) - (b.reached.noticed ?? Number.POSITIVE_INFINITY) ||
  0

const told = (bout: Over): LessonBout => {
  const after = (ms: number | null) => (ms === null ? null : ms - bout.fromMs)
  return {
    cause: bout.attack ? 'attack' : 'outage',
    service: bout.service,
    team: bout.team.id,
    ms: lastedMs(bout),
    noticedMs: after(bout.reached.noticed),
    mendingMs: after(bout.reached.mending),
  }
}

function longest(groups: readonly (readonly Bout[])[]): LessonView | null {
  const [bout] = groups
    .flat()
    .filter(isOver)
    .toSorted((a, b) => lastedMs(b) - lastedMs(a) || inOrder(a, b))
  return bout && lastedMs(bout) > 0 ? { kind: 'longest', bout: told(bout) } : null
}

/** Where several countries had the same, the one that is furthest ahead of the slowest. */
function fastest(groups: readonly (readonly Bout[])[]): LessonView | null {
  const ahead = groups.flatMap((group) => {
    const over = group.filter(isOver).toSorted((a, b) => lastedMs(a) - lastedMs(b) || inOrder(a, b))
    const [first, last] = [over[0], over.at(-1)]
    if (!first || !last || first.team.id === last.team.id) return []
    return lastedMs(first) < lastedMs(last) ? [{ first, slowestMs: lastedMs(last) }] : []
  })
  const lead = ({ first, slowestMs }: (typeof ahead)[number]) => slowestMs - lastedMs(first)
  const [best] = ahead.toSorted((a, b) => lead(b) - lead(a) || inOrder(a.first, b.first))
  return best ? { kind: 'fastest', bout: told(best.first), slowestMs: best.slowestMs } : null
}

function mostHit({ scenario }: State, attacks: readonly (readonly Bout[])[]): LessonView | null {
  const hit = scenario.services.map(({ id }) => {
    const here = attacks.flat().filter(({ service }) => service === id)
    return { id, teams: new Set(here.map(({ team }) => team.id)).size }
  })
  const most = Math.max(0, ...hit.map(({ teams }) => teams))
  const services = hit.filter(({ teams }) => teams === most).map(({ id }) => id)
  return most > 0 ? { kind: 'most-hit', services, teams: most } : null
}

function blocked({ teams }: State): LessonView | null {
  const judged = teams
    .flatMap(({ attacks }) => attacks)
    .filter(({ state }) => state === 'landed' || state === 'blocked' || state === 'blocked-by-outage')
  if (judged.length === 0) return null
  const held = judged.filter(({ state }) => state === 'blocked').length
  return { kind: 'blocked', blocked: held, attacks: judged.length }
}
