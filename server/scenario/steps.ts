import { z } from 'zod'
import type { Capture, Expect, HttpRequest, Step } from '../engine/script.ts'
import { duration } from './parts.ts'

/** The step language of infra/README.md. A step has exactly one of these keys. */
export const ACTIONS = ['http', 'sql', 'exec', 'tcp', 'card', 'app', 'wait', 'repeat'] as const

const filled = z.string().min(1)
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const fields = z.record(z.string(), scalar)
const lines = z.union([z.string().transform((one) => [one]), z.array(z.string())])
const capturedName = z
  .string()
  .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'a captured name is letters, digits and `_`, e.g. `csrf`')
const jsonPath = z.string().regex(/^\$/, 'a JSON path starts with `$`, e.g. `$.refund.amount`')
const pattern = z
  .string()
  .refine(isPattern, { error: 'this is not a regular expression', params: { code: 'bad-regex' } })

/** A rule about the whole says nothing while a part is wrong: one mistake, one message. */
const isWhole = ({ issues }: { readonly issues: readonly unknown[] }) => issues.length === 0

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

const request = z
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

const shortRequest = z
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

const expectation = z.strictObject({
  status: z.union([z.int().transform((one) => [one]), z.array(z.int()).min(1)]).exactOptional(),
  header: fields.exactOptional(),
  json: z.record(jsonPath, wanted).exactOptional(),
  text: lines.exactOptional(),
  notText: lines.exactOptional(),
  regex: pattern.exactOptional(),
  within: duration({ min: 1, max: 60_000 }).exactOptional(),
})

const CAPTURES = ['json', 'header', 'regex', 'cookie', 'body', 'status'] as const

const capture = z
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

/** One authored step, durations in ms. `toStep` makes it what the range runs. */
export const step = z
  .strictObject({
    name: filled.exactOptional(),
    actor: filled.exactOptional(),
    when: z.string().exactOptional(),
    deadline: duration({ min: 1, max: 120_000 }).prefault('5s'),
    expect: expectation.exactOptional(),
    capture: z.record(capturedName, capture).exactOptional(),
    remember: z.array(capturedName).exactOptional(),
    redirects: z.int().min(0).max(10).exactOptional(),
    http: z.union([shortRequest, request]).exactOptional(),
    sql: z
      .strictObject({
        host: filled.default('registry-db'),
        database: filled,
        user: filled,
        password: z.string(),
        query: filled,
        params: z.array(scalar).default([]),
      })
      .exactOptional(),
    exec: z
      .strictObject({
        service: filled,
        command: z.array(z.string()).min(1),
        env: fields.default({}),
        user: filled.default('root'),
      })
      .exactOptional(),
    tcp: z
      .strictObject({ host: filled, port: z.int().min(1).max(65_535), send: z.string().default('') })
      .exactOptional(),
    card: z
      .strictObject({
        person: filled,
        origin: filled,
        nonce: z.string().default(''),
        certificate: z.enum(['authentication', 'signature']).default('authentication'),
        digest: filled.exactOptional(),
      })
      .exactOptional(),
    app: z
      .strictObject({
        name: z
          .string()
          .regex(
            /^[a-z][a-z-]*\/[a-z][a-z-]*$/,
            'an app is `<file>/<what>` of probe/src/apps, e.g. `wallet/present`',
          ),
        with: fields.default({}),
      })
      .exactOptional(),
    wait: duration({ max: 60_000 }).exactOptional(),
    repeat: z
      .strictObject({
        times: z.int().min(1).max(200),
        every: duration({ max: 60_000 }).prefault('0s'),
        until: z.boolean().default(false),
        get steps() {
          return steps
        },
      })
      .exactOptional(),
  })
  .refine((authored) => ACTIONS.filter((action) => authored[action] !== undefined).length === 1, {
    error: `a step has exactly one of ${ACTIONS.join(', ')}`,
    params: { code: 'one-action' },
    when: isWhole,
  })
  .refine((authored) => authored.redirects === undefined || authored.http !== undefined, {
    error: '`redirects` belongs to an `http` step',
    path: ['redirects'],
    when: isWhole,
    params: { code: 'unknown-key' },
  })
  .meta({ id: 'step', oneOf: ACTIONS.map((action) => ({ required: [action] })) })

export interface AuthoredStep {
  readonly name?: string
  readonly actor?: string
  readonly when?: string
  readonly deadline: number
  readonly expect?: z.output<typeof expectation>
  readonly capture?: Readonly<Record<string, z.output<typeof capture>>>
  readonly remember?: readonly string[]
  readonly redirects?: number
  readonly http?: HttpRequest
  readonly sql?: Extract<Step, { sql: unknown }>['sql']
  readonly exec?: Extract<Step, { exec: unknown }>['exec']
  readonly tcp?: Extract<Step, { tcp: unknown }>['tcp']
  readonly card?: Extract<Step, { card: unknown }>['card']
  readonly app?: Extract<Step, { app: unknown }>['app']
  readonly wait?: number
  readonly repeat?: {
    readonly times: number
    readonly every: number
    readonly until: boolean
    readonly steps: readonly AuthoredStep[]
  }
}

// The annotation cuts the circle between a step and the steps that it repeats.
export const steps: z.ZodType<readonly AuthoredStep[]> = z.lazy(() => z.array(step).min(1).max(100))

function toExpect({ within, ...rest }: z.output<typeof expectation>): Expect {
  return { ...rest, ...(within !== undefined && { withinMs: within }) }
}

/** The shape that range and probe share: every duration in ms, every default filled in. */
export function toStep(authored: AuthoredStep): Step {
  const { name, actor, when, deadline, expect, capture: captures, remember } = authored
  const common = {
    deadlineMs: deadline,
    ...(name !== undefined && { name }),
    ...(actor !== undefined && { actor }),
    ...(when !== undefined && { when }),
    ...(expect && { expect: toExpect(expect) }),
    ...(captures && { capture: captures }),
    ...(remember && { remember }),
  }
  if (authored.http) return { ...common, http: authored.http, redirects: authored.redirects ?? 0 }
  if (authored.sql) return { ...common, sql: authored.sql }
  if (authored.exec) return { ...common, exec: authored.exec }
  if (authored.tcp) return { ...common, tcp: authored.tcp }
  if (authored.card) return { ...common, card: authored.card }
  if (authored.app) return { ...common, app: authored.app }
  if (authored.repeat) {
    const { times, every, until, steps: repeated } = authored.repeat
    return { ...common, repeat: { times, everyMs: every, until, steps: repeated.map(toStep) } }
  }
  return { ...common, waitMs: authored.wait ?? 0 }
}
