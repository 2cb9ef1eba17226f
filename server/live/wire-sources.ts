import { z } from 'zod'
import { SOURCE_PATH_LENGTH } from '../exercise/scenario/source-path.ts'

const team = z.string().min(1).max(128).describe('Team whose service it is.')
const service = z.string().min(1).max(128).describe('The service.')
const path = z.string().min(1).max(SOURCE_PATH_LENGTH).describe('Path of the file below the sources.')

export const placeQuery = z.strictObject({ team, service })
export const sourceQuery = placeQuery.extend({ path })

export const saveBody = sourceQuery.extend({
  text: z.string().nullable().describe('The whole text; null deletes the file.'),
  expected: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .describe(
      'Hash of the text that you have read, null where there was no file: it is saved only over that.',
    ),
})
