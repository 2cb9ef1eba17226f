import { z } from 'zod'
import type { Refusal } from '../exercise/decide/commands.ts'
import { SPEEDS } from '../exercise/decide/decide-lifecycle.ts'
import { PILOTS, SEATS } from '../exercise/scenario/model.ts'
import { ENTRY_KINDS } from '../exercise/scenario/trigger.ts'
import { CATEGORIES } from '../exercise/scenario/words.ts'
import { TERMINAL_PIECE, type WireCommand } from '../exercise/wire/protocol.ts'
import { personSchema, whereabouts } from './person-schema.ts'
import { caseCommands } from './wire-cases.ts'
import { command, id } from './wire-command.ts'
import { controlCommands } from './wire-control.ts'
import { observationCommands } from './wire-observations.ts'
import { peopleCommands } from './wire-people.ts'
import { reportCommands } from './wire-reports.ts'
import { addedEntry, changedEntry } from './wire-timeline.ts'

/** Everything that may come in over the wire, as schemas. What is not described here is refused. */

const reason = z.string().max(500)
const nothing = z.strictObject({})

const noteAbout = z.strictObject({
  team: id.nullable(),
  entry: z.strictObject({ kind: z.enum(ENTRY_KINDS), id }).nullable(),
})

/** The commands that a seat may ever give. Terminals open and close over their own socket messages. */
export const wireCommand = z.discriminatedUnion('type', [
  command('start-exercise', nothing, 'Starts the exercise clock. White.'),
  command('pause-exercise', z.strictObject({ reason }), 'Stops the exercise clock. White.'),
  command('resume-exercise', nothing, 'Lets the exercise clock go on. White.'),
  command(
    'change-preparation',
    z.strictObject({ open: z.boolean() }),
    'Opens terminals to teams, or closes them, before the start or in a pause, until time goes on. White.',
  ),
  command(
    'skip-quiet-time',
    z.strictObject({ toMs: z.number() }),
    'Goes on at once to `toMs`, shortly before what is planned next, while nothing is measured. White.',
  ),
  command(
    'change-speed',
    z.strictObject({ speed: z.number() }),
    `Exercise seconds per second, ${SPEEDS.least} to ${SPEEDS.most}. White.`,
  ),
  command(
    'fire-entry',
    z.strictObject({ kind: z.enum(ENTRY_KINDS), id, team: id.nullable() }),
    'Lets an entry of the timeline come that waits for it: for one team, or for all with null. White.',
  ),
  command(
    'change-entry',
    changedEntry,
    'Holds, releases, moves, cancels, restores or edits an entry of the timeline that has not come: for one team, or for all to whom it has not with null. `seen`: how many changes of the entry you know of. White.',
  ),
  command(
    'add-entry',
    addedEntry,
    'Adds a message, or an attack on any planted weakness, to the timeline. White.',
  ),
  ...peopleCommands,
  ...reportCommands,
  ...caseCommands,
  command('end-exercise', z.strictObject({ reason }), 'Ends the exercise for good. White.'),
  command(
    'change-pilot',
    z.strictObject({ team: id, pilot: z.enum(PILOTS) }),
    'Takes a team over (`person`) or hands it to a sparring pilot. White, and blue for its own team.',
  ),
  command(
    'take-hint',
    z.strictObject({ team: id, weakness: id, level: z.int().min(1).max(3) }),
    'Next hint of a weakness, for points. `level` is the one that is meant, so that it is bought once. Blue.',
  ),
  command(
    'answer-ticket',
    z.strictObject({ team: id, ticket: id, text: z.string().min(1).max(1_000) }),
    'Answers a citizen’s complaint. Blue.',
  ),
  command(
    'issue-seat',
    z.strictObject({ seatId: id, seat: z.enum(SEATS), team: id.nullable(), label: z.string().max(80) }),
    'Makes a seat; its join link is then in `GET /api/seats`. `team` for blue only. White.',
  ),
  command('revoke-seat', z.strictObject({ seatId: id }), 'Ends a seat and its connections. White.'),
  command(
    'adjust-score',
    z.strictObject({
      team: id,
      category: z.enum(CATEGORIES),
      points: z.int(),
      reason: reason.min(1),
      seen: z.int().min(0),
    }),
    'Adds or takes points, with a reason that everybody sees. `seen`: how many adjustments of the team you know of, so that it is done once. White.',
  ),
  command(
    'add-note',
    z.strictObject({ text: z.string().min(1).max(2_000), about: noteAbout.optional() }),
    'A note for white, about a team or an entry of the timeline where `about` says so. White.',
  ),
  ...controlCommands,
  ...observationCommands,
]) satisfies z.ZodType<WireCommand>
export type SeatCommand = z.infer<typeof wireCommand>

