import { z } from 'zod'
import { OBSERVATION_LENGTH } from '../exercise/decide/decide-observation.ts'
import { OBSERVATION_FIELDS, OBSERVATION_KINDS } from '../exercise/ledger/observation-events.ts'
import { command, id } from './wire-command.ts'

/** The improvement plan. */
export const observationCommands = [
  command(
    'record-observation',
    z.strictObject({
      observation: id,
      source: z.string().max(200).nullable(),
      kind: z.enum(OBSERVATION_KINDS),
      text: z.string().max(OBSERVATION_LENGTH.text),
      recommendation: z.string().max(OBSERVATION_LENGTH.recommendation),
      owner: z.string().max(OBSERVATION_LENGTH.owner),
      due: z.string().max(10),
    }),
    'A line of the improvement plan, also after the end. `observation`: an id of your making, so that it is recorded once. `source`: the finding of the platform that it is taken over from. `due`: a date such as 2026-11-30, or empty. White.',
  ),
  command(
    'change-observation',
    z.strictObject({
      observation: id,
      field: z.enum(OBSERVATION_FIELDS),
      value: z.string().max(OBSERVATION_LENGTH.text),
    }),
    'One field of a line of the improvement plan. Of two who write into it the last one stands. White.',
  ),
  command(
    'withdraw-observation',
    z.strictObject({ observation: id }),
    'Takes a line out of the improvement plan. The ledger keeps it. White.',
  ),
] as const
