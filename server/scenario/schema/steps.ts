import { z } from 'zod'
import type { Expect, HttpRequest, Step } from '../../engine/ports/script.ts'
import { duration } from './parts.ts'
import {
  capture,
  capturedName,
  expectation,
  fields,
  filled,
  isWhole,
  port,
  request,
  scalar,
  shortRequest,
} from './step-parts.ts'

/** The step language of infra/README.md. A step has exactly one of these keys. */
export const ACTIONS = [
  'http',
  'sql',
  'exec',
  'tcp',
  'ssh',
  'listen',
  'flood',
  'card',
  'app',
  'wait',
  'repeat',
] as const

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
        host: filled.exactOptional().describe('Default: the service that is `database: true`'),
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
    tcp: z.strictObject({ host: filled, port, send: z.string().default('') }).exactOptional(),
    ssh: z
      .strictObject({
        host: filled,
        port: port.default(22),
        user: filled,
        password: filled.exactOptional(),
        key: filled.exactOptional().describe('PEM, or base64 of it as `{{private-key:NAME}}` gives it'),
        command: filled,
      })
      .refine(({ password, key }) => (password === undefined) !== (key === undefined), {
        error: 'an `ssh` step logs in with a password or with a key',
        params: { code: 'two-keys' },
      })
      .exactOptional(),
    listen: z
      .strictObject({
        port,
        says: filled.describe('Callers that do not say this are not counted'),
        times: z.int().min(1).max(20).default(1),
        within: duration({ min: 1, max: 90_000 }),
        reply: z.string().default(''),
      })
      .exactOptional(),
    flood: z
      .strictObject({
        http: z.union([shortRequest, request]),
        rate: z.int().min(1).max(100).describe('Requests a second'),
        for: duration({ min: 100, max: 5000 }),
      })
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

type Sql = Extract<Step, { sql: unknown }>['sql']

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
  readonly sql?: Omit<Sql, 'host'> & { readonly host?: string }
  readonly exec?: Extract<Step, { exec: unknown }>['exec']
  readonly tcp?: Extract<Step, { tcp: unknown }>['tcp']
  readonly ssh?: Extract<Step, { ssh: unknown }>['ssh']
  readonly listen?: Omit<Extract<Step, { listen: unknown }>['listen'], 'withinMs'> & {
    readonly within: number
  }
  readonly flood?: { readonly http: HttpRequest; readonly rate: number; readonly for: number }
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

/** A step that says itself how long it takes needs no deadline beside it. */
const SPARE_MS = 2_000

function toExpect({ within, ...rest }: z.output<typeof expectation>): Expect {
  return { ...rest, ...(within !== undefined && { withinMs: within }) }
}

/** The shape that range and probe share: every duration in ms, every default filled in. `database`: where `sql` goes that names no host. */
export function toStep(authored: AuthoredStep, database: string): Step {
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
  if (authored.sql) return { ...common, sql: { host: database, ...authored.sql } }
  if (authored.exec) return { ...common, exec: authored.exec }
  if (authored.tcp) return { ...common, tcp: authored.tcp }
  if (authored.ssh) return { ...common, ssh: authored.ssh }
  if (authored.listen) {
    const { within, ...listen } = authored.listen
    return {
      ...common,
      deadlineMs: Math.max(deadline, within + SPARE_MS),
      listen: { ...listen, withinMs: within },
    }
  }
  if (authored.flood) {
    const { http, rate, for: forMs } = authored.flood
    return { ...common, deadlineMs: Math.max(deadline, forMs + SPARE_MS), flood: { http, rate, forMs } }
  }
  if (authored.card) return { ...common, card: authored.card }
  if (authored.app) return { ...common, app: authored.app }
  if (authored.repeat) {
    const { times, every, until, steps: repeated } = authored.repeat
    return {
      ...common,
      repeat: { times, everyMs: every, until, steps: repeated.map((step) => toStep(step, database)) },
    }
  }
  return { ...common, waitMs: authored.wait ?? 0 }
}
