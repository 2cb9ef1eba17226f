import { z } from 'zod'
import { SITREP_FIELDS } from '../../exercise/scenario/inject.ts'
import { ANSWERING } from '../../exercise/scenario/machine-answer.ts'
import { normalisedAnswer, QUESTION_LENGTH } from '../../exercise/scenario/question.ts'
import { id } from './parts.ts'
import type { TextSchema } from './texts.ts'

const perField = (text: TextSchema) =>
  Object.fromEntries(SITREP_FIELDS.map((field) => [field, text.exactOptional()])) as {
    readonly [F in (typeof SITREP_FIELDS)[number]]: z.ZodExactOptional<TextSchema>
  }

const machineAnswer = (text: TextSchema) =>
  z.strictObject({
    text: text.exactOptional(),
    choice: z.array(id).min(1).max(20).exactOptional().describe('Ids of options'),
    sitrep: z.strictObject(perField(text)).exactOptional(),
    question: z
      .string()
      .max(QUESTION_LENGTH)
      .refine((written) => normalisedAnswer(written) !== '', 'an answer is missing here')
      .exactOptional()
      .describe('What it tries at a question, once: right or wrong'),
  })

/** `pilots` of a message: what teams played by a machine answer, by their skill. */
export const machineAnswers = (text: TextSchema) =>
  z.strictObject(
    Object.fromEntries(ANSWERING.map((pilot) => [pilot, machineAnswer(text).exactOptional()])) as {
      readonly [P in (typeof ANSWERING)[number]]: z.ZodExactOptional<ReturnType<typeof machineAnswer>>
    },
  )

export type MachineAnswersFile = z.output<ReturnType<typeof machineAnswers>>

interface Asked {
  readonly text?: number
  readonly choice?: readonly { readonly id: string }[]
  readonly sitrep?: true
  readonly question?: object
  readonly several?: true
}

/** For a message: its machine answers are of the kind that it asks for, and choose among its options. */
export const answersFit = ({
  answer,
  pilots,
}: {
  readonly answer?: Asked
  readonly pilots?: MachineAnswersFile
}): boolean =>
  Object.values(pilots ?? {}).every((given) => {
    if (!answer || Object.keys(given).length !== 1) return false
    if (given.question !== undefined) return answer.question !== undefined
    if (given.text) return answer.text !== undefined
    if (given.sitrep) return answer.sitrep === true && Object.keys(given.sitrep).length > 0
    const { choice = [], several } = answer
    const chosen = given.choice ?? []
    return (
      chosen.every((one) => choice.some((option) => option.id === one)) && (several || chosen.length === 1)
    )
  })

export const PILOT_ANSWER = {
  error:
    'a machine-played team answers what is asked: one of `text`, `choice` (options that there are), `sitrep` and `question`',
  path: ['pilots'],
  params: { code: 'pilot-answer' },
}
