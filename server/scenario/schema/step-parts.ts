import { z } from 'zod'
import type { Capture, HttpRequest } from '../../engine/ports/script.ts'
import { duration } from './parts.ts'

/** What steps of the step language are made of: requests, expectations, captures. */
export const filled = z.string().min(1)
export const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String)
export const fields = z.record(z.string(), scalar)
const lines = z.union([z.string().transform((one) => [one]), z.array(z.string())])
export const capturedName = z
  .string()
  .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'a captured name is letters, digits and `_`, e.g. `csrf`')
const jsonPath = z.string().regex(/^\$/, 'a JSON path starts with `$`, e.g. `$.refund.amount`')
const pattern = z
  .string()
  .refine(isPattern, { error: 'this is not a regular expression', params: { code: 'bad-regex' } })

export const port = z.int().min(1).max(65_535)

/** A rule about the whole says nothing while a part is wrong: one mistake, one message. */
export const isWhole = ({ issues }: { readonly issues: readonly unknown[] }) => issues.length === 0

/** As the probe will read it, once its templates are filled in. */
function isPattern(source: string): boolean {
  try {
    return new RegExp(source.replaceAll(/\{\{.*?\}\}/gs, 'x'), 'su').source !== ''
  } catch {
    return false
  }
}

/** What a JSON path is compared with: any value, or tests such as `{ matches: "^EE" }`. */
const wanted = z
  .unknown()
  .refine(
    (value) =>
      typeof value !== 'object' ||
      value === null ||
      !('matches' in value) ||
      isPattern(String(value.matches)),
    { error: '`matches` is not a regular expression', params: { code: 'bad-regex' } },
  )

const METHOD = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/
const method = z.string().regex(METHOD, 'must be GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS')
const BODIES = ['form', 'json', 'text', 'file'] as const

export const request = z
  .strictObject({
    method: method.default('GET'),
    url: filled,
    key: filled.exactOptional(),
    headers: fields.exactOptional(),
    query: fields.exactOptional(),
    form: fields.exactOptional(),
    json: z.unknown().exactOptional(),
    text: z.string().exactOptional(),
    file: z.strictObject({ field: filled, name: filled, type: filled, content: z.string() }).exactOptional(),
  })
  .refine((http) => BODIES.filter((body) => http[body] !== undefined).length <= 1, {
    error: 'a request has one body: form, json, text or file',
    params: { code: 'two-bodies' },
  })

export const shortRequest = z
  .string()
  .regex(
    /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (?:\{\{[^}]*\}\}|[^\s{]|\{(?!\{))+$/,
    'the short form is a method and an address: `GET http://portal/`',
  )
  .transform(
    (line): HttpRequest => ({
      method: line.slice(0, line.indexOf(' ')),
      url: line.slice(line.indexOf(' ') + 1),
    }),
  )

export const expectation = z.strictObject({
  status: z.union([z.int().transform((one) => [one]), z.array(z.int()).min(1)]).exactOptional(),
  header: fields.exactOptional(),
  json: z.record(jsonPath, wanted).exactOptional(),
  text: lines.exactOptional(),
  notText: lines.exactOptional(),
  regex: pattern.exactOptional(),
  within: duration({ min: 1, max: 60_000 }).exactOptional(),
  runs: z
    .enum(['self', 'inline'])
    .exactOptional()
    .describe(
      'A browser that obeys the page’s Content-Security-Policy would run a script: of the same site, or written into the page',
    ),
})

const CAPTURES = ['json', 'header', 'regex', 'cookie', 'body', 'status'] as const

export const capture = z
  .strictObject({
    json: jsonPath.exactOptional(),
    header: filled.exactOptional(),
    regex: pattern.exactOptional(),
    cookie: filled.exactOptional(),
    body: z.literal(true).exactOptional(),
    status: z.literal(true).exactOptional(),
  })
  .refine((authored) => Object.keys(authored).length === 1, {
    error: `a capture has exactly one of ${CAPTURES.join(', ')}`,
    params: { code: 'one-capture' },
    when: isWhole,
  })
  .meta({ oneOf: CAPTURES.map((kind) => ({ required: [kind] })) })
  .transform(({ json, header, regex, cookie, body }): Capture => {
    if (json !== undefined) return { json }
    if (header !== undefined) return { header }
    if (regex !== undefined) return { regex }
    if (cookie !== undefined) return { cookie }
    return body ? { body } : { status: true }
  })
