import type { EventType, Recorded, RecordedOf } from '../ledger/events.ts'
import { RULES, type RulesTable } from '../ledger/rules.ts'
import { visibility } from '../ledger/visibility.ts'
import type { Scenario } from '../scenario/model.ts'
import { perCategory } from '../scenario/per-category.ts'
import { handleOf } from '../scenario/weaknesses.ts'
import { type Draft, openDraft, ownList, pushBounded, teamIn } from './draft.ts'
import { abandoned, blocked, footholdClosed, landed, launched } from './evolve-attack.ts'
import { containerChanged, leap, verdictChanged } from './evolve-service.ts'
import { ticketAnswered, ticketClosed, ticketOpened, ticketRepeated, tutorSaid } from './evolve-ticket.ts'
import { newTeam, undeployed } from './new-team.ts'
import { initialState, type State } from './state.ts'
import { tell, tellObservers, tellTeam, tellWhite } from './story.ts'

const NOTES_KEPT = 200
const ACTS_KEPT = 200

/** One handler for each type of event: a missing one does not compile. */
type Handlers = { readonly [T in EventType]: (draft: Draft, event: RecordedOf<T>) => void }

const handlers: Handlers = {
  'exercise.created': (draft, event) => {
    const { data } = event
    draft.root.exerciseId = data.exerciseId
    draft.root.scenario = withEveryCategory(data.scenario)
    draft.root.scenarioHash = data.scenarioHash
    draft.root.rulesVersion = data.rulesVersion
    draft.root.seed = data.seed
    draft.root.speed = data.speed
    draft.root.teams = data.teams.map((team) => newTeam(team, event))
    draft.root.places = { teams: placesOf(data.teams), services: placesOf(data.scenario.services) }
  },
  'deploy.started': (draft, { data }) => {
    draft.root.phase = 'deploying'
    draft.root.failure = null
    draft.root.isolationLost = null
    for (const id of data.teams) {
      const team = teamIn(draft, id)
      if (team) Object.assign(team, undeployed)
    }
  },
  'deploy.progressed': (draft, { data }) => {
    const team = teamIn(draft, data.team)
    if (team) team.deploy = { done: data.done, total: data.total, what: data.what }
  },
  'isolation.proven': (draft, event) => {
    const team = teamIn(draft, event.data.team)
    if (!team) return
    team.isolation = event.data.checks
    tellWhite(draft, event, 'good', 'isolation.proven', {
      team: team.id,
      params: { checks: event.data.checks.length },
    })
  },
  'isolation.lost': (draft, event) => {
    const { team, what } = event.data
    draft.root.isolationLost = { team, what, atMs: event.at }
    tellObservers(draft, event, 'bad', 'isolation.lost', { team })
  },
  'isolation.restored': (draft, event) => {
    draft.root.isolationLost = null
    tellObservers(draft, event, 'good', 'isolation.restored', { params: { lostMs: event.data.lostMs } })
  },
  'deploy.finished': (draft, event) => {
    draft.root.phase = 'ready'
    tell(draft, event, 'good', 'deploy.finished', { params: { ms: event.data.ms } })
  },
  'deploy.failed': (draft, event) => {
    draft.root.phase = 'created'
    draft.root.failure = event.data
    tellWhite(draft, event, 'bad', 'deploy.failed', { team: event.data.team })
  },
  'exercise.started': (draft, event) => {
    draft.root.phase = 'running'
    tell(draft, event, 'neutral', 'exercise.started')
  },
  'exercise.paused': (draft, event) => {
    draft.root.phase = 'paused'
    draft.root.pauseReason = event.data.reason
    tell(draft, event, 'warning', 'exercise.paused', { params: { reason: event.data.reason } })
  },
  'exercise.resumed': (draft, event) => {
    draft.root.phase = 'running'
    draft.root.pauseReason = ''
    tell(draft, event, 'neutral', 'exercise.resumed')
  },
  'exercise.skipped': (draft, event) => {
    const { fromMs } = event.data
    for (const { id } of draft.root.teams) leap(draft, id, fromMs, event.at)
    tell(draft, event, 'neutral', 'exercise.skipped', { params: { ms: event.at - fromMs } })
  },
  'speed.changed': (draft, event) => {
    draft.root.speed = event.data.to
    tell(draft, event, 'neutral', 'speed.changed', { params: { speed: event.data.to } })
  },
  'exercise.ended': (draft, event) => {
    draft.root.phase = 'ended'
    draft.root.pauseReason = ''
    tell(draft, event, 'neutral', 'exercise.ended', { params: { reason: event.data.reason } })
  },
  'platform.recovered': (draft, event) => {
    tell(draft, event, 'warning', 'platform.recovered', { params: { awayMs: event.data.awayMs } })
  },
  'entry.fired': (draft, event) => {
    const { kind, id, team } = event.data
    draft.root.fired = [...draft.root.fired, { kind, id, team, atMs: event.at }]
    tellWhite(draft, event, 'neutral', 'entry.fired', { team, params: { entry: id } })
  },
  'phase.entered': (draft, event) => {
    draft.root.phasesEntered = [...draft.root.phasesEntered, { id: event.data.phase, atMs: event.at }]
    tell(draft, event, 'neutral', 'phase.entered', { params: { phase: event.data.phase } })
  },
  'verdict.changed': verdictChanged,
  'ticket.opened': ticketOpened,
  'ticket.answered': ticketAnswered,
  'ticket.repeated': ticketRepeated,
  'ticket.closed': ticketClosed,
  'tutor.said': tutorSaid,
  'attack.launched': launched,
  'attack.landed': landed,
  'attack.blocked': blocked,
  'attack.abandoned': abandoned,
  'foothold.closed': footholdClosed,
  'container.died': containerChanged,
  'container.started': containerChanged,
  'pilot.changed': (draft, event) => {
    const { data } = event
    const team = teamIn(draft, data.team)
    if (!team) return
    team.pilot = data.to
    tell(draft, event, 'neutral', 'pilot.changed', {
      team: team.id,
      params: { from: data.from, to: data.to },
    })
  },
  'pilot.acted': (draft, event) => {
    const { data } = event
    const team = teamIn(draft, data.team)
    if (!team) return
    const weakness = data.handle ?? handleOf(draft.root.scenario.weaknesses, data.weakness)
    const act = { weakness, action: data.action, ok: data.ok, atMs: event.at }
    team.acted = pushBounded(draft, team.acted, act, ACTS_KEPT)
    const tone = !data.ok ? 'bad' : data.action === 'fix' ? 'good' : 'warning'
    tellTeam(draft, team, event, tone, `pilot.${data.action}`, {
      params: { weakness, ok: data.ok ? 1 : 0 },
    })
  },
  'hint.taken': (draft, event) => {
    const { data } = event
    const team = teamIn(draft, data.team)
    if (!team) return
    const { weaknesses } = draft.root.scenario
    const text = data.text ?? weaknesses.find((w) => w.id === data.weakness)?.hints[data.level - 1] ?? null
    const weakness = data.handle ?? handleOf(weaknesses, data.weakness)
    const hint = { weakness, level: data.level, text, atMs: event.at, position: event.position }
    team.hints = [...team.hints, hint]
    tell(draft, event, 'neutral', 'hint.taken', { team: team.id, params: { level: data.level } })
  },
  'terminal.opened': (draft, event) => {
    const { data } = event
    const team = teamIn(draft, data.team)
    if (!team) return
    const { terminal, service, by } = data
    team.terminals = [...team.terminals, { terminal, service, by, sinceMs: event.at }]
    if (by?.kind === 'pilot' && by.team === team.id) team.pilotAtMs = event.at
    tellTeam(draft, team, event, 'neutral', 'terminal.opened', { service })
  },
  'terminal.closed': (draft, event) => {
    const team = teamIn(draft, event.data.team)
    if (team) team.terminals = team.terminals.filter((t) => t.terminal !== event.data.terminal)
  },
  'seat.issued': (draft, event) => {
    const { seatId, seat, team, label } = event.data
    const seats = ownList(draft, draft.root.seats)
    seats.push({ seatId, seat, team, label, revoked: false })
    draft.root.seats = seats
  },
  'seat.revoked': (draft, event) => {
    draft.root.seats = draft.root.seats.map((seat) =>
      seat.seatId === event.data.seatId ? { ...seat, revoked: true } : seat,
    )
    tellWhite(draft, event, 'warning', 'seat.revoked')
  },
  'score.adjusted': (draft, event) => {
    const { team: id, ...adjustment } = event.data
    const team = teamIn(draft, id)
    if (!team) return
    team.adjustments = [...team.adjustments, { ...adjustment, atMs: event.at, position: event.position }]
    tell(draft, event, adjustment.points < 0 ? 'bad' : 'good', 'score.adjusted', {
      team: team.id,
      params: {
        category: adjustment.category,
        points: adjustment.points,
        reason: adjustment.reason,
      },
    })
  },
  'note.added': (draft, event) => {
    const note = { ...event.data, atMs: event.at, position: event.position }
    draft.root.notes = pushBounded(draft, draft.root.notes, note, NOTES_KEPT)
    tellWhite(draft, event, 'neutral', 'note', { params: { text: event.data.text } })
  },
}

