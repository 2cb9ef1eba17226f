import type { EventType, Recorded } from '#exercise/ledger/events.ts'
import type { Scenario } from '#exercise/scenario/model.ts'
import type { ExerciseView } from '#exercise/views/views.ts'
import { actorName } from '../kit/actor-name.ts'
import type { Say } from '../kit/i18n/use-say.ts'
import { FIELDS } from './event-fields.ts'

/** Kinds of facts that somebody looks for. */
export const LEDGER_KINDS = [
  ...(['attack', 'service', 'citizen', 'message'] as const),
  ...(['control', 'seat', 'platform'] as const),
] as const
export type LedgerKind = (typeof LEDGER_KINDS)[number]

const BY_FIRST: Readonly<Record<string, LedgerKind>> = {
  attack: 'attack',
  foothold: 'attack',
  verdict: 'service',
  container: 'service',
  disk: 'service',
  world: 'service',
  service: 'service',
  ticket: 'citizen',
  tutor: 'message',
  inject: 'message',
  draft: 'message',
  exercise: 'control',
  preparation: 'control',
  speed: 'control',
  phase: 'control',
  entry: 'control',
  score: 'control',
  note: 'control',
  guests: 'control',
  standings: 'control',
  wall: 'control',
  seat: 'seat',
  terminal: 'seat',
  pilot: 'seat',
  hint: 'seat',
}

/** By the first word of its type; what nobody sorted is the platform's. */
export const kindOf = (type: EventType): LedgerKind => BY_FIRST[type.split('.')[0] ?? ''] ?? 'platform'

const LONGEST = 200

/** What an event is about in the viewer's words: names in place of ids, words in place of codes, times as people say them. One line, bounded. */
export function eventText(
  say: Say,
  scenario: Scenario,
  view: Pick<ExerciseView, 'injects'>,
  event: Recorded,
): string {
  const names = { ...scenario, injects: view.injects }
  const data = event.data as Readonly<Record<string, unknown>>
  const by = 'by' in event.data ? event.data.by : null
  const parts = Object.entries(data).flatMap(([field, value]) => {
    if (value === null && field !== 'match') return []
    if (value === '' || value === undefined) return []
    return FIELDS[field]?.(say, value, data, names) ?? []
  })
  const who = by ? [actorName(say, by)] : []
  const text = [...parts, ...who].join(' · ').replaceAll(/\s+/g, ' ')
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
