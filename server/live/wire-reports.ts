import { z } from 'zod'
import { APPEAL_KINDS, APPEAL_OUTCOMES } from '../exercise/ledger/people-events.ts'
import { CONFIDENCES, REPORT_CRITERIA } from '../exercise/scenario/report.ts'
import { command, id } from './wire-command.ts'

const reportFields = z.strictObject({
  service: id,
  noticedMs: z.number(),
  technique: z.string().max(40),
  indicators: z.string().max(4_000),
  actions: z.string().max(4_000),
  confidence: z.enum(CONFIDENCES),
})

/** Tries at questions, reports of incidents, their grades, and appeals. */
export const reportCommands = [
  command(
    'try-question',
    z.strictObject({ team: id, inject: id, text: z.string().min(1).max(1_000), seen: z.int().min(0) }),
    'Tries to answer a question. `seen`: how many tries of the team you know of. Blue.',
  ),
  command(
    'take-question-hint',
    z.strictObject({ team: id, inject: id, level: z.int().min(1).max(5) }),
    'Next hint of a question, for a part of its points. `level` is the one that is meant. Blue.',
  ),
  command(
    'file-report',
    z.strictObject({ team: id, report: id, fields: reportFields, seen: z.int().min(0) }),
    'Files a report of an incident under the next number (`R1`, `R2` ...), or a new version of one. `seen`: how many versions of it you know of. Blue.',
  ),
  command(
    'save-report-draft',
    z.strictObject({ team: id, report: id, field: id, text: z.string().max(20_000) }),
    'Saves a field of a report in the making, for the whole team. Blue.',
  ),
  command(
    'discard-report-draft',
    z.strictObject({ team: id, report: id }),
    'Throws away what is being written of a report, as long as nothing of it was filed. Blue.',
  ),
  command(
    'grade-report',
    z.strictObject({
      team: id,
      report: id,
      match: z.union([id, z.literal(false), z.null()]),
      criteria: z.partialRecord(z.enum(REPORT_CRITERIA), z.number()),
      comment: z.string().max(2_000),
      final: z.boolean(),
      seen: z.int().min(0),
    }),
    'Grades a report: `match` is the attack that it is about, false where it never happened, null where it was no attack. White.',
  ),
  command(
    'make-appeal',
    z.strictObject({
      team: id,
      subject: z.strictObject({ kind: z.enum(APPEAL_KINDS), id: z.string().min(1).max(300) }),
      text: z.string().min(1).max(2_000),
    }),
    'Appeals against a grade or a line of the score. Blue.',
  ),
  command(
    'answer-appeal',
    z.strictObject({
      team: id,
      appeal: id,
      text: z.string().min(1).max(2_000),
      outcome: z.enum(APPEAL_OUTCOMES),
    }),
    'Answers an appeal. What it changes is a grade or an adjustment of its own. White.',
  ),
] as const
