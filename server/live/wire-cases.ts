import { z } from 'zod'
import { CASE_STATES } from '../exercise/ledger/case-events.ts'
import { command, id } from './wire-command.ts'

const seen = z.int().min(0)

/** What a team does with its cases. */
export const caseCommands = [
  command(
    'open-case',
    z.strictObject({
      team: id,
      title: z.string().min(1).max(200),
      service: id.nullable(),
      sinceMs: z.int().min(0),
      seen,
    }),
    'Opens a case by hand, about a moment of exercise time. `seen`: how many cases opened by hand you know of. Blue.',
  ),
  command(
    'note-case',
    z.strictObject({ team: id, case: id, text: z.string().min(1).max(2_000), seen }),
    'A note on a case. `seen`: how many notes of it you know of. Blue.',
  ),
  command(
    'set-case-state',
    z.strictObject({ team: id, case: id, state: z.enum(CASE_STATES), seen }),
    'Says how far a case is. `seen`: how many changes of its state you know of. Blue.',
  ),
  command(
    'begin-case-report',
    z.strictObject({ team: id, case: id }),
    'Begins a report with the service, the moment and the evidence of a case. Blue.',
  ),
] as const
