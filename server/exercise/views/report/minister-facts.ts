import { type State, viewAt } from '../../fold/state.ts'
import type { Audience } from '../../scenario/model.ts'
import { namedTitle } from '../../scenario/named-title.ts'
import type { Text } from '../../scenario/words.ts'
import { exerciseView } from '../exercise-view.ts'
import { nationalView } from '../national-view.ts'
import type { NationalView } from '../views.ts'
import { type Measure, measures, wellAndToDo } from './measures.ts'
import { type ObjectiveFacts, objectiveFacts } from './objectives.ts'

/** Where a team stands. */
export interface StandingFacts {
  readonly team: string
  readonly name: Text
  readonly rank: number
  readonly points: number
  readonly possible: number
}

/** What a minister reads of an exercise: plain numbers, each of which is also in the picture on the wall or on the scoreboard. */
export interface MinisterFacts {
  readonly title: Text
  readonly summary: Text
  readonly atMs: number
  readonly durationMs: number
  readonly ended: boolean
  /** Names of those who ran it, where they are known. */
  readonly instructors: readonly string[]
  readonly teams: number
  readonly objectives: readonly Pick<ObjectiveFacts, 'id' | 'title' | 'reached'>[]
  /** Public services that were defended. */
  readonly services: readonly { readonly id: string; readonly title: Text }[]
  /** People of all countries together. */
  readonly population: number
  readonly affectedNow: number
  readonly peak: NationalView['peak']
  readonly personHours: number
  readonly curve: NationalView['curve']
  readonly taken: NationalView['taken']
  /** Attacks that were judged, over all teams. */
  readonly attacks: {
    readonly judged: number
    readonly stopped: number
    readonly landed: number
    readonly inside: number
  }
  readonly standings: readonly StandingFacts[]
  readonly well: readonly Measure[]
  readonly toDo: readonly Measure[]
}

const WHITE: Audience = { seat: 'white' }

/** For white, who gives it to whom it likes. */
export function ministerFacts(state: State, nowMs: number): MinisterFacts {
  const atMs = viewAt(state, nowMs)
  const { scenario, teams } = state
  const { peak, personHours, curve, taken, affected } = nationalView(state, atMs)
  const attacks = teams.flatMap((team) => team.attacks)
  const count = (...states: readonly string[]) => attacks.filter((one) => states.includes(one.state)).length
  return {
    title: namedTitle(state.name, scenario.title),
    summary: scenario.summary,
    atMs,
    durationMs: scenario.durationMs,
    ended: state.phase === 'ended',
    instructors: state.instructors,
    teams: teams.length,
    objectives: objectiveFacts(state, atMs).map(({ id, title, reached }) => ({ id, title, reached })),
    services: scenario.services.filter((one) => one.public).map(({ id, title }) => ({ id, title })),
    population: scenario.population * teams.length,
    affectedNow: affected,
    peak,
    personHours,
    curve,
    taken,
    attacks: {
      judged: count('landed', 'blocked', 'blocked-by-outage'),
      stopped: count('blocked'),
      landed: count('landed'),
      inside: attacks.filter((one) => one.state === 'landed' && one.closedMs === null).length,
    },
    standings: standingsFor(state, atMs, WHITE),
    ...wellAndToDo(measures(state, teams, atMs)),
  }
}

/** The scoreboard's own order and numbers. */
export const standingsFor = (state: State, atMs: number, audience: Audience): readonly StandingFacts[] =>
  exerciseView(state, atMs, audience).teams.map(({ id, name, rank, score }) => ({
    team: id,
    name,
    rank,
    points: score.total,
    possible: score.possible,
  }))
