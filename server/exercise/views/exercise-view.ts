import { type State, serviceOf, type TeamState, teamOf, viewAt } from '../fold/state.ts'
import { STORY_KEPT } from '../fold/story.ts'
import type { StoryItem } from '../fold/story-item.ts'
import { playedByMachine, wasHandedBack } from '../fold/team-acts.ts'
import { insider } from '../ledger/audience.ts'
import type { Audience } from '../scenario/model.ts'
import { namedTitle } from '../scenario/named-title.ts'
import { skipTarget } from '../schedule/skip.ts'
import { better } from '../scoring/scoring.ts'
import { attackViews } from './attack-views.ts'
import { frozenFor, shownScore } from './frozen.ts'
import { heldViews, phaseViews } from './phase-views.ts'
import { serviceView } from './service-view.ts'
import { ticketViews } from './ticket-views.ts'
import type { ExerciseView, TeamView } from './views.ts'
import { worldViews } from './world-views.ts'

/**
 * The whole exercise as an audience may see it, at exercise time `atMs` (ms; not before the last event). `state` may be folded
 * from the audience's own stream or from the whole ledger: the view is the same.
 */
export function exerciseView(state: State, atMs: number, audience: Audience): ExerciseView {
  const at = viewAt(state, atMs)
  const { scenario } = state
  const frozen = frozenFor(state, audience)
  return {
    id: state.exerciseId,
    title: namedTitle(state.name, scenario.title),
    summary: scenario.summary,
    phase: state.phase,
    atMs: at,
    durationMs: scenario.durationMs,
    speed: state.speed,
    skipToMs: audience.seat === 'white' && state.phase === 'running' ? skipTarget(state, at) : null,
    phases: phaseViews(state),
    held: audience.seat === 'white' ? heldViews(state) : [],
    injects: injectsFor(state, audience),
    personas: scenario.citizens.personas.map(({ id, name }) => ({ id, name })),
    teams: teamViews(state, at, audience),
    story: storyFor(state, audience),
    deploy: state.teams.map(({ id, deploy }) => ({
      ...deploy,
      team: id,
      what: audience.seat === 'white' ? deploy.what : '',
    })),
    failure: audience.seat === 'white' ? state.failure : null,
    strain: state.strain,
    isolationLost: audience.seat === 'white' ? state.isolationLost : null,
    ...(state.teams.some(({ world }) => world.length > 0) && { world: worldViews(state) }),
    ...(state.moving.length > 0 && { moving: state.moving }),
    ...(state.machinesAway.length > 0 && { machinesAway: machinesFor(state, audience) }),
    ...(frozen && { frozenMs: frozen.atMs }),
    revision: revisionFor(state, audience),
  }
}

/** What they are called is for white. */
const machinesFor = ({ machinesAway }: State, { seat }: Audience): State['machinesAway'] =>
  seat === 'white' ? machinesAway : machinesAway.map((machine) => ({ ...machine, name: '' }))

/** In rank order; teams of equal rank in the order of the scenario. */
function teamViews(state: State, atMs: number, audience: Audience): readonly TeamView[] {
  const scored = state.teams
    .map((team) => ({ team, score: shownScore(state, team.id, atMs, audience) }))
    .toSorted((a, b) => better(a.score, b.score))
  return scored.map(({ team, score }) => ({
    id: team.id,
    name: team.name,
    country: team.country,
    pilot: team.pilot,
    ...handedBackOf(team, atMs),
    score,
    rank: 1 + scored.filter((other) => better(other.score, score) < 0).length,
    services: servicesOf(state, team, atMs, audience),
    attacks: attackViews(state, team, audience, atMs),
    tickets: ticketViews(state, team, audience),
    tutor: insider(audience, team.id) ? notesOf(team) : [],
  }))
}

/** What the tutor told and white has not taken back, newest first. */
const notesOf = ({ tutored }: TeamState): TeamView['tutor'] =>
  tutored.filter(({ withdrawnMs }) => withdrawnMs === undefined).toReversed()

const handedBackOf = ({ handBack }: TeamState, atMs: number): Pick<TeamView, 'handedBack'> =>
  wasHandedBack(handBack)
    ? { handedBack: { playedMs: playedByMachine(handBack, atMs), mended: handBack.mended } }
    : {}

const servicesOf = (state: State, team: TeamState, atMs: number, audience: Audience) =>
  state.scenario.services.flatMap((service) => {
    const now = serviceOf(team, service.id)
    return now ? [serviceView(team, service, now, atMs, audience)] : []
  })

/** Messages that are not of the scenario, each once. */
const addedInjects = ({ teams }: State): ExerciseView['injects'] => [
  ...new Map(
    teams
      .flatMap(({ injects }) => injects)
      .filter(({ info }) => info.added)
      .map(({ inject, info }) => [inject, { id: inject, number: info.number, title: info.title }]),
  ).values(),
]

/** Titles of messages, for what tells of them. */
function injectsFor(state: State, audience: Audience): ExerciseView['injects'] {
  if (audience.seat === 'white')
    return [
      ...state.scenario.injects.map(({ id, number, title }) => ({ id, number, title })),
      ...addedInjects(state),
    ]
  const own = audience.seat === 'blue' ? (teamOf(state, audience.team)?.injects ?? []) : []
  return own.map(({ inject, info }) => ({ id: inject, number: info.number, title: info.title }))
}

/** The latest of the story, newest last: what everybody may know, and what is this audience's own. */
function storyFor(state: State, audience: Audience): readonly StoryItem[] {
  const own =
    audience.seat === 'white'
      ? [...state.observerStory, ...state.whiteStory, ...state.teams.flatMap((team) => team.story)]
      : audience.seat === 'blue'
        ? (teamOf(state, audience.team)?.story ?? [])
        : audience.seat === 'observer'
          ? state.observerStory
          : []
  const items = own.length === 0 ? state.story : [...state.story, ...own]
  const frozen = frozenFor(state, audience)
  return items
    .filter((item) => !(frozen && item.atMs >= frozen.atMs && isOthersScore(item, audience)))
    .toSorted((a, b) => a.position - b.position)
    .slice(-STORY_KEPT)
}

/** It says how the score of a team moved that is not the audience's own. */
const isOthersScore = ({ code, team }: StoryItem, audience: Audience): boolean =>
  code === 'story.score.adjusted' && !(audience.seat === 'blue' && audience.team === team)

/** Position of the last event that the audience sees. */
function revisionFor(state: State, audience: Audience): number {
  if (audience.seat === 'white') return state.position
  const own = audience.seat === 'blue' ? (teamOf(state, audience.team)?.ownPosition ?? 0) : 0
  const observed = audience.seat === 'observer' ? state.observerPosition : 0
  return Math.max(state.publicPosition, own, observed)
}
