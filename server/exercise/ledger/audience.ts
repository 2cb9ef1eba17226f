import { injectWeight } from '../scenario/inject-weight.ts'
import type { AttackInfo, Audience, Evidence, Scenario } from '../scenario/model.ts'
import { noText } from '../scenario/no-scenario.ts'
import { perCategory } from '../scenario/per-category.ts'
import { attackWeight, handleOf } from '../scenario/weaknesses.ts'
import type { Actor } from './actor.ts'
import type { EventPayloads, EventType, Recorded } from './events.ts'
import { infoForOthers, infoForTeam } from './inject-info.ts'
import { visibility } from './visibility.ts'

type Watcher = Exclude<Audience, { readonly seat: 'white' }>

/** An audience in one word: `white`, `blue:meremaa`. */
export const audienceName = (audience: Audience): string =>
  audience.seat === 'blue' ? `blue:${audience.team}` : audience.seat

/** Whether this is white, or the team itself. */
export const insider = (audience: Audience, team: string): boolean =>
  audience.seat === 'white' || (audience.seat === 'blue' && audience.team === team)

/** Requests and answers name addresses, accounts and flaws: white and the team itself only. */
export const evidenceFor = (audience: Audience, team: string, evidence: Evidence | null): Evidence | null =>
  insider(audience, team) ? evidence : null

/**
 * What an audience may know of a concluded attack on a team. Observers: what was done, in the trade's words. Guests, and
 * other teams, who may yet face it: the text for the public.
 */
export function infoFor(audience: Audience, team: string, info: AttackInfo): AttackInfo {
  // Who is to find out and report how it was done is not told.
  if (audience.seat === 'blue' && audience.team === team && info.toReport) return unclassed(info)
  if (insider(audience, team)) return info
  if (audience.seat === 'observer') return { ...info, weakness: '' }
  return { ...unclassed(info), title: info.publicText, weakness: '' }
}

/** Without what it is classed by. */
function unclassed({ cwe: _, ...info }: AttackInfo): AttackInfo {
  return { ...info, technique: '', owasp: '' }
}

/** The scenario without what is planted and planned. Blue teams get a handle for each weakness, to ask for hints. */
function scenarioFor(audience: Audience, scenario: Scenario): Scenario {
  if (audience.seat === 'white') return scenario
  const blank = {
    title: noText,
    publicText: noText,
    technique: '',
    owasp: '',
    hints: [noText, noText, noText],
  } as const
  return {
    ...scenario,
    attacks: [],
    tutor: [],
    attackWeight: attackWeight(scenario),
    injects: [],
    injectWeights: perCategory((category) => injectWeight(scenario, category)),
    world: [],
    objectives: [],
    weaknesses:
      audience.seat === 'blue'
        ? scenario.weaknesses.map(({ id, service }) => ({
            ...blank,
            id: handleOf(scenario.weaknesses, id),
            service,
          }))
        : [],
  }
}

/** What is left of a payload for somebody who is not white. A type of event that nobody thought about does not compile. */
type Redactors = {
  readonly [T in EventType]: (data: EventPayloads[T], audience: Watcher, own: boolean) => EventPayloads[T]
}

const asIs = <D>(data: D): D => data
const withoutBy = <D extends { readonly by: Actor | null }>(data: D): D => ({ ...data, by: null })
const withoutEvidence = <D extends { readonly evidence: Evidence | null }>(
  data: D,
  _: Watcher,
  own: boolean,
): D => (own ? data : { ...data, evidence: null })

function concluded<D extends EventPayloads['attack.landed']>(data: D, audience: Watcher, own: boolean): D {
  const told = withoutEvidence(data, audience, own)
  return data.info ? { ...told, info: infoFor(audience, data.team, data.info) } : told
}

const noObservation = { observation: '', text: '', recommendation: '', owner: '', due: '' }

