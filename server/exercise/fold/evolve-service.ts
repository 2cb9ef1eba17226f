import type { Recorded, RecordedOf } from '../ledger/events.ts'
import type { Verdict } from '../scenario/words.ts'
import {
  type Draft,
  own,
  ownList,
  pushBounded,
  type ServiceDraft,
  serviceIn,
  type TeamDraft,
  teamIn,
} from './draft.ts'
import { alertCase } from './evolve-case.ts'
import { settleUsability } from './evolve-ticket.ts'
import { peopleChanged } from './people.ts'
import type { ServiceMark } from './small-state.ts'
import { tell, tellTeam, tellWhite } from './story.ts'
import type { StoryItem } from './story-item.ts'
import { effective, serviceVerdict, sound, soundSinceMs, unusable } from './verdicts.ts'

/** Turns of a service's verdict that are kept at least. */
const TURNS_KEPT = 240

/**
 * Brings a service's tallies up to `at`, before anything about it changes. Only time that passed counts: what happens within
 * one instant leaves no trace, whatever its order. [SC3] [SC9]
 */
export function settle(draft: Draft, team: TeamDraft, service: ServiceDraft, at: number) {
  const span = at - service.settledMs
  if (span <= 0) return
  const journeys = ownList(draft, service.journeys)
  for (let i = 0; i < journeys.length; i += 1) {
    const before = journeys[i]
    if (!before) continue
    const verdict = effective(service, before)
    const journey = own(draft, before)
    journeys[i] = journey
    if (verdict === 'up') journey.upMs += span
    else if (verdict === 'slow') journey.slowMs += span
    else if (verdict === 'broken') journey.brokenMs += span
    else if (verdict === 'down') journey.downMs += span
  }
  service.journeys = journeys
  settleRestored(team, service)
  service.settledMs = at
}

/** Exercise time goes from `fromMs` to `toMs` at once: all tallies of a team are settled, and nobody wins or loses what lies between. [SC15] */
export function leap(draft: Draft, id: string, fromMs: number, toMs: number) {
  const team = teamIn(draft, id)
  if (!team) return
  for (const known of team.services) {
    const service = serviceIn(draft, team, known.id)
    if (!service) continue
    settle(draft, team, service, fromMs)
    settleRestored(team, service)
    service.settledMs = toMs
  }
  settleUsability(draft, team, fromMs)
  team.usability = team.usability.map((state) => ({ ...state, settledMs: toMs }))
}

/** Where the service was sound since `settledMs`, attacks whose foothold was closed by then are over for good. */
function settleRestored(team: TeamDraft, service: ServiceDraft) {
  if (team.restoring.length === 0 || !sound(service)) return
  const over = team.restoring.filter((index) => team.attacks[index]?.info.service === service.id)
  if (over.length === 0) return
  team.attacks = team.attacks.map((attack, index) =>
    over.includes(index)
      ? {
          ...attack,
          restoredMs: Math.max(attack.closedMs ?? 0, soundSinceMs(service)),
          restoredBy: service.position,
        }
      : attack,
  )
  team.restoring = team.restoring.filter((index) => !over.includes(index))
}

/** After a change: the verdict of the whole service, its history and, while the exercise runs, the story. */
export function turn(draft: Draft, team: TeamDraft, service: ServiceDraft, event: Recorded) {
  service.position = event.position
  const from = service.verdict
  const to = serviceVerdict(service)
  if (from !== to) turned(draft, team, service, event, to)
  peopleChanged(draft, team, service, from, event.at)
}

function turned(draft: Draft, team: TeamDraft, service: ServiceDraft, event: Recorded, to: Verdict) {
  const from = service.verdict
  service.verdict = to
  if (service.history.at(-1)?.fromMs === event.at) {
    const history = ownList(draft, service.history)
    history.pop()
    service.history = history
  }
  // Within one instant only the last verdict counts, and that may be the one that was there before.
  if (service.history.at(-1)?.verdict !== to) {
    const now = { fromMs: event.at, verdict: to, position: event.position }
    service.history = pushBounded(draft, service.history, now, TURNS_KEPT)
  }
  service.sinceMs = service.history.at(-1)?.fromMs ?? event.at
  alertCase(draft, team, service.id, event, to)
  tellTurn(draft, team, service, event, from, to)
}

