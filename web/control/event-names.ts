import type { EventType, Recorded } from '#exercise/ledger/events.ts'
import type { ExerciseView } from '#exercise/views/views.ts'
import { actorName } from '../kit/actor-name.ts'
import type { Say } from '../kit/i18n/use-say.ts'

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
  seat: 'seat',
  terminal: 'seat',
  pilot: 'seat',
  hint: 'seat',
}

/** By the first word of its type; what nobody sorted is the platform's. */
export const kindOf = (type: EventType): LedgerKind => BY_FIRST[type.split('.')[0] ?? ''] ?? 'platform'

const HIDDEN = new Set([
  'team',
  'evidence',
  'info',
  'scenario',
  'teams',
  'checks',
  'by',
  'scores',
  'criteria',
  'follow',
])
const LONGEST = 200

/** What an event is about in the viewer's words: names in place of ids, the rest of its short fields as they are. One line, bounded. */
export function eventText(say: Say, view: ExerciseView, event: Recorded): string {
  const data = event.data as Readonly<Record<string, unknown>>
  const by = 'by' in event.data ? event.data.by : null
  const parts = Object.entries(data).flatMap(([field, value]) => {
    if (HIDDEN.has(field) || value === null || value === '') return []
    if (typeof value === 'object') return []
    const name = typeof value === 'string' ? nameOf(say, view, data.team, field, value) : null
    if (name !== null) return [name]
    if (field === 'text' || field === 'reason') return [String(value)]
    return [`${field} ${typeof value === 'number' ? timed(say, field, value) : String(value)}`]
  })
  const who = by ? [actorName(say, by)] : []
  const text = [...parts, ...who].join(' · ').replaceAll(/\s+/g, ' ')
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

/** Moments of exercise time, among the numbers of events; other times are how long something took. */
const MOMENTS = new Set(['untilMs', 'deadlineMs', 'sinceMs', 'fromMs'])

function timed(say: Say, field: string, value: number): string {
  if (MOMENTS.has(field)) return say.clock(value)
  return field === 'ms' || field.endsWith('Ms') ? say.span(value) : String(value)
}

/** The name of what an id stands for in a field; null where it stands for nothing that has one. */
function nameOf(say: Say, view: ExerciseView, team: unknown, field: string, id: string): string | null {
  const of = view.teams.find((known) => known.id === team) ?? view.teams[0]
  switch (field) {
    case 'service':
      return titled(of?.services.find((one) => one.id === id)?.title)
    case 'attack':
      return titled(of?.attacks.find((one) => one.attack === id)?.title)
    case 'inject':
      return titled(view.injects.find((one) => one.id === id)?.title)
    case 'persona':
      return titled(view.personas.find((one) => one.id === id)?.name)
    case 'phase':
      return titled(view.phases.find((one) => one.id === id)?.title)
    case 'entry':
      return titled(view.world?.find((one) => one.entry === id)?.title)
    case 'journey':
      return titled(of?.services.flatMap(({ journeys }) => journeys).find((one) => one.id === id)?.title)
    default:
      return null
  }
  function titled(text: Parameters<Say['text']>[0] | undefined): string | null {
    return text ? say.text(text) : null
  }
}
