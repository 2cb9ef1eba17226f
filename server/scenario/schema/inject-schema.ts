import { z } from 'zod'
import { MEDIA_TYPES } from '../../exercise/scenario/file-types.ts'
import { CHANNELS, INJECT_CATEGORIES, ROLES } from '../../exercise/scenario/inject.ts'
import { normalisedAnswer, QUESTION_LENGTH } from '../../exercise/scenario/question.ts'
import { answersFit, machineAnswers, PILOT_ANSWER } from './machine-answer-schema.ts'
import { duration, id } from './parts.ts'
import type { TextSchema } from './texts.ts'
import { fitsItsMoment, hasOneMoment, OF_ANOTHER_MOMENT, ONE_MOMENT, triggerKeys } from './trigger-schema.ts'

const question = (text: TextSchema) =>
  z.strictObject({
    answers: z
      .array(
        z
          .string()
          .max(QUESTION_LENGTH)
          .refine((written) => normalisedAnswer(written) !== '', 'an answer is missing here'),
      )
      .min(1)
      .max(20)
      .describe('All ways to write the right answer; capitals, width and spaces make no difference'),
    tries: z.int().min(1).max(10).default(3).describe('How often a team may try'),
    hints: z.array(text).max(5).default([]).describe('From vague to exact; each takes a part of the points'),
  })

const answer = (text: TextSchema) =>
  z
    .strictObject({
      text: z.int().min(1).max(20_000).exactOptional().describe('Words, at most so many characters'),
      choice: z
        .array(z.strictObject({ id, text, right: z.literal(true).exactOptional() }))
        .min(2)
        .max(20)
        .exactOptional()
        .describe('Options; where some are `right: true`, the platform grades'),
      several: z.literal(true).exactOptional().describe('With `choice`: more than one may be chosen'),
      file: z
        .array(z.enum(MEDIA_TYPES))
        .min(1)
        .max(10)
        .exactOptional()
        .describe('A file of one of these media types'),
      maxKiB: z.int().min(1).max(5_000).default(1_000).describe('With `file`: its size at most'),
      sitrep: z.literal(true).exactOptional().describe('A situation report'),
      question: question(text)
        .exactOptional()
        .describe('A question with one right answer, which the platform compares'),
    })
    .refine(
      ({ text, choice, file, sitrep, question }) =>
        [text, choice, file, sitrep, question].filter(Boolean).length === 1,
      {
        error: 'an answer is one of `text`, `choice`, `file`, `sitrep` and `question`',
        params: { code: 'one-answer' },
      },
    )

/** A path within the scenario folder, as hashed: with `/`, and no way out. */
const attachment = z
  .string()
  .max(200)
  .regex(
    /^(?!\.)(?!.*\/\.)[^/\\\p{Cc}]+(\/[^/\\\p{Cc}]+)*$/u,
    'an attachment is a file of the scenario folder, e.g. `injects/map.png`',
  )

const criterion = (text: TextSchema) =>
  z.strictObject({
    id,
    title: text,
    points: z.number().gt(0).max(100).describe('Relative to the other criteria'),
    anchors: z
      .array(z.strictObject({ points: z.number().min(0).max(100), text }))
      .max(10)
      .exactOptional()
      .describe('What earns how much, in words, for those who grade'),
  })

/** An entry of the timeline that is a message to people. */
export const injectSchema = (text: TextSchema) =>
  z
    .strictObject({
      kind: z.literal('inject'),
      id,
      number: z.int().min(1).max(9_999).exactOptional().describe('In the MSEL; default: the next one'),
      title: text,
      text,
      from: text.describe('Who writes, in the story'),
      channel: z.enum(CHANNELS).default('mail'),
      teams: z.array(id).min(1).exactOptional().describe('Whom it goes to; default: all'),
      roles: z.array(z.enum(ROLES)).max(4).default([]).describe('Whom in the team it concerns'),
      ...triggerKeys,
      within: duration().exactOptional().describe('An answer is in time until so long after it came'),
      answer: answer(text).exactOptional().describe('What is asked for; without it, it is a notice'),
      rubric: z
        .array(criterion(text))
        .max(12)
        .default([])
        .describe('What an answer is graded by; a sitrep without one gets the usual one'),
      attachments: z
        .array(attachment)
        .max(10)
        .default([])
        .describe(
          'Files of the scenario folder, e.g. `injects/map.png`: png, jpeg, pdf, txt, md, csv, ics, pcap; 5 MiB each',
        ),
      category: z
        .enum(INJECT_CATEGORIES)
        .exactOptional()
        .describe(
          'Points that it earns: strategic, reporting (default of a sitrep) or forensics (of a question)',
        ),
      weight: z.number().min(0).max(100).default(1).describe('Worth relative to others of its category'),
      objectives: z.array(id).max(10).default([]).describe('What it tests'),
      expected: text.exactOptional().describe('What the team is expected to do, for white'),
      note: text.exactOptional().describe('For white'),
      pilots: machineAnswers(text)
        .exactOptional()
        .describe('What machine-played teams answer; default: what they know of their services'),
    })
    .refine(hasOneMoment, ONE_MOMENT)
    .refine(answersFit, PILOT_ANSWER)
    .refine(fitsItsMoment, OF_ANOTHER_MOMENT)
    .refine(({ answer: asked, rubric }) => !asked?.question || rubric.length === 0, {
      error: 'the platform grades a question: it has no rubric',
      params: { code: 'question-rubric' },
    })

export type InjectFile = z.output<ReturnType<typeof injectSchema>>
