import { isDeepStrictEqual } from 'node:util'
import { jsonAt } from './json-path.ts'
import { runsScript } from './policy.ts'
import { oneSpelling } from './references.ts'
import { type Expect, type Reply, StepFailure } from './steps.ts'

/** Parsed once per reply, and only when a step asks for JSON. */
export function lazyJson(reply: Reply): () => unknown {
  let parsed: { value: unknown } | null = null
  return () => {
    if (!parsed)
      try {
        parsed = { value: JSON.parse(reply.body) }
      } catch {
        throw new StepFailure('broken', { expected: 'JSON', received: received(reply), sent: reply.sent })
      }
    return parsed.value
  }
}

/** A reply for the evidence, with the place in its body that matters. */
export function received(reply: Reply, around = ''): string {
  const { location, 'content-type': type } = reply.headers
  const lines = [
    reply.headers && reply.status ? String(reply.status) : '',
    type && `content-type: ${type}`,
    location && `location: ${location}`,
    reply.note && `[${reply.note}]`,
  ]
  const at = around ? reply.body.indexOf(around) : 0
  const body = at > 400 ? `…${reply.body.slice(at - 400)}` : reply.body
  return `${lines.filter(Boolean).join('\n')}\n${body}`.trimStart()
}

/** An expression of a script. `s`: a dot is any character, since pages have lines. */
export const expression = (source: string): RegExp => new RegExp(source, 's')

/** @throws StepFailure naming the first expectation that was not met. `within` is the caller's: it makes slow, not broken. */
export function meet(expect: Expect, reply: Reply, json: () => unknown): void {
  const fail = (expected: string, around = ''): never => {
    throw new StepFailure('broken', { expected, received: received(reply, around), sent: reply.sent })
  }
  if (expect.status && !expect.status.includes(reply.status)) fail(`status ${expect.status.join(' or ')}`)
  for (const [name, part] of Object.entries(expect.header ?? {})) {
    const found = reply.headers[name.toLowerCase()] ?? ''
    if (!found.includes(part)) fail(`header ${name} with "${part}", found "${found.slice(0, 200)}"`)
  }
  for (const part of expect.text ?? []) if (!says(reply, part)) fail(`text "${part}"`)
  for (const part of expect.notText ?? []) if (says(reply, part)) fail(`no text "${part}"`, part)
  if (
    expect.regex !== undefined &&
    !spellings(reply).some((body) => expression(expect.regex ?? '').test(body))
  )
    fail(`a match of /${expect.regex}/`)
  if (
    expect.runs &&
    !runsScript(reply.headers['content-security-policy'], reply.body, expect.runs, originOf(reply))
  )
    fail(`a page whose policy lets a script run (${expect.runs})`)
  for (const [path, wanted] of Object.entries(expect.json ?? {})) {
    const found = jsonAt(json(), path)
    if (!matches(found, wanted))
      fail(`${path} ${JSON.stringify(wanted)}, found ${JSON.stringify(found)?.slice(0, 200)}`)
  }
}

const isPage = ({ headers }: Reply): boolean => headers['content-type']?.includes('html') ?? false

/** The body as it came and, of a page, with its character references in one spelling: which of them an author chose says nothing. */
export const spellings = (reply: Reply): readonly string[] =>
  isPage(reply) ? [reply.body, oneSpelling(reply.body)] : [reply.body]

/**
 * Whether the body has the text. In a page an apostrophe or ampersand may be written as a character reference; `<`, `>` and quotes may not, since
 * whether those are escaped is what an exploit finds out.
 */
function says(reply: Reply, text: string): boolean {
  if (spellings(reply).some((body) => body.includes(text))) return true
  if (!/['&]/.test(text) || !isPage(reply)) return false
  return oneSpelling(reply.body).replaceAll('&#39;', "'").replaceAll('&amp;', '&').includes(text)
}

const TESTS: Readonly<Record<string, (found: unknown, wanted: unknown) => boolean>> = {
  matches: (found, wanted) =>
    expression(String(wanted)).test(typeof found === 'string' ? found : (JSON.stringify(found) ?? '')),
  exists: (found, wanted) => (found !== undefined) === wanted,
  gt: (found, wanted) => Number(found) > Number(wanted),
  lt: (found, wanted) => Number(found) < Number(wanted),
  contains: (found, wanted) =>
    Array.isArray(found)
      ? found.some((item) => equal(item, wanted))
      : typeof found === 'string' && found.includes(String(wanted)),
}

/** Equal, or every test of `{matches, exists, gt, lt, contains}`. */
function matches(found: unknown, wanted: unknown): boolean {
  if (typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted)) {
    const tests = Object.entries(wanted)
    if (tests.length > 0 && tests.every(([name]) => Object.hasOwn(TESTS, name)))
      return tests.every(([name, value]) => TESTS[name]?.(found, value))
  }
  return equal(found, wanted)
}

/** A template makes text: so `"5"` is wanted where `5` is found. */
const equal = (found: unknown, wanted: unknown): boolean =>
  isDeepStrictEqual(found, wanted) ||
  (typeof wanted === 'string' &&
    (typeof found === 'number' || typeof found === 'boolean') &&
    String(found) === wanted)

/** Of the page that came back: what was sent begins with the method and the address. */
function originOf({ sent }: Reply): string {
  const [, origin = 'http://service'] = /^[A-Z]+ (https?:\/\/[^/\s]+)/.exec(sent) ?? []
  return origin
}