const redactors: Redactors = {
  'exercise.created': (data, audience) => ({
    ...data,
    scenario: scenarioFor(audience, data.scenario),
    seed: '',
  }),
  'deploy.started': asIs,
  'deploy.progressed': (data) => ({ ...data, what: '' }),
  'isolation.proven': (data) => ({ ...data, checks: [] }),
  // Those who watch learn that it happened; which way was open is for white to mend.
  'isolation.lost': (data) => ({ ...data, what: '' }),
  'isolation.restored': asIs,
  // What a machine is called is for those who run it.
  'machine.lost': (data) => ({ ...data, name: '' }),
  'machine.returned': (data) => ({ ...data, name: '' }),
  'enclave.move-began': withoutBy,
  'enclave.moved': (data, _, own) => ({
    ...data,
    name: '',
    reason: '',
    changes: own ? data.changes : [],
  }),
  'deploy.finished': asIs,
  'deploy.failed': () => ({ team: null, reason: '', evidence: '' }),
  'exercise.started': asIs,
  'exercise.paused': withoutBy,
  'exercise.resumed': withoutBy,
  'preparation.changed': withoutBy,
  'exercise.skipped': withoutBy,
  'speed.changed': withoutBy,
  'exercise.ended': withoutBy,
  'strain.changed': asIs,
  'platform.recovered': asIs,
  'phase.entered': asIs,
  'entry.fired': withoutBy,
  'entry.changed': withoutBy,
  'entry.added': withoutBy,
  'verdict.changed': withoutEvidence,
  'attack.launched': ({ team, attack, attempt }) => ({ team, attack, attempt }),
  'attack.landed': ({ loot: _, ...data }, audience, own) => concluded(data, audience, own),
  'attack.blocked': concluded,
  'attack.abandoned': (data) => ({ ...data, reason: '' }),
  'foothold.closed': withoutEvidence,
  'ticket.opened': withoutEvidence,
  'ticket.answered': (data, _, own) => (own ? data : { ...data, text: '', by: null }),
  'ticket.repeated': withoutEvidence,
  'ticket.closed': asIs,
  'tutor.said': asIs,
  'tutor.withdrawn': withoutBy,
  'inject.sent': (data, _, own) => ({
    ...data,
    info: own ? infoForTeam(data.info) : infoForOthers(data.info),
  }),
  'inject.read': asIs,
  'inject.answered': (data, _, own) => (own ? data : { ...data, content: null, by: null }),
  'inject.graded': (data, _, own) => ({
    ...data,
    by: null,
    ...(!own && { criteria: {}, comment: '' }),
  }),
  'draft.saved': asIs,
  'question.tried': (data, _, own) => (own ? data : { ...data, text: '', by: null }),
  'question.hint-taken': ({ text, ...data }, _, own) =>
    own && text ? { ...data, text } : { ...data, by: null },
  'report.filed': (data, _, own) => (own ? data : { ...data, fields: null, by: null }),
  'report.drafted': asIs,
  'report.discarded': asIs,
  'report.graded': (data, _, own) => ({
    ...data,
    by: null,
    ...(!own && { criteria: {}, reasons: {}, comment: '' }),
  }),
  'appeal.made': asIs,
  'appeal.answered': withoutBy,
  'work.claimed': asIs,
  'work.released': asIs,
  'handover.written': asIs,
  'response.began': asIs,
  'case.opened': asIs,
  'case.noted': asIs,
  'case.state-set': asIs,
  'case.report-begun': asIs,
  'world.began': asIs,
  'world.ended': asIs,
  'service.acted': withoutBy,
  'service.act-finished': (data) => ({ ...data, reason: '' }),
  'guests.told': withoutBy,
  'standings.frozen': withoutBy,
  'standings.revealed': withoutBy,
  'start.planned': withoutBy,
  'exercise.named': withoutBy,
  'wall.scene-set': withoutBy,
  'wall.page-set': withoutBy,
  'container.died': (data, _, own) => (own ? data : { ...data, exitCode: 0, oom: false }),
  'container.started': asIs,
  'disk.filled': asIs,
  'pilot.changed': withoutBy,
  'pilot.acted': ({ handle, ...data }, _, own) =>
    own && handle ? { ...data, handle, weakness: handle } : { ...data, handle: '', weakness: '' },
  'hint.taken': (data, _, own) => {
    const { text, ...rest } = { ...data, weakness: data.handle ?? '' }
    return own && text ? { ...rest, text } : { ...rest, by: null }
  },
  'terminal.opened': asIs,
  'terminal.closed': asIs,
  'terminal.shared': asIs,
  'terminal.follow-began': asIs,
  'terminal.follow-ended': asIs,
  'terminal.help-began': asIs,
  'terminal.help-ended': asIs,
  'key.registered': asIs,
  'key.removed': asIs,
  'traffic.recorded': asIs,
  'checks.counted': () => ({ teams: {} }),
  'source.saved': asIs,
  'app.restarted': asIs,
  'changes.kept': asIs,
  // Guests are told what happened, not how a hole is closed.
  'fixes.kept': (data, { seat }) => (seat === 'blue' ? data : { fixes: [] }),
  'seat.issued': (data) => ({ ...data, seatId: '', label: '' }),
  'seat.revoked': () => ({ seatId: '', by: null }),
  'score.adjusted': withoutBy,
  'note.added': () => ({ text: '', by: null }),
  'observation.recorded': ({ kind }) => ({ ...noObservation, kind, source: null, by: null }),
  'observation.changed': () => ({ observation: '', field: 'text', value: '', by: null }),
  'observation.withdrawn': () => ({ observation: '', by: null }),
}

/**
 * What an audience receives of an event: the event, the event with less in it, or null. This file is where anything is kept
 * from anybody; views of the whole ledger keep the same. All that the audience's views and scores need stays in, so that a view of its own stream and its view of the
 * whole ledger are the same.
 */
export function redact(event: Recorded, audience: Audience): Recorded | null {
  if (audience.seat === 'white') return event
  const seen = visibility(event)
  if (seen === 'white' || (seen === 'observer' && audience.seat !== 'observer')) return null
  const own = audience.seat === 'blue' && 'team' in event.data && event.data.team === audience.team
  if (typeof seen === 'object' && !own) return null
  const redactor = redactors[event.type] as (data: unknown, audience: Watcher, own: boolean) => unknown
  return { ...event, data: redactor(event.data, audience, own) } as Recorded
}