const cursor = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)
const size = { cols: z.int().min(1).max(1_000), rows: z.int().min(1).max(500) }

/** socket.io handshake. */
export const socketAuth = z.object({
  exercise: id.optional(),
  token: z.string().max(2_000).optional(),
  cursor: cursor.optional(),
  fold: z.string().max(100).optional(),
  person: personSchema.optional(),
})

/** Arguments of the messages from a socket, without the reply function. */
export const socketMessages = {
  'catch-up': z.tuple([cursor]),
  command: z.tuple([wireCommand]),
  here: z.tuple([personSchema.nullable(), whereabouts.nullable()]),
  'terminal-open': z.tuple([
    z.strictObject({
      ...{ service: id, team: id.optional(), ...size },
      ...{ terminal: id.optional(), key: id.optional() },
    }),
  ]),
  'terminal-input': z.tuple([id, z.string().max(TERMINAL_PIECE), z.int().min(0)]),
  'terminal-resize': z.tuple([id, size.cols, size.rows]),
  'terminal-close': z.tuple([id]),
  'terminal-share': z.tuple([id, z.enum(['nobody', 'look', 'write'])]),
  'terminal-ack': z.tuple([id, z.number().min(0)]),
  'follow-begin': z.tuple([z.strictObject({ team: id, terminal: id })]),
  'follow-help': z.tuple([id, z.boolean()]),
  'follow-input': z.tuple([id, z.string().max(TERMINAL_PIECE), z.int().min(0)]),
  'follow-ack': z.tuple([id, z.number().min(0)]),
  'follow-end': z.tuple([id]),
} as const

export const ledgerQuery = z.strictObject({
  after: z.coerce.number().pipe(cursor).default(0).describe('Cursor of the last event you have; 0 for all.'),
  limit: z.coerce
    .number()
    .pipe(z.int().min(1).max(5_000))
    .default(1_000)
    .describe('Ledger positions to go through at most.'),
})

export const samplesQuery = z.strictObject({
  team: z.string().max(100).describe('Team of the service.'),
  service: z.string().max(100).describe('Service whose checks of the last two hours are asked for.'),
  limit: z.coerce.number().pipe(z.int().min(1).max(1_000)).default(100).describe('The newest so many.'),
})

/** Exercise time beyond which no moment of a log is, in ms: ten years. As a date it can be written at every speed. */
const LATEST_MS = 10 * 365 * 86_400_000

export const logsQuery = z.strictObject({
  team: z.string().max(100).describe('Team whose logs are asked for.'),
  q: z.string().max(300).default('').describe('Words that must all be in a line; none finds every line.'),
  service: z
    .string()
    .max(100)
    .default('')
    .describe('Only lines of this service, or of the network’s `sensor`.'),
  before: z.coerce
    .number()
    .pipe(z.int().min(1))
    .optional()
    .describe('Only lines older than the one with this id.'),
  from: z.coerce
    .number()
    .pipe(z.int().min(0).max(LATEST_MS))
    .optional()
    .describe('Only lines from this moment on, exercise time in ms.'),
  to: z.coerce
    .number()
    .pipe(z.int().min(0).max(LATEST_MS))
    .optional()
    .describe('Only lines until this moment, too.'),
  limit: z.coerce.number().pipe(z.int().min(1).max(200)).default(100).describe('The newest so many.'),
})

export const changesQuery = z.strictObject({
  team: z.string().max(100).describe('Team whose changes are asked for.'),
  service: z.string().max(100).describe('Service in whose sources they are.'),
})

export const joinBody = z.strictObject({
  code: z.string().min(1).max(100).describe('As on the seat’s sheet.'),
})

export const exerciseParams = z.object({ exercise: id.describe('Id of an exercise, see `/api/exercises`.') })

/** A refusal that names the first thing wrong with an input, and where it is. */
export function malformed(error: z.ZodError): Refusal {
  const issue = error.issues[0]
  return malformedAt(issue?.path.join('.'), issue?.message)
}

export function malformedAt(place: string | undefined, message = 'not valid'): Refusal {
  const where = place || 'input'
  return {
    code: 'malformed',
    message: `${where}: ${message}. The accepted forms are in /api/openapi.json.`,
    params: { where },
  }
}

export const refusal = (
  code: string,
  message: string,
  params: Readonly<Record<string, string | number>> = {},
): Refusal => ({ code, message, params })

export const NO_EXERCISE = refusal(
  'no-such-exercise',
  'There is no exercise of this id here. GET /api/exercises and the start page list those that there are.',
)
export const FAULT = refusal(
  'fault',
  'Something failed on the platform; its log says what. It is not certain that this was done: look, then try again.',
)
