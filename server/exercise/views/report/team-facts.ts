import { type State, teamOf, viewAt } from '../../fold/state.ts'
import { insider } from '../../ledger/audience.ts'
import type { ChangesRef, FixRef } from '../../ledger/source-events.ts'
import type { Audience } from '../../scenario/model.ts'
import { namedTitle } from '../../scenario/named-title.ts'
import { CATEGORIES, type Category, type Text } from '../../scenario/words.ts'
import { scoreAt } from '../../scoring/scoring.ts'
import { seriesFor } from '../frozen.ts'
import { inboxView } from '../inbox-view.ts'
import type { LossSamples } from '../series.ts'
import { type Measure, measures, wellAndToDo } from './measures.ts'
import { type StandingFacts, standingsFor } from './minister-facts.ts'
import { type TeamAttack, teamAttacks } from './team-attacks.ts'
import { type TeamWriting, writingsOf } from './team-writings.ts'
import { type WeaknessClass, weaknessClasses } from './weakness-classes.ts'

export interface TeamHint {
  readonly weakness: string
  readonly level: number
  readonly cost: number
  readonly atMs: number
}

export interface TeamFacts {
  readonly title: Text
  readonly team: string
  readonly name: Text
  readonly atMs: number
  readonly durationMs: number
  readonly ended: boolean
  readonly standing: StandingFacts
  readonly of: number
  readonly categories: readonly {
    readonly category: Category
    readonly points: number
    readonly possible: number
  }[]
  /** Points lost, as on the scoreboard: it stops where the standings do while they are held back. Empty where its samples are not known. */
  readonly curve: readonly { readonly atMs: number; readonly lost: number }[]
  readonly attacks: readonly TeamAttack[]
  /** What it changed in the sources of its services, as it was kept last. */
  readonly changes: readonly (ChangesRef & { readonly atMs: number })[]
  /** How the weaknesses of these services are mended in the reference, once it is over. */
  readonly fixes: readonly FixRef[]
  readonly hints: readonly TeamHint[]
  readonly writings: readonly TeamWriting[]
  /** Messages that wanted an answer and got none. */
  readonly unanswered: number
  readonly complaints: { readonly came: number; readonly open: number }
  readonly classes: readonly WeaknessClass[]
  readonly well: readonly Measure[]
  readonly toDo: readonly Measure[]
}

/** A team's day, for white and the team itself, as far as the team may know it: null for all others, and where there is no such team. */
export function teamFacts(
  state: State,
  losses: LossSamples | null,
  nowMs: number,
  id: string,
  asking: Audience,
): TeamFacts | null {
  const team = insider(asking, id) ? teamOf(state, id) : undefined
  if (!team) return null
  const audience = { seat: 'blue', team: id } as const
  const atMs = viewAt(state, nowMs)
  const standings = standingsFor(state, atMs, audience)
  const standing = standings.find((one) => one.team === id)
  if (!standing) return null
  const attacks = teamAttacks(state, team, atMs)
  const score = scoreAt(state, id, atMs)
  const inbox = inboxView(state, atMs, id, audience)
  return {
    title: namedTitle(state.name, state.scenario.title),
    team: id,
    name: team.name,
    atMs,
    durationMs: state.scenario.durationMs,
    ended: state.phase === 'ended',
    standing,
    of: standings.length,
    categories: CATEGORIES.flatMap((category) =>
      score.categories[category].possible > 0 ? { category, ...score.categories[category] } : [],
    ),
    curve: curveOf(state, losses, atMs, id),
    attacks,
    changes: Object.values(team.changes),
    fixes: state.fixes.filter(({ service }) => attacks.some((one) => one.service === service)),
    hints: team.hints.map(({ weakness, level, atMs: takenMs }) => ({
      weakness,
      level,
      cost: state.scenario.scoring.hintCosts[level - 1] ?? 0,
      atMs: takenMs,
    })),
    writings: writingsOf(state, atMs, id),
    unanswered: inbox.filter(({ standing: now }) => now === 'overdue').length,
    complaints: {
      came: team.ticketCount,
      open: team.tickets.filter(({ closedMs }) => closedMs === null).length,
    },
    classes: weaknessClasses(attacks),
    ...wellAndToDo(measures(state, [team], atMs)),
  }
}

function curveOf(state: State, losses: LossSamples | null, atMs: number, id: string): TeamFacts['curve'] {
  if (!losses) return []
  const { timesMs, teams } = seriesFor(losses, state, atMs, { seat: 'blue', team: id })
  const lost = teams.find((one) => one.id === id)?.lost ?? []
  return timesMs.map((moment, nth) => ({ atMs: moment, lost: lost[nth] ?? 0 }))
}
