import { z } from 'zod'
import { SPEEDS } from '../exercise/decide/decide-lifecycle.ts'
import { PILOTS } from '../exercise/scenario/model.ts'
import { EXERCISE_NAME_LENGTH, writtenName } from '../exercise/scenario/written-name.ts'
import { spokenName } from './person-schema.ts'
import { id, MAX_WALL } from './wire-command.ts'

const BAD_NAME = `the name of an exercise has 1 to ${EXERCISE_NAME_LENGTH} characters that can be seen, and none that control`

/** As it is said; comes out as it is kept. */
const exerciseName = z
  .string()
  .max(5_000)
  .transform((text, context) => {
    const name = writtenName(text, EXERCISE_NAME_LENGTH)
    if (name === null) context.addIssue({ code: 'custom', message: BAD_NAME })
    return name ?? z.NEVER
  })

export const nameBody = z.strictObject({
  name: exerciseName.nullable().describe('Null: it is called as its scenario again.'),
})

/** As the machine's own calls take it. */
const path = z
  .string()
  .min(1)
  .max(4_000)
  .refine((text) => !text.includes('\0'), { error: 'no path holds a NUL character' })

/** What opens one more exercise. */
export const openBody = z.strictObject({
  folder: path.describe('Scenario folder on the platform’s machine, absolute.'),
  packs: z.array(path).max(50).default([]).describe('Further folders with services or weaknesses.'),
  teams: z.int().min(1).max(24).optional().describe('The first so many of the scenario’s teams.'),
  lineup: z
    .array(
      z.strictObject({
        team: id,
        name: spokenName.optional().describe('In every language; the scenario’s when not given.'),
        pilot: z.enum(PILOTS).optional().describe('Who plays for it; as the scenario says when not given.'),
      }),
    )
    .max(24)
    .refine((entries) => new Set(entries.map(({ team }) => team)).size === entries.length, {
      error: 'a team is named twice',
    })
    .default([])
    .describe('Where names and pilots differ from the scenario’s.'),
  name: exerciseName.optional().describe('What this exercise is called; as the scenario when not given.'),
  speed: z.number().min(SPEEDS.least).max(SPEEDS.most).default(1).describe('Exercise seconds per second.'),
  autostart: z
    .boolean()
    .optional()
    .describe('Start as soon as the enclaves are up; so it is unless a start is planned.'),
  startsWall: z
    .int()
    .min(0)
    .max(MAX_WALL)
    .optional()
    .describe('When it starts by itself, epoch ms, where its enclaves are up by then; not with `autostart`.'),
  insist: z.boolean().default(false).describe('Also where the machine does not carry so many enclaves.'),
})

export const archiveBody = z.strictObject({
  archived: z.boolean().describe('False: back among the others.'),
})

export const closeBody = z.strictObject({
  end: z.boolean().default(false).describe('End it first, where it has not ended.'),
})