const TONES: Readonly<Record<Verdict, StoryItem['tone']>> = {
  up: 'good',
  slow: 'warning',
  broken: 'bad',
  down: 'bad',
  unknown: 'neutral',
}

function tellTurn(
  draft: Draft,
  team: TeamDraft,
  service: ServiceDraft,
  event: Recorded,
  from: Verdict,
  to: Verdict,
) {
  // While measurements are late, that is told once for all.
  if (draft.root.phase === 'running' && to === 'unknown' && from !== 'unknown' && !draft.root.strain.late)
    tellWhite(draft, event, 'warning', 'service.unknown', { team: team.id, service: service.id })
  if (draft.root.phase !== 'running' || to === 'unknown' || (from === 'unknown' && to === 'up')) return
  tell(draft, event, TONES[to], `service.${to}`, { team: team.id, service: service.id, params: { from } })
}

/** Marks that are kept of a service at least. */
const MARKS_KEPT = 60

function marked(draft: Draft, service: ServiceDraft, atMs: number, what: ServiceMark['what']) {
  // What comes up before the start was restarted by nobody.
  if (draft.root.phase !== 'running' && draft.root.phase !== 'paused') return
  service.marks = pushBounded(draft, service.marks, { atMs, what }, MARKS_KEPT)
}

export function verdictChanged(draft: Draft, event: RecordedOf<'verdict.changed'>) {
  const { data } = event
  const team = teamIn(draft, data.team)
  const service = team && serviceIn(draft, team, data.service)
  if (!service) return
  const index = service.journeys.findIndex((j) => j.id === data.journey)
  if (index < 0) return
  settle(draft, team, service, event.at)
  const journeys = ownList(draft, service.journeys)
  const before = journeys[index]
  if (!before) return
  if (before.alive && data.to === 'up' && data.from !== 'unknown') {
    service.turned = event.position
    marked(draft, service, event.at, 'answers')
  }
  const journey = own(draft, before)
  journey.verdict = data.to
  if (data.to !== 'unknown') journey.owed = false
  journey.sinceMs = event.at
  journey.position = event.position
  journey.evidence = data.evidence
  if (data.to === 'slow' || unusable(data.to)) journey.lostBy = data.evidence ?? journey.lostBy
  journeys[index] = journey
  service.journeys = journeys
  turn(draft, team, service, event)
}

export function containerChanged(
  draft: Draft,
  event: RecordedOf<'container.died'> | RecordedOf<'container.started'>,
) {
  const team = teamIn(draft, event.data.team)
  const service = team && serviceIn(draft, team, event.data.service)
  if (!service) return
  settle(draft, team, service, event.at)
  service.containerDown = event.type === 'container.died'
  marked(draft, service, event.at, service.containerDown ? 'died' : 'started')
  service.turned = event.position
  if (service.containerDown && draft.root.phase === 'running') tellDeath(draft, team, service, event)
  turn(draft, team, service, event)
}

/** The engine may tell of a death a moment after the act that caused it is over. Exercise time, ms. */
const LATE_WORD_MS = 5_000

/** A death that white or a world event causes is told by what causes it, and is nobody's crash; one of what needs the service says what it stopped with. */
function tellDeath(draft: Draft, team: TeamDraft, service: ServiceDraft, event: Recorded) {
  const since = event.at - LATE_WORD_MS
  const told = team.acts.some((act) => act.service === service.id && (act.finishedMs ?? -1) >= since)
  if (service.hit > 0 || told) return
  const taken = service.touched > 0
  tell(draft, event, taken ? 'neutral' : 'bad', taken ? 'container.stopped-with' : 'container.died', {
    team: team.id,
    service: service.id,
  })
}

export function diskFilled(draft: Draft, event: RecordedOf<'disk.filled'>) {
  const { service, strike, heldMiB, teamMiB, allowedMiB, stays } = event.data
  const team = teamIn(draft, event.data.team)
  const code = stays ? 'disk.filled-for-good' : 'disk.filled'
  const filled = team && serviceIn(draft, team, service)
  if (!team || !filled) return
  filled.struck = strike
  tellTeam(draft, team, event, 'bad', code, { service, params: { heldMiB, teamMiB, allowedMiB } })
}
