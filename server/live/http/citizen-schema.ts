import { z } from 'zod'
import type { Citizen } from '../../engine/ports/citizens.ts'
import { LANGS } from '../../exercise/scenario/words.ts'
import type { SignedIn } from '../citizen/sign-in-card.ts'
import type { NoPage } from '../citizen/visit-result.ts'
import type { Standing } from '../citizen/visitors.ts'

/** What the routes of the citizen's view take and answer. */

const name = z.string().min(1).max(80)
/** Of an address, with its query; never another host. */
const path = z
  .string()
  .max(4_000)
  .regex(/^\/(?![/\\])[\x21-\x7e]*$/)

export const citizenStart = z.strictObject({ team: name, lang: z.enum(LANGS) })
export const citizenOpen = z.strictObject({ service: name, path })
export const citizenPerson = z.strictObject({
  service: name,
  person: z.string().max(40).nullable().describe('Personal code; null signs out of all services.'),
})

export const visitorResponse = z.object({
  visitor: z.string(),
  services: z.array(z.string()).describe('Services that citizens reach.'),
  people: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      role: z.string(),
      birth: z.string(),
    }) satisfies z.ZodType<Citizen>,
  ),
})

export const entranceResponse = z.object({ url: z.string().describe('Good once, for some seconds.') })

export const signedInResponse = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), service: z.string(), path: z.string() }),
  z.object({ ok: z.literal(false), why: z.enum(['no-login', 'no-card', 'refused', 'down', 'stands-still']) }),
]) satisfies z.ZodType<SignedIn>

const NO_PAGE = [
  ...(['down', 'broken', 'too-large', 'busy', 'fault', 'stands-still', 'too-fast'] as const),
] satisfies NoPage[]

export const standingResponse = z.object({
  at: z
    .object({
      service: z.string(),
      path: z.string(),
      method: z.string(),
      status: z.number(),
      failed: z.enum(NO_PAGE).nullable(),
      serviceMs: z.number().describe('That the service took.'),
      ms: z.number().describe('Until the answer went to the browser.'),
    })
    .nullable() satisfies z.ZodType<Standing | null>,
  person: z.string().nullable().describe('Personal code of whom the visitor has signed in as.'),
})
