import { z } from 'zod'
import { WORLD_EFFECTS } from '../../exercise/scenario/inject.ts'
import { duration, id } from './parts.ts'
import type { TextSchema } from './texts.ts'
import { fitsItsMoment, hasOneMoment, OF_ANOTHER_MOMENT, ONE_MOMENT, triggerKeys } from './trigger-schema.ts'

/** An entry of the timeline that happens to the range and is nobody's doing: a power cut, a maintenance. */
export const worldSchema = (text: TextSchema) =>
  z
    .strictObject({
      kind: z.literal('world'),
      id,
      number: z.int().min(1).max(9_999).exactOptional().describe('In the MSEL; default: the next one'),
      title: text,
      publicText: text.describe('What everybody is told'),
      effect: z
        .enum(WORLD_EFFECTS)
        .describe(
          '`stop`: machines stand still. `slow`: they are much slower. `cut-off`: they have no network',
        ),
      services: z.array(id).min(1).max(40).describe('What it hits'),
      lasts: duration({ min: 10_000, max: 14_400_000 }).describe('How long, in exercise time'),
      teams: z.array(id).min(1).exactOptional().describe('Whom it happens to; default: all'),
      ...triggerKeys,
      objectives: z.array(id).max(10).default([]).describe('What it tests'),
    })
    .refine(hasOneMoment, ONE_MOMENT)
    .refine(fitsItsMoment, OF_ANOTHER_MOMENT)
