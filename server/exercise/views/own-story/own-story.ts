import { type State, teamOf, viewAt } from '../../fold/state.ts'
import { insider } from '../../ledger/audience.ts'
import type { Audience } from '../../scenario/model.ts'
import { explain } from '../../scoring/explain.ts'
import type { ScoreLine } from '../../scoring/score.ts'
import { attackMoments } from './attack-moments.ts'
import { appealMoments, messageMoments, reportMoments } from './message-moments.ts'
import type { Moment, ScoredMoment } from './moment.ts'
import { citizenMoments, dayMoments, scoreMoments, serviceMoments, wordMoments } from './other-moments.ts'

/**
 * What has happened to a team, oldest first, each with the lines of its score that it decided: from facts that stay, not from the story of the day, which forgets. For white and the
 * team itself; white sees no more in it than the team does.
 */
export function ownStory(
  state: State,
  atMs: number,
  teamId: string,
  audience: Audience,
): readonly ScoredMoment[] {
  const team = insider(audience, teamId) ? teamOf(state, teamId) : undefined
  if (!team) return []
  const at = viewAt(state, atMs)
  const moments = [
    ...attackMoments(team),
    ...messageMoments(team, at),
    ...reportMoments(team),
    ...appealMoments(team),
    ...serviceMoments(team),
    ...citizenMoments(state, team),
    ...wordMoments(team),
    ...scoreMoments(state, team),
    ...dayMoments(state),
  ].toSorted((a, b) => a.atMs - b.atMs || a.position - b.position)
  return scored(moments, explain(state, teamId, at, audience))
}

/** Each line stands at the last moment that it follows from; lines that grow all the time stand at none. */
function scored(moments: readonly Moment[], lines: readonly ScoreLine[]): readonly ScoredMoment[] {
  const places = new Map<number, number>()
  for (const [place, { events }] of moments.entries()) for (const event of events) places.set(event, place)
  const at = new Map<number, ScoreLine[]>()
  for (const line of lines) {
    if (line.category === 'availability' && line.possible > 0) continue
    if (line.category === 'usability' && line.possible > 0) continue
    const place = Math.max(-1, ...line.events.map((event) => places.get(event) ?? -1))
    if (place >= 0) at.set(place, [...(at.get(place) ?? []), line])
  }
  return moments.map((moment, place) => ({ ...moment, lines: at.get(place) ?? [] }))
}
