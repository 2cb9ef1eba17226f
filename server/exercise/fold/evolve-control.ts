import type { ControlPayloads } from '../ledger/control-events.ts'
import type { RecordedOf } from '../ledger/events.ts'
import { type Draft, pushBounded, serviceIn, teamIn } from './draft.ts'
import { interrupt, resume } from './interruption.ts'
import { tell } from './story.ts'

const TOLD_KEPT = 50

function worldBegan(draft: Draft, event: RecordedOf<'world.began'>) {
  const { team: id, entry, info, untilMs } = event.data
  const team = teamIn(draft, id)
  if (!team) return
  const dead = info.services.filter((service) => serviceIn(draft, team, service)?.containerDown)
  const world = {
    entry,
    info,
    beganMs: event.at,
    untilMs,
    endedMs: null,
    dead,
    position: event.position,
  }
  team.world = [...team.world, world]
  interrupt(draft, team, `world/${entry}`, info.services, event)
  tell(draft, event, 'warning', 'world.began', { team: id, params: { entry } })
}

function worldEnded(draft: Draft, event: RecordedOf<'world.ended'>) {
  const { team: id, entry } = event.data
  const team = teamIn(draft, id)
  const stands = team?.world.find((one) => one.entry === entry && one.endedMs === null)
  if (!team || !stands) return
  team.world = team.world.map((one) => (one === stands ? { ...one, endedMs: event.at } : one))
  const { effect, services } = stands.info
  const started = effect === 'stop' ? services.filter((one) => !stands.dead.includes(one)) : []
  resume(draft, team, `world/${entry}`, started, event)
  tell(draft, event, 'good', 'world.ended', { team: id, params: { entry } })
}

function serviceActed(draft: Draft, event: RecordedOf<'service.acted'>) {
  const { team: id, service, action, cost, by } = event.data
  const team = teamIn(draft, id)
  if (!team) return
  const act = {
    act: team.acts.length + 1,
    service,
    action,
    cost,
    by,
    atMs: event.at,
    finishedMs: null,
    ok: false,
    reason: '',
    position: event.position,
  }
  team.acts = [...team.acts, act]
  interrupt(draft, team, `act/${act.act}`, [service], event)
  tell(draft, event, 'warning', `service.${action}`, { team: id, service, params: { cost } })
}

function serviceActFinished(draft: Draft, event: RecordedOf<'service.act-finished'>) {
  const { team: id, act, ok, reason } = event.data
  const team = teamIn(draft, id)
  const done = team?.acts.find((one) => one.act === act && one.finishedMs === null)
  if (!team || !done) return
  team.acts = team.acts.map((one) => (one === done ? { ...one, finishedMs: event.at, ok, reason } : one))
  resume(draft, team, `act/${act}`, ok ? [done.service] : [], event)
  if (!ok) tell(draft, event, 'bad', 'service.act-failed', { team: id, service: done.service })
}

function guestsTold(draft: Draft, event: RecordedOf<'guests.told'>) {
  const { message, text } = event.data
  const told = { message, text, atMs: event.at, position: event.position }
  draft.root.told = pushBounded(draft, draft.root.told, told, TOLD_KEPT)
  tell(draft, event, 'neutral', 'guests.told', { params: { text } })
}

function standingsFrozen(draft: Draft, event: RecordedOf<'standings.frozen'>) {
  draft.root.standings = { atMs: event.at, scores: event.data.scores }
  tell(draft, event, 'neutral', 'standings.frozen')
}

function standingsRevealed(draft: Draft, event: RecordedOf<'standings.revealed'>) {
  draft.root.standings = null
  tell(draft, event, 'neutral', 'standings.revealed')
}

/** No news: every page says it where it says that the exercise has not begun. */
function startPlanned(draft: Draft, { data }: RecordedOf<'start.planned'>) {
  draft.root.plannedStart = data.atWall
  draft.root.startMissed = data.missed ?? false
}

/** No news: it stands in the title of every page. */
function exerciseNamed(draft: Draft, { data }: RecordedOf<'exercise.named'>) {
  draft.root.name = data.name
}

/** No news: a wall that shows something else says nothing of who wants that. */
function wallSceneSet(draft: Draft, event: RecordedOf<'wall.scene-set'>) {
  draft.root.wallScene = event.data.scene
}

/** No news either: whoever holds the service writes what is read there. */
function wallPageSet(draft: Draft, { data }: RecordedOf<'wall.page-set'>) {
  draft.root.wallPage = data.page
  draft.root.wallPageEnd = data.reason ?? null
}

/** What those who run the exercise did, and the timeline to the range: one handler for each of its facts. */
export const controlHandlers: {
  readonly [T in keyof ControlPayloads]: (draft: Draft, event: RecordedOf<T>) => void
} = {
  'world.began': worldBegan,
  'world.ended': worldEnded,
  'service.acted': serviceActed,
  'service.act-finished': serviceActFinished,
  'guests.told': guestsTold,
  'standings.frozen': standingsFrozen,
  'standings.revealed': standingsRevealed,
  'start.planned': startPlanned,
  'exercise.named': exerciseNamed,
  'wall.scene-set': wallSceneSet,
  'wall.page-set': wallPageSet,
}
