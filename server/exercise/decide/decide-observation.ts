import {
  OBSERVATION_FIELDS,
  OBSERVATION_KINDS,
  type ObservationField,
  type ObservationFields,
} from '../ledger/observation-events.ts'
import { isCalendarDate } from '../scenario/calendar-date.ts'
import { accept, type Deciders, fact, ifSaid, nothing, type Refused, refuse } from './decision.ts'

/** Longest text of each field, UTF-16 units. */
export const OBSERVATION_LENGTH = { text: 2_000, recommendation: 2_000, owner: 200 } as const
/** Lines that a plan has at most, those that were withdrawn among them. */
const MOST = 500

type Fit = { readonly ok: true; readonly value: string } | Refused

/** What a field may say: the text as it is kept, or what is wrong with it. */
function fit(field: ObservationField, written: string): Fit {
  const value = ifSaid(written)
  if (field === 'kind')
    return OBSERVATION_KINDS.some((one) => one === value)
      ? { ok: true, value }
      : refuse('bad-observation', `An observation is one of: ${OBSERVATION_KINDS.join(', ')}.`)
  if (field === 'due')
    return value === '' || isCalendarDate(value)
      ? { ok: true, value }
      : refuse('bad-due-date', 'A date is written as 2026-11-30, and must be in the calendar.')
  const max = OBSERVATION_LENGTH[field]
  if (value.length > max)
    return refuse('observation-too-long', `The ${field} of an observation has at most ${max} characters.`, {
      max,
    })
  if (field === 'text' && value === '')
    return refuse('observation-empty', 'An observation says what was observed.')
  return { ok: true, value }
}

/** The improvement plan: white's alone, while the exercise runs and after it. */
export const observations: Deciders<'record-observation' | 'change-observation' | 'withdraw-observation'> = {
  'record-observation': (state, { data, by }, at) => {
    if (state.exerciseId === '') return refuse('no-exercise', 'There is no exercise yet.')
    const { observation, source } = data
    const all = state.observations
    // Sent twice, or taken over from the same finding by two at once.
    const known = all.some(
      (one) =>
        one.observation === observation || (source !== null && one.source === source && !one.withdrawn),
    )
    if (known) return nothing
    if (all.length >= MOST)
      return refuse('too-many-observations', `A plan has at most ${MOST} lines.`, { max: MOST })
    const fields: Partial<Record<ObservationField, string>> = {}
    for (const field of OBSERVATION_FIELDS) {
      const fitted = fit(field, data[field])
      if (!fitted.ok) return fitted
      fields[field] = fitted.value
    }
    const recorded = { ...(fields as unknown as ObservationFields), observation, source, by }
    return accept(fact('observation.recorded', at, recorded))
  },

  'change-observation': (state, { data, by }, at) => {
    const { observation, field } = data
    const known = state.observations.find((one) => one.observation === observation)
    if (!known || known.withdrawn) return gone(observation)
    const fitted = fit(field, data.value)
    if (!fitted.ok) return fitted
    return known[field] === fitted.value
      ? nothing
      : accept(fact('observation.changed', at, { observation, field, value: fitted.value, by }))
  },

  'withdraw-observation': (state, { data: { observation }, by }, at) => {
    const known = state.observations.find((one) => one.observation === observation)
    if (!known) return gone(observation)
    return known.withdrawn ? nothing : accept(fact('observation.withdrawn', at, { observation, by }))
  },
}

const gone = (observation: string): Refused =>
  refuse('unknown-observation', `The plan has no observation ${observation.slice(0, 40)}, or no longer.`, {
    observation: observation.slice(0, 40),
  })
