import { createHash } from 'node:crypto'
import { StepFailure } from './steps.ts'

const FILTERS: Readonly<Record<string, (text: string) => string>> = {
  url: (text) => encodeURIComponent(text.toWellFormed()),
  base64: (text) => Buffer.from(text, 'utf8').toString('base64'),
  base64url: (text) => Buffer.from(text, 'utf8').toString('base64url'),
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  json: (text) => JSON.stringify(text),
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  trim: (text) => text.trim(),
}

/** Value of a name; undefined when there is none. */
export type Lookup = (name: string) => unknown

const ALONE = /^\{\{\s*([\w.]+)\s*\}\}$/

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

function required(name: string, lookup: Lookup): unknown {
  const value = lookup(name)
  if (value === undefined)
    throw new StepFailure('fault', { expected: `a value for {{${name}}}`, received: 'there is none' })
  return value
}

/** Fills `{{name | filter}}`. @throws StepFailure (fault) for a name or filter that there is not. */
export function fillText(text: string, lookup: Lookup, quote = false): string {
  if (!text.includes('{{')) return text
  return text.replace(/\{\{(.*?)\}\}/gs, (_, inside: string) => {
    const [name = '', ...filters] = inside.split('|').map((part) => part.trim())
    const filled = filters.reduce(
      (value, filter) => {
        const apply = FILTERS[filter]
        if (!apply)
          throw new StepFailure('fault', { expected: 'a filter', received: `there is no filter ${filter}` })
        return apply(value)
      },
      asText(required(name, lookup)),
    )
    return quote ? filled.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&') : filled
  })
}

/** Fills every string of a value. A value under `regex` or `matches` is put into an expression, and stands for itself there. */
export function fill<T>(value: T, lookup: Lookup, quote = false): T {
  if (typeof value === 'string') return fillText(value, lookup, quote) as T
  if (Array.isArray(value)) return value.map((item) => fill(item, lookup, quote)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      fillText(key, lookup),
      fill(item, lookup, key === 'regex' || key === 'matches'),
    ]),
  ) as T
}

/** As `fill`, for JSON to send: `"{{name}}"` alone keeps the type of its value, so that a captured number is sent as a number. */
export function fillJson(value: unknown, lookup: Lookup): unknown {
  const [, name] = typeof value === 'string' ? (ALONE.exec(value) ?? []) : []
  if (name !== undefined) return required(name, lookup)
  if (Array.isArray(value)) return value.map((item) => fillJson(item, lookup))
  if (typeof value !== 'object' || value === null) return fill(value, lookup)
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [fillText(key, lookup), fillJson(item, lookup)]),
  )
}
