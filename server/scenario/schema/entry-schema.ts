import { z } from 'zod'
import { injectSchema } from './inject-schema.ts'
import { id, weaknessId } from './parts.ts'
import type { TextSchema } from './texts.ts'
import { fitsItsMoment, hasOneMoment, OF_ANOTHER_MOMENT, ONE_MOMENT, triggerKeys } from './trigger-schema.ts'
import { worldSchema } from './world-schema.ts'

const number = z.int().min(1).max(9_999).exactOptional().describe('In the MSEL; default: the next one')

const attackEntry = (text: TextSchema) =>
  z
    .strictObject({
      kind: z.literal('attack'),
      id,
      number,
      title: text,
      weakness: weaknessId,
      ...triggerKeys,
      follows: id
        .exactOptional()
        .describe(
          'An attack: only tried where that one landed; elsewhere the way in was closed, and this one counts as that did',
        ),
      teams: z
        .array(id)
        .min(1)
        .exactOptional()
        .describe('Only these are attacked, and scored by it; default: all'),
      weight: z
        .number()
        .min(0)
        .max(100)
        .exactOptional()
        .describe("Default: the weakness's own weight; 0: it counts nowhere"),
      objectives: z.array(id).max(10).default([]).describe('What it tests'),
      expected: text.exactOptional().describe('What teams are expected to do, for white'),
      note: text.exactOptional().describe('For white'),
    })
    .refine(hasOneMoment, ONE_MOMENT)
    .refine(fitsItsMoment, OF_ANOTHER_MOMENT)

const noteEntry = (text: TextSchema) =>
  z
    .strictObject({
      kind: z.literal('note'),
      id,
      number,
      text: text.describe('What the tutor says'),
      teams: z.array(id).min(1).exactOptional().describe('Whom it is told to; default: all'),
      ...triggerKeys,
    })
    .refine(hasOneMoment, ONE_MOMENT)
    .refine(fitsItsMoment, OF_ANOTHER_MOMENT)

/** An entry of the one list of the timeline. Each kind is a schema of its own. */
export const entrySchema = (text: TextSchema) =>
  z.discriminatedUnion('kind', [injectSchema(text), attackEntry(text), noteEntry(text), worldSchema(text)], {
    error: (issue) =>
      issue.code === 'invalid_union'
        ? 'an entry is of kind `inject`, `attack`, `note` or `world`'
        : undefined,
  })

export type EntryFile = z.output<ReturnType<typeof entrySchema>>
/** An entry of one kind. */
export type EntryOf<K extends EntryFile['kind']> = Extract<EntryFile, { readonly kind: K }>
