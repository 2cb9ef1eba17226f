import { z } from 'zod'
import { type Diagnostic, meant, nearest } from './diagnostics.ts'
import type { Path, Source } from './read.ts'

/** Checks a file's data against a schema. Null when it does not fit; `report` gets each reason at its place. */
export function checkShape<S extends z.ZodType>(
  source: Source,
  schema: S,
  report: Diagnostic[],
): z.output<S> | null {
  // zod names the unknown keys but not the known ones; they are only to be had while the issue is being made.
  const known = new Map<readonly PropertyKey[], readonly string[]>()
  const result = schema.safeParse(source.value, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys' && issue.inst instanceof z.ZodObject)
        known.set(issue.keys, Object.keys(issue.inst.def.shape))
      return undefined
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
  known: ReadonlyMap<readonly PropertyKey[], readonly string[]>,
  report: Diagnostic[],
): void {
  const path = [...parent, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      const keys = known.get(issue.keys) ?? []
      const hint = nearest(key, keys)
      const message = `\`${key}\` is not a key here${meant(hint) || `; keys are ${keys.map((k) => `\`${k}\``).join(', ')}`}`
      report.push(
        source.problem([...path, key], { code: 'unknown-key', message, key: true, ...(hint && { hint }) }),
      )
    }
    return
  }
  const value = at(source.value, path)
  if (value === undefined && issue.code !== 'custom') {
    const key = String(path.at(-1) ?? '')
    const message = key ? `\`${key}\` is missing here` : 'the file is empty'
    report.push(source.problem(path.slice(0, -1), { code: 'missing-key', message, key: true }))
    return
  }
  if (issue.code === 'invalid_union') {
    // The form that fits best is the one whose complaints lie deepest; a wrong type at the top means another form was meant.
    const depth = (issues: readonly z.core.$ZodIssue[]) => Math.max(...issues.map((i) => i.path.length))
    const best = issue.errors.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0]
    if (best && depth(best) > 0) {
      for (const inner of best) explain(source, inner, path, known, report)
      return
    }
  }
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element') {
    const message = issue.issues.map((inner) => inner.message).join('; ')
    report.push(source.problem(path, { code: 'bad-value', message, key: issue.code === 'invalid_key' }))
    return
  }
  const hint =
    issue.code === 'invalid_value' && typeof value === 'string'
      ? nearest(value, issue.values.map(String))
      : undefined
  report.push(
    source.problem(path, {
      code: codeOf(issue),
      message: messageOf(issue, value, hint),
      ...(hint && { hint }),
    }),
  )
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' || issue.code === 'invalid_union') return 'wrong-type'
  if (issue.code === 'too_big' || issue.code === 'too_small') return 'out-of-range'
  return issue.code === 'custom' && typeof issue.params?.code === 'string' ? issue.params.code : 'bad-value'
}

function messageOf(issue: z.core.$ZodIssue, value: unknown, hint: string | undefined): string {
  if (issue.code === 'invalid_type') return `expected ${a(issue.expected)} here, got ${kind(value)}`
  if (issue.code === 'invalid_union') return `${kind(value)} does not fit here: ${expectations(issue)}`
  if (issue.code === 'invalid_value') {
    const values = issue.values.map((v) => `\`${String(v)}\``).join(', ')
    const choice = issue.values.length === 1 ? `must be ${values}` : `is not one of ${values}`
    return `\`${String(value)}\` ${choice}${meant(hint)}`
  }
  if (issue.code === 'too_big' || issue.code === 'too_small') return bounds(issue)
  return issue.message
}

function expectations(issue: z.core.$ZodIssueInvalidUnion): string {
  const wanted = issue.errors.flatMap((form) =>
    form.map((i) => (i.code === 'invalid_type' ? a(i.expected) : i.message)),
  )
  return `expected ${[...new Set(wanted)].join(' or ')}`
}

function bounds(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string {
  const unit = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' entries' : ''
  if (issue.code === 'too_small') {
    if (issue.origin === 'string' && issue.minimum === 1) return 'a text is missing here'
    return `must ${issue.exact ? 'be exactly' : issue.inclusive === false ? 'be more than' : 'be at least'} ${issue.minimum}${unit}`
  }
  return `must be ${issue.exact ? 'exactly' : issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${unit}`
}

const NAMES: Readonly<Record<string, string>> = {
  object: 'a map of keys',
  record: 'a map of keys',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
}
const a = (expected: string) => NAMES[expected] ?? expected

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