/** A category that there was not when the exercise was created has no points in it. */
const withEveryCategory = (scenario: Scenario): Scenario => ({
  ...scenario,
  scoring: { ...perCategory(() => 0), ...scenario.scoring },
})

const placesOf = (list: readonly { readonly id: string }[]): ReadonlyMap<string, number> =>
  new Map(list.map(({ id }, index) => [id, index]))

function apply(draft: Draft, event: Recorded) {
  const handler = handlers[event.type] as (draft: Draft, event: Recorded) => void
  handler(draft, event)
  draft.root.atMs = event.at
  draft.root.position = event.position
  const seen = visibility(event)
  if (seen === 'all') draft.root.publicPosition = event.position
  else if (seen === 'observer') draft.root.observerPosition = event.position
  else if (seen !== 'white') {
    const team = teamIn(draft, seen.team)
    if (team) team.ownPosition = event.position
  }
}

/** The state after one more event. The given state stays as it is. */
export function evolve(state: State, event: Recorded): State {
  const draft = openDraft(state, RULES)
  apply(draft, event)
  return draft.root
}

/** The state after many events, which may be a whole ledger: like `evolve` again and again, but copies each part only once. */
export function fold(
  events: Iterable<Recorded>,
  from: State = initialState,
  table: RulesTable = RULES,
): State {
  const draft = openDraft(from, table)
  for (const event of events) apply(draft, event)
  return draft.root
}
