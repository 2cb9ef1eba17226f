import type { CookieJar } from './cookies.ts'
import { expression, received, spellings } from './expectation.ts'
import { jsonAt } from './json-path.ts'
import { unescaped } from './references.ts'
import { type Capture, type Reply, StepFailure } from './steps.ts'

/** The value that a capture finds: text, or what a JSON path leads to. @throws StepFailure when there is nothing. */
export function captureFrom(
  name: string,
  capture: Capture,
  reply: Reply,
  json: () => unknown,
  cookies: CookieJar,
): unknown {
  const found = find(capture, reply, json, cookies)
  if (found === undefined || found === null)
    throw new StepFailure('broken', {
      expected: `a value for ${name}: ${JSON.stringify(capture)}`,
      received: received(reply),
      sent: reply.sent,
    })
  return found
}

function find(capture: Capture, reply: Reply, json: () => unknown, cookies: CookieJar): unknown {
  if ('json' in capture) return jsonAt(json(), capture.json)
  if ('header' in capture) return reply.headers[capture.header.toLowerCase()]
  if ('cookie' in capture) return cookies.value(capture.cookie)
  if ('body' in capture) return reply.body
  if ('status' in capture) return reply.status
  const sought = expression(capture.regex)
  const match = spellings(reply).reduce<RegExpExecArray | null>(
    (found, body) => found ?? sought.exec(body),
    null,
  )
  if (!match) return undefined
  const text = match[1] ?? match[0]
  return reply.headers['content-type']?.includes('html') ? unescaped(text) : text
}
