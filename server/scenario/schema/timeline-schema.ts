import { z } from 'zod'
import { entrySchema } from './entry-schema.ts'
import { duration, id, weaknessId } from './parts.ts'
import type { TextSchema } from './texts.ts'

const manual = z.literal(true).exactOptional().describe('Waits for the instructor, who lets it come')

const given = (...keys: readonly unknown[]): number => keys.filter((value) => value !== undefined).length

const oneMoment = (error: string) => ({ error, params: { code: 'one-moment' } })

const phase = (text: TextSchema) =>
  z
    .strictObject({
      id,
      title: text,
      from: duration().exactOptional(),
      manual,
      preparation: z
        .literal(true)
        .exactOptional()
        .describe(
          'Teams may type in terminals while time stands still: in a pause of it, and before the start where it is the first',
        ),
    })
    .refine(
      ({ from, manual }) => given(from, manual) === 1,
      oneMoment('a phase has either `from` or `manual`'),
    )

const attack = (text: TextSchema) =>
  z
    .strictObject({
      id,
      at: duration().exactOptional().describe('Exercise time, the same for every team'),
      jitter: duration({ max: 600_000 })
        .prefault('0s')
        .describe('The moment moves by up to this much, either way'),
      weakness: weaknessId,
      title: text,
      after: id
        .exactOptional()
        .describe(
          'Only tried where this attack landed; elsewhere the way in was closed. Without `at`: as soon as it is known what came of it',
        ),
      delay: duration()
        .prefault('0s')
        .describe('With `after` and without `at`: so long after that one came out'),
      manual,
      weight: z.number().positive().max(100).exactOptional().describe("Default: the weakness's own weight"),
    })
    .refine(
      ({ at, manual, after }) => given(at, manual) === 1 || (given(at, manual) === 0 && after !== undefined),
      oneMoment('an attack has one of `at` and `manual`, or `after` without either'),
    )
    .refine(
      ({ at, manual, after, delay }) => delay === 0 || (after !== undefined && given(at, manual) === 0),
      {
        error: '`delay` goes with `after` alone: `at` and `manual` are moments of their own',
        params: { code: 'delay-without-after' },
      },
    )

const tutorNote = (text: TextSchema) =>
  z
    .strictObject({
      id,
      text,
      at: duration().exactOptional().describe('Exercise time'),
      landed: id
        .exactOptional()
        .describe('Instead: an attack; it is said while that has a foothold in the team'),
      after: duration().prefault('0s').describe('So long after it landed'),
      manual,
    })
    .refine(
      ({ at, landed, manual }) => given(at, landed, manual) === 1,
      oneMoment('a note has one of `at`, `landed` or `manual`'),
    )

/** `timeline` of scenario.yaml. */
export const timelineSchema = (text: TextSchema) =>
  z.strictObject({
    phases: z.array(phase(text)).min(1).max(30),
    attacks: z.array(attack(text)).max(2000).default([]),
    entries: z
      .array(entrySchema(text))
      .max(2000)
      .default([])
      .describe('Messages to people, attacks and tutor’s notes, in the order of their numbers'),
    tutor: z.array(tutorNote(text)).max(200).default([]).describe('What a tutor tells each team, and when'),
  })
