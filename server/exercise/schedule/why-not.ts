import { saidOf } from '../fold/changes.ts'
import { attackOf, injectOf, type State, type TeamState } from '../fold/state.ts'
import type { After, Condition, EntryKind } from '../scenario/trigger.ts'
import { conditionOf } from './condition.ts'
import { isFor, type Timed } from './moment-of.ts'

/** Why an entry has not come to a team: viewers say each, prefixed `why.`. */
export const WHY_CODES = [
  'after-end',
  'attack-not-come',
  'attack-otherwise',
  'attack-under-way',
  'cancelled',
  'chain-closed',
  'chain-waits',
  'ended',
  'foothold-closed',
  'foothold-open',
  'held',
  'manual',
  'message-answered',
  'message-may-be-answered',
  'message-no-deadline',
  'message-not-answered',
  'message-not-come',
  'message-not-graded',
  'no-foothold',
  'no-report',
  'no-report-of-attack',
  'no-report-of-service',
  'not-for-team',
  'note-not-said',
  'phase-not',
  'phase-still',
  'report-filed',
  'score-below',
  'score-not-below',
  'service-away',
  'service-not',
  'service-still',
  'so-already',
  'world-goes-on',
  'world-not-come',
] as const
export type WhyCode = (typeof WHY_CODES)[number]

export interface WhyNot {
  readonly code: WhyCode
  /** `entry`: id of another entry; `service`, `journey`, `phase`: ids; `is`: verdicts, with commas; `untilMs`; `share`, 0..1. */
  readonly params: Readonly<Record<string, string | number>>
  /** By itself it can not come any more. */
  readonly final: boolean
  /** Since when it has been so, ms, where anybody knows. */
  readonly sinceMs: number | null
}

const why = (
  code: WhyCode,
  params: WhyNot['params'] = {},
  more: Partial<Pick<WhyNot, 'final' | 'sinceMs'>> = {},
): WhyNot => ({ code, params, final: false, sinceMs: null, ...more })

/** Why nobody knows when an entry comes to a team (null: to all); asked when `momentOf` says null. */
export function whyNot(
  state: State,
  team: TeamState | null,
  kind: EntryKind,
  entry: Timed,
  atMs: number,
): WhyNot {
  if (team && !isFor(entry, team.id)) return why('not-for-team', {}, { final: true })
  const { held, cancelled } = saidOf(state, team, { kind, id: entry.id })
  if (cancelled) return why('cancelled', {}, { sinceMs: cancelled.atMs })
  if (held) return why('held', {}, { sinceMs: held.atMs })
  const { trigger } = entry
  const asked = team ?? state.teams[0]
  if (trigger.kind === 'after' && team) return afterWhy(team, trigger.after, atMs)
  if (trigger.kind === 'when' && asked) return unmet(state, asked, trigger.when, true, atMs)
  return why('manual')
}

/** Why an attack whose moment has come waits: its service was taken away from the team. [SC24] */
export const awayWhy = (service: string): WhyNot => why('service-away', { service })

/** What an entry that comes after another waits for. */
function afterWhy(team: TeamState, after: After, atMs: number): WhyNot {
  const params = { entry: after.id }
  if (after.kind === 'attack') {
    const attack = attackOf(team, after.id)
    if (!attack) return why('attack-not-come', params)
    if (attack.state === 'under-way' || attack.state === 'abandoned') return why('attack-under-way', params)
    const landed = after.outcome === 'open' && attack.state === 'landed'
    const sinceMs = landed ? attack.closedMs : attack.concludedMs
    return why(landed ? 'foothold-closed' : 'attack-otherwise', params, { final: true, sinceMs })
  }
  if (after.kind === 'note') return why('note-not-said', params)
  if (after.kind === 'world') {
    const began = team.world.find(({ entry }) => entry === after.id)
    return began ? why('world-goes-on', params, { sinceMs: began.beganMs }) : why('world-not-come', params)
  }
  const sent = injectOf(team, after.id)
  if (!sent || after.outcome === 'sent') return why('message-not-come', params)
  if (after.outcome === 'answered') return why('message-not-answered', params, { sinceMs: sent.sentMs })
  if (after.outcome === 'graded') return why('message-not-graded', params)
  const { deadlineMs, answers } = sent
  if (deadlineMs === null) return why('message-no-deadline', params, { final: true })
  const answered = answers.find((answer) => answer.atMs <= deadlineMs)
  if (answered) return why('message-answered', params, { final: true, sinceMs: answered.atMs })
  return why('message-may-be-answered', { ...params, untilMs: Math.max(deadlineMs, atMs) })
}

/** The part of a condition that keeps it from being so (or, not `want`, from not being so), with since when. */
function unmet(state: State, team: TeamState, condition: Condition, want: boolean, atMs: number): WhyNot {
  const { sinceMs } = conditionOf(state, team, condition, atMs)
  const since = { sinceMs }
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const culprit =
        condition.of.find((one) => conditionOf(state, team, one, atMs).so !== want) ?? condition.of[0]
      return culprit ? unmet(state, team, culprit, want, atMs) : why('so-already', {}, { final: true })
    }
    case 'not':
      return unmet(state, team, condition.of, !want, atMs)
    case 'verdict': {
      const { service, journey, is } = condition
      const params = { service, ...(journey !== undefined && { journey }), is: is.join(',') }
      return why(want ? 'service-not' : 'service-still', params, since)
    }
    case 'foothold': {
      const params = condition.attack === undefined ? {} : { entry: condition.attack }
      return why(want ? 'no-foothold' : 'foothold-open', params, since)
    }
    case 'came-out':
      return want
        ? { ...afterWhy(team, condition.after, atMs), final: false }
        : why('so-already', { entry: condition.after.id }, since)
    case 'report': {
      const { attack, service } = condition
      if (!want) return why('report-filed', {}, since)
      if (attack !== undefined) return why('no-report-of-attack', { entry: attack })
      return service === undefined ? why('no-report') : why('no-report-of-service', { service })
    }
    case 'score':
      return why(want ? 'score-not-below' : 'score-below', { share: condition.below })
    case 'phase':
      return why(want ? 'phase-not' : 'phase-still', { phase: condition.phase }, since)
  }
}

/** Why an attack of a chain is not launched though its moment has come, or what it will find; null where nothing is in its way. */
export const chainWhy = (attack: string, way: 'open' | 'waiting' | 'closed'): WhyNot | null =>
  way === 'open' ? null : why(way === 'waiting' ? 'chain-waits' : 'chain-closed', { entry: attack })

export const endedWhy = why('ended', {}, { final: true })
export const afterEndWhy = why('after-end', {}, { final: true })
