import { isDeepStrictEqual } from 'node:util'
import type { CookieJar } from './cookies.ts'
import { jsonAt } from './json-path.ts'
import { type Capture, type Expect, type Reply, StepFailure } from './steps.ts'

/** Parsed once per reply, and only when a step asks for JSON. */
export function lazyJson(reply: Reply): () => unknown {
  let parsed: { value: unknown } | null = null
  return () => {
    if (!parsed)
      try {
        parsed = { value: JSON.parse(reply.body) }
      } catch {
        throw new StepFailure('broken', { expected: 'JSON', received: said(reply) })
      }
    return parsed.value
  }
}

const said = (reply: Reply) =>
  `${reply.status}${reply.headers.location ? ` -> ${reply.headers.location}` : ''} ${reply.body}${reply.note ? ` [${reply.note}]` : ''}`

/** @throws StepFailure naming the first expectation that was not met. `within` is the caller's: it makes slow, not broken. */
export function meet(expect: Expect, reply: Reply, json: () => unknown): void {
  const fail = (expected: string): never => {
    throw new StepFailure('broken', { expected, received: said(reply), sent: reply.sent })
  }
  if (expect.status && !expect.status.includes(reply.status)) fail(`status ${expect.status.join(' or ')}`)
  for (const [name, part] of Object.entries(expect.header ?? {}))
    if (!(reply.headers[name.toLowerCase()] ?? '').includes(part)) fail(`header ${name} with "${part}"`)
  for (const part of expect.text ?? []) if (!reply.body.includes(part)) fail(`text "${part}"`)
  for (const part of expect.notText ?? []) if (reply.body.includes(part)) fail(`no text "${part}"`)
  if (expect.regex !== undefined && !new RegExp(expect.regex, 'su').test(reply.body))
    fail(`a match of /${expect.regex}/`)
  for (const [path, wanted] of Object.entries(expect.json ?? {})) {
    const found = jsonAt(json(), path)
    if (!matches(found, wanted))
      fail(`${path} ${JSON.stringify(wanted)}, found ${JSON.stringify(found)?.slice(0, 200)}`)
  }
}

const TESTS: Readonly<Record<string, (found: unknown, wanted: unknown) => boolean>> = {
  matches: (found, wanted) =>
    new RegExp(String(wanted), 'su').test(typeof found === 'string' ? found : (JSON.stringify(found) ?? '')),
  exists: (found, wanted) => (found !== undefined) === wanted,
  gt: (found, wanted) => Number(found) > Number(wanted),
  lt: (found, wanted) => Number(found) < Number(wanted),
  contains: (found, wanted) =>
    Array.isArray(found)
      ? found.some((item) => isDeepStrictEqual(item, wanted))
      : typeof found === 'string' && found.includes(String(wanted)),
}

/** Equal, or every test of `{matches, exists, gt, lt, contains}`. A template makes text: then `5` equals `"5"`. */
function matches(found: unknown, wanted: unknown): boolean {
  if (typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted)) {
    const tests = Object.entries(wanted)
    if (tests.length > 0 && tests.every(([name]) => name in TESTS))
      return tests.every(([name, value]) => TESTS[name]?.(found, value))
  }
  return (
    isDeepStrictEqual(found, wanted) ||
    (typeof wanted === 'string' && typeof found === 'number' && String(found) === wanted)
  )
}

/** @throws StepFailure when there is nothing to capture. */
export function captureFrom(
  name: string,
  capture: Capture,
  reply: Reply,
  json: () => unknown,
  cookies: CookieJar,
): string {
  const found = find(capture, reply, json, cookies)
  if (found === undefined || found === null)
    throw new StepFailure('broken', {
      expected: `a value for ${name}: ${JSON.stringify(capture)}`,
      received: said(reply),
      sent: reply.sent,
    })
  return typeof found === 'string' ? found : JSON.stringify(found)
}

function find(capture: Capture, reply: Reply, json: () => unknown, cookies: CookieJar): unknown {
  if ('json' in capture) return jsonAt(json(), capture.json)
  if ('header' in capture) return reply.headers[capture.header.toLowerCase()]
  if ('cookie' in capture) return cookies.value(capture.cookie)
  if ('body' in capture) return reply.body
  if ('status' in capture) return String(reply.status)
  const match = new RegExp(capture.regex, 'su').exec(reply.body)
  return match ? unescaped(match[1] ?? match[0]) : undefined
}

/** What a page shows in an attribute or text is meant without its HTML escapes. */
const unescaped = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
