import type { EventType, Recorded, RecordedOf } from '../ledger/events.ts'
import { RULES, type RulesTable } from '../ledger/rules.ts'
import { visibility } from '../ledger/visibility.ts'
import type { Scenario } from '../scenario/model.ts'
import { perCategory } from '../scenario/per-category.ts'
import { type Draft, openDraft, pushBounded, teamIn } from './draft.ts'
import { askedHandlers } from './evolve-asked.ts'
import { abandoned, blocked, footholdClosed, landed, launched } from './evolve-attack.ts'
import { caseHandlers } from './evolve-case.ts'
import { checkHandlers } from './evolve-checks.ts'
import { clockTurned } from './evolve-clock.ts'
import { controlHandlers } from './evolve-control.ts'
import { draftSaved, injectAnswered, injectGraded, injectRead, injectSent } from './evolve-inject.ts'
import { instructorActed } from './evolve-instructor.ts'
import { keyHandlers } from './evolve-key.ts'
import { machineHandlers } from './evolve-machine.ts'
import { observationHandlers } from './evolve-observation.ts'
import { pilotActed, pilotChanged, skipHandBack } from './evolve-pilot.ts'
import { containerChanged, diskFilled, leap, verdictChanged } from './evolve-service.ts'
import { sourceHandlers } from './evolve-source.ts'
import { strainChanged } from './evolve-strain.ts'
import { terminalHandlers } from './evolve-terminal.ts'
import {
  ticketAnswered,
  ticketClosed,
  ticketOpened,
  ticketRepeated,
  tutorSaid,
  tutorWithdrawn,
} from './evolve-ticket.ts'
import { entryAdded, entryChanged, entryFired } from './evolve-timeline.ts'
import { trafficHandlers } from './evolve-traffic.ts'
import { handoverWritten, workClaimed, workReleased } from './evolve-work.ts'
import { newTeam, undeployed } from './new-team.ts'
import { noRange } from './range-state.ts'
import { reportHandlers } from './report-handlers.ts'
import { responseBegan } from './responses.ts'
import type { Halt } from './small-state.ts'
import { initialState, type State } from './state.ts'
import { tell, tellObservers, tellWhite } from './story.ts'

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
    Object.assign(draft.root, noRange)
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
  ...machineHandlers,
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
    draft.root.preparation = null
    tell(draft, event, 'neutral', 'exercise.started')
  },
  'exercise.paused': (draft, event) => {
    draft.root.phase = 'paused'
    draft.root.pauseReason = event.data.reason
    halted(draft, event, 'paused', { reason: event.data.reason })
    tell(draft, event, 'warning', 'exercise.paused', { params: { reason: event.data.reason } })
  },
  'exercise.resumed': (draft, event) => {
    draft.root.phase = 'running'
    draft.root.pauseReason = ''
    draft.root.preparation = null
    halted(draft, event, 'resumed')
    tell(draft, event, 'neutral', 'exercise.resumed')
  },
  'preparation.changed': (draft, event) => {
    const { open } = event.data
    draft.root.preparation = open
    tell(draft, event, 'neutral', open ? 'preparation.opened' : 'preparation.closed')
  },
  'exercise.skipped': (draft, event) => {
    const { fromMs } = event.data
    for (const { id } of draft.root.teams) {
      leap(draft, id, fromMs, event.at)
      skipHandBack(draft, id, event.at - fromMs)
    }
    halted(draft, event, 'skipped', { ms: event.at - fromMs })
    tell(draft, event, 'neutral', 'exercise.skipped', { params: { ms: event.at - fromMs } })
  },
  'speed.changed': (draft, event) => {
    draft.root.speed = event.data.to
    tell(draft, event, 'neutral', 'speed.changed', { params: { speed: event.data.to } })
  },
  'exercise.ended': (draft, event) => {
    draft.root.phase = 'ended'
    draft.root.endReason = event.data.reason
    draft.root.pauseReason = ''
    tell(draft, event, 'neutral', 'exercise.ended', { params: { reason: event.data.reason } })
  },
  'strain.changed': strainChanged,
  'platform.recovered': (draft, event) => {
    tell(draft, event, 'warning', 'platform.recovered', { params: { awayMs: event.data.awayMs } })
  },
  'entry.fired': entryFired,
  'entry.changed': entryChanged,
  'entry.added': entryAdded,
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
  'tutor.withdrawn': tutorWithdrawn,
  'inject.sent': injectSent,
  'inject.read': injectRead,
  'inject.answered': injectAnswered,
  'inject.graded': injectGraded,
  'draft.saved': draftSaved,
  ...reportHandlers,
  'work.claimed': workClaimed,
  'work.released': workReleased,
  'handover.written': handoverWritten,
  'response.began': responseBegan,
  ...caseHandlers,
  ...controlHandlers,
  ...observationHandlers,
  'attack.launched': launched,
  'attack.landed': landed,
  'attack.blocked': blocked,
  'attack.abandoned': abandoned,
  'foothold.closed': footholdClosed,
  'disk.filled': diskFilled,
  'container.died': containerChanged,
  'container.started': containerChanged,
  'pilot.changed': pilotChanged,
  'pilot.acted': pilotActed,
  ...askedHandlers,
  ...terminalHandlers,
  ...keyHandlers,
  ...trafficHandlers,
  ...checkHandlers,
  ...sourceHandlers,
}

const HALTS_KEPT = 100

function halted(
  draft: Draft,
  { at: atMs, position, wall }: Recorded,
  code: Halt['code'],
  more: Partial<Halt> = {},
) {
  const halt = { code, atMs, position, reason: '', ms: 0, wall, ...more }
  draft.root.halts = pushBounded(draft, draft.root.halts, halt, HALTS_KEPT)
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
  clockTurned(draft, event)
  instructorActed(draft, event)
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
