import { createHash } from 'node:crypto'
import { StepFailure } from './steps.ts'

const FILTERS: Readonly<Record<string, (text: string) => string>> = {
  url: encodeURIComponent,
  base64: (text) => Buffer.from(text, 'utf8').toString('base64'),
  base64url: (text) => Buffer.from(text, 'utf8').toString('base64url'),
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  json: (text) => JSON.stringify(text),
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  trim: (text) => text.trim(),
}

export type Lookup = (name: string) => string | undefined

/** Fills `{{name | filter}}`. @throws StepFailure (fault) for a name or filter that there is not. */
export function fillText(text: string, lookup: Lookup): string {
  return text.replace(/\{\{(.*?)\}\}/gs, (_, inside: string) => {
    const [name = '', ...filters] = inside.split('|').map((part) => part.trim())
    const value = name.startsWith('memory.') ? (lookup(name) ?? '') : lookup(name)
    if (value === undefined)
      throw new StepFailure('fault', { expected: `a value for {{${name}}}`, received: 'there is none' })
    return filters.reduce((filled, filter) => {
      const apply = FILTERS[filter]
      if (!apply)
        throw new StepFailure('fault', { expected: 'a filter', received: `there is no filter ${filter}` })
      return apply(filled)
    }, value)
  })
}

/** Fills every string of a value, keys of maps too. */
export function fill<T>(value: T, lookup: Lookup): T {
  if (typeof value === 'string') return (value.includes('{{') ? fillText(value, lookup) : value) as T
  if (Array.isArray(value)) return value.map((item) => fill(item, lookup)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [fill(key, lookup), fill(item, lookup)]),
  ) as T
}
