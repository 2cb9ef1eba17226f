import { z } from 'zod'
import type { HttpRequest, Step } from '../../engine/ports/script.ts'
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
  'login',
  'app',
  'wait',
  'repeat',
] as const

/** One authored step, durations in ms. `toSteps` makes it what the range runs. */
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
    login: z
      .strictObject({
        at: filled.describe('Where somebody goes to log in, e.g. `http://tax/login`'),
        by: filled.describe('Who logs people in, e.g. `http://eid`'),
        as: filled.describe('Code of the person whose card it is'),
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

export interface Login {
  readonly at: string
  readonly by: string
  readonly as: string
}

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
  readonly login?: Login
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
