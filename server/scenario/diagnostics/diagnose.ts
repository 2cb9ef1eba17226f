import { z } from 'zod'
import { type Diagnostic, meant, nearest } from './diagnostics.ts'
import type { Path, Source } from './read.ts'

type KnownKeys = Map<readonly PropertyKey[], readonly string[]>

/** Checks a file's data against a schema. Null when it does not fit; `report` gets each reason at its place. */
export function checkShape<S extends z.ZodType>(
  source: Source,
  schema: S,
  report: Diagnostic[],
): z.output<S> | null {
  // zod names the unknown keys but not the known ones; they are only to be had while the issue is being made.
  const known: KnownKeys = new Map()
  const result = schema.safeParse(source.value, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys' && issue.inst instanceof z.ZodObject)
        known.set(issue.keys, Object.keys(issue.inst.def.shape))
      return messageOf(issue)
    },
  })
  if (result.success) return result.data
  for (const issue of result.error.issues) explain(source, issue, [], known, report)
  return null
}

function explain(
  source: Source,
  issue: z.core.$ZodIssue,
  parent: Path,
  known: KnownKeys,
  report: Diagnostic[],
): void {
  const path = [...parent, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) unknownKey(source, path, key, known.get(issue.keys) ?? [], report)
    return
  }
  const value = at(source.value, path)
  if (value === undefined && issue.code !== 'custom') {
    const message = path.length > 0 ? `\`${String(path.at(-1))}\` is missing here` : 'the file is empty'
    report.push(source.problem(path.slice(0, -1), { code: 'missing-key', message, key: true }))
    return
  }
  if (issue.code === 'invalid_union') {
    const meantForm = issue.errors
      .filter((form) => !form.some((i) => i.path.length === 0 && isOfAnotherKind(i, value)))
      .toSorted((a, b) => strangeness(a) - strangeness(b))[0]
    if (meantForm) {
      for (const inner of meantForm) explain(source, inner, path, known, report)
      return
    }
  }
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element') {
    const message = issue.issues.map((inner) => inner.message).join('; ')
    report.push(source.problem(path, { code: 'bad-value', message, key: true }))
    return
  }
  const hint = issue.code === 'invalid_value' ? nearestValue(issue.values, value) : undefined
  report.push(source.problem(path, { code: codeOf(issue), message: issue.message, ...(hint && { hint }) }))
}

/** What was written can not have meant this form: a list or a map where a text is wanted, for one. */
const isOfAnotherKind = ({ code }: z.core.$ZodIssue, value: unknown): boolean =>
  code === 'invalid_type' || (code === 'invalid_value' && typeof value === 'object')

/** How little a value looks like a form of a union: keys that it does not know or misses. */
const strangeness = (form: readonly z.core.$ZodIssue[]): number =>
  form.reduce((sum, issue) => {
    if (issue.code === 'unrecognized_keys') return sum + 2 * issue.keys.length
    return sum + (issue.code === 'invalid_type' && issue.path.length === 1 ? 1 : 0)
  }, 0)

function unknownKey(
  source: Source,
  path: Path,
  key: string,
  keys: readonly string[],
  report: Diagnostic[],
): void {
  const hint = nearest(key, keys)
  const choice = meant(hint) || `; keys are ${keys.map((k) => `\`${k}\``).join(', ')}`
  const message = `\`${key}\` is not a key here${choice}`
  report.push(
    source.problem([...path, key], { code: 'unknown-key', message, key: true, ...(hint && { hint }) }),
  )
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union' && 'discriminator' in issue) return 'unknown-kind'
  if (issue.code === 'invalid_type' || issue.code === 'invalid_union') return 'wrong-type'
  if (issue.code === 'too_big' || issue.code === 'too_small') return 'out-of-range'
  return issue.code === 'custom' && typeof issue.params?.code === 'string' ? issue.params.code : 'bad-value'
}

const nearestValue = (values: readonly unknown[], value: unknown) =>
  typeof value === 'string' ? nearest(value, values.map(String)) : undefined

/** In our own words where the schema brings none. */
function messageOf(issue: z.core.$ZodRawIssue): string | undefined {
  const { input } = issue
  if (issue.code === 'invalid_type')
    return `expected ${NAMES[issue.expected] ?? issue.expected} here, got ${kind(input)}`
  if (issue.code === 'invalid_union') {
    const wanted = issue.errors.flatMap((form) =>
      form.flatMap((i) => (i.code === 'invalid_type' ? [NAMES[i.expected] ?? i.expected] : [])),
    )
    return `expected ${[...new Set(wanted)].join(' or ')} here, got ${kind(input)}`
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map((value) => `\`${String(value)}\``).join(', ')
    const choice = issue.values.length === 1 ? `must be ${values}` : `is not one of ${values}`
    return `${typeof input === 'object' ? kind(input) : `\`${String(input)}\``} ${choice}${meant(nearestValue(issue.values, input))}`
  }
  if (issue.code === 'too_small') {
    if (issue.origin === 'string' && issue.minimum === 1) return 'a text is missing here'
    return bounds(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)
  }
  if (issue.code === 'too_big')
    return bounds(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)
  return undefined
}

function bounds(origin: string, side: string, limit: number | bigint): string {
  if (origin === 'array') return `must have ${side} ${limit} ${Number(limit) === 1 ? 'entry' : 'entries'}`
  return origin === 'string' ? `must have ${side} ${limit} characters` : `must be ${side} ${limit}`
}

const NAMES: Readonly<Record<string, string>> = {
  object: 'a map of keys',
  record: 'a map of keys',
  array: 'a list',
  tuple: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
}

function kind(value: unknown): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map of keys'
  return typeof value === 'string' ? `the text \`${value.slice(0, 60)}\`` : `\`${String(value)}\``
}

function at(value: unknown, path: Path): unknown {
  let found = value
  for (const part of path) {
    if (typeof found !== 'object' || found === null) return undefined
    found = Reflect.get(found, part)
  }
  return found
}
