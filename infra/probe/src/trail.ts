import type { Course } from './course.ts'
import { action, cut } from './evidence.ts'
import type { Action, HttpRequest } from './steps.ts'

/** So many of the latest are told: what came long before tells little of what was done at the end. */
const MOST_BEFORE = 20
const LONGEST = 300
const MOST_FIELDS = 20

/** What a step did, as a log and a capture of a service show it, without what the script says of it: `POST http://tax/api/account (iban) → 200`. */
export function trace(step: Action, status: number): string {
  const fields = 'http' in step ? fieldsOf(step.http) : []
  const [what, query] = 'http' in step ? [asked(step.http), queryOf(step.http)] : [action(step), '']
  const told = fields.length > 0 ? ` (${fields.slice(0, MOST_FIELDS).join(', ')})` : ''
  return cut(`${what}${query}${told} → ${status}`, LONGEST)
}

/** What was done before the step that a run ended with, the same over and over once. */
export const toldBefore = ({ trail, last }: Course): readonly string[] =>
  [...new Set(trail.filter(({ reply }) => reply !== last?.reply).map(({ told }) => told))].slice(-MOST_BEFORE)

const asked = ({ method, url }: HttpRequest): string => `${method} ${url}`
const queryOf = ({ query = {} }: HttpRequest): string => {
  const text = new URLSearchParams(query).toString()
  return text && `?${text}`
}

/** Names of what a form or JSON holds, and the method of a remote call: what it is, not what it says. */
function fieldsOf({ form, json, file }: HttpRequest): readonly string[] {
  if (form || file) return [...Object.keys(form ?? {}), ...(file ? [file.field] : [])]
  const named = new Set<string>()
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, within] of Object.entries(value)) {
      if (!Array.isArray(value)) named.add(name)
      if (name === 'method' && typeof within === 'string') named.add(within)
      look(within)
    }
  }
  look(json)
  return [...named]
}
