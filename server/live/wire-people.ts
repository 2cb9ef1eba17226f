import { z } from 'zod'
import { WORK_KINDS } from '../exercise/ledger/work.ts'
import { MEDIA_TYPES, MOST_FILE_BYTES, MOST_NAME_LENGTH } from '../exercise/scenario/file-types.ts'
import { command, id } from './wire-command.ts'

const workSubject = z.strictObject({ kind: z.enum(WORK_KINDS), id })
const seen = z.int().min(0)

const answerContent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string().max(20_000) }),
  z.strictObject({ kind: z.literal('choice'), chosen: z.array(id).max(20) }),
  z.strictObject({
    kind: z.literal('file'),
    file: z.strictObject({
      name: z.string().min(1).max(MOST_NAME_LENGTH),
      type: z.enum(MEDIA_TYPES),
      bytes: z.int().min(1).max(MOST_FILE_BYTES),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  }),
  z.strictObject({ kind: z.literal('form'), fields: z.record(id, z.string().max(4_000)) }),
])

/** Messages, their answers and grades; who works on what, and notes between shifts. */
export const peopleCommands = [
  command('read-inject', z.strictObject({ team: id, inject: id }), 'Marks a message as read. Blue.'),
  command(
    'answer-inject',
    z.strictObject({ team: id, inject: id, content: answerContent, seen: z.int().min(0) }),
    'Answers a message of the inbox. `seen`: how many versions of the answer you know of. Blue.',
  ),
  command(
    'save-draft',
    z.strictObject({ team: id, inject: id, field: id, text: z.string().max(20_000) }),
    'Saves a field of an answer in the making, for the whole team. Blue.',
  ),
  command(
    'claim-work',
    z.strictObject({ team: id, subject: workSubject, seen }),
    'Says that you work on a service, a complaint or a message. It locks nothing. `seen`: number of the claim that you know of, or 0. Blue.',
  ),
  command(
    'release-work',
    z.strictObject({ team: id, subject: workSubject, seen }),
    'Says that nobody works on it any more. Blue.',
  ),
  command(
    'remove-key',
    z.strictObject({ team: id, fingerprint: z.string().max(100) }),
    'Removes a public key of the team: it opens nothing any more. Blue.',
  ),
  command(
    'write-handover',
    z.strictObject({ team: id, text: z.string().min(1).max(4_000), seen }),
    'A note for the next shift. `seen`: how many notes of the team you know of. Blue.',
  ),
  command(
    'grade-inject',
    z.strictObject({
      team: id,
      inject: id,
      criteria: z.record(id, z.number()),
      comment: z.string().max(2_000),
      final: z.boolean(),
      seen: z.int().min(0),
    }),
    'Grades an answer by its rubric. `final`: it stands, whatever others say. `seen`: how many versions of the answer you know of; later ones that do not count change nothing. White.',
  ),
] as const
