import { z } from 'zod'
import type { LooksSince, SourceFile, SourceTexts, SourceTree } from '../../exercise/wire/sources.ts'
import { refusalSchema } from './responses.ts'

/** What the routes of sources answer; checked against the types they describe. */

const hash = z.string().describe('SHA-256 of the text, hex.')

export const treeResponse = z.object({
  files: z.array(
    z.object({
      path: z.string().describe('Below the sources.'),
      bytes: z.int(),
      change: z.enum(['none', 'changed', 'added', 'deleted']).describe('Against the start.'),
      locked: z.boolean().describe('No text, too long, or under a name that is not edited here.'),
    }),
  ),
  cut: z.boolean().describe('There is more than is read.'),
}) satisfies z.ZodType<{ [K in keyof SourceTree]: unknown }>

export const sourceResponse = z.object({
  text: z.string().nullable().describe('Null: deleted since the start.'),
  hash: hash.nullable().describe('Give this as `expected` when you save.'),
  start: z.string().nullable().describe('The text as it was deployed; null: it was not there.'),
}) satisfies z.ZodType<SourceFile>

export const textsResponse = z.object({
  texts: z.array(z.object({ path: z.string().describe('Below the sources.'), text: z.string() })),
  cut: z.boolean().describe('There is more than is given.'),
}) satisfies z.ZodType<{ [K in keyof SourceTexts]: unknown }>

export const savedResponse = z.object({ ok: z.literal(true), hash: hash.nullable() })

export const conflictResponse = z.object({
  ok: z.literal(false),
  refusal: refusalSchema,
  theirs: z
    .object({ text: z.string(), hash })
    .nullable()
    .optional()
    .describe('What is there now, where that was in the way; null: nothing.'),
})

export const restartedResponse = z.object({
  ok: z.literal(true),
  running: z.boolean().describe('The process stayed up.'),
  said: z.string().describe('What the machine said; whoever is root there may have made it up.'),
  cursor: z.int().describe('Position of the fact.'),
})

export const looksResponse = z.object({
  askedMs: z.number().nullable().describe('When it was restarted last, exercise time in ms.'),
  journeys: z.array(z.object({ journey: z.string(), looked: z.boolean() })),
  attacks: z.array(z.object({ attack: z.string(), looked: z.boolean() })),
}) satisfies z.ZodType<{ [K in keyof LooksSince]: unknown }>
