import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Refusal } from '../../exercise/decide/commands.ts'
import { LANGS } from '../../exercise/scenario/words.ts'
import { csvText } from '../../exercise/views/report/csv.ts'
import { markdownOf } from '../../exercise/views/report/markdown.ts'
import { navigatorLayer } from '../../exercise/views/report/navigator-layer.ts'
import {
  documentOf,
  mayRead,
  namesIn,
  type Report,
  reportFor,
  tablesOf,
  type Wanted,
} from '../../exercise/views/report/report.ts'
import { sheetOf } from '../../exercise/views/report/sheet.ts'
import { TABLES } from '../../exercise/views/report/tables.ts'
import { WORDS } from '../../exercise/views/report/words/by-lang.ts'
import type { SeatInfo } from '../../exercise/wire/protocol.ts'
import { paperAside } from '../../paper/aside.ts'
import { TOO_FAST } from '../give-command.ts'
import { rateLimitPerAddress } from '../rate.ts'
import { audienceOf } from '../seats.ts'
import type { Served } from '../served.ts'
import { turnsOf } from '../turns.ts'
import { refusal } from '../wire.ts'
import { id } from '../wire-command.ts'
import { bySeat, type Routes, refused } from './api-document.ts'
import { refuse } from './http-refusals.ts'
import { keyOf, known } from './of-seat.ts'
import type { RequestSeats } from './request-seat.ts'

interface Options {
  readonly asks: RequestSeats
  readonly name: string
  readonly params?: z.ZodObject
}

/** Of one seat: each is worked out from the whole state. */
const PER_SECOND = 2
const AT_ONCE = 20
/** Of one team: papers are written one after another, and more seats do not let a team keep others waiting. */
const PAPERS_AT_ONCE = 2

const READERS = ['minister', 'excon', 'team'] as const
const reader = z.enum(READERS).describe('For whom: `team` is one team’s own, the others are white’s.')
const team = id.optional().describe('The team, where the report is a team’s.')
const lang = z.enum(LANGS).default('en').describe('The language of its words.')
const reportQuery = z.strictObject({ reader, team })
const tableQuery = reportQuery.extend({
  table: z
    .string()
    .max(40)
    .describe(`By reader: ${READERS.map((one) => `${one}: ${TABLES[one].join(', ')}`).join('; ')}.`),
  lang,
})
const facts = z.record(z.string(), z.unknown())

type Asked =
  | { readonly ok: true; readonly report: Report | null }
  | { readonly ok: false; readonly status: number; readonly refusal: Refusal }

/** The facts of the reports and their numbers, while an exercise runs and of one that is a record. */
export const reportRoutes: Routes<Options> = async (app, { asks, name, params }) => {
  const limit = rateLimitPerAddress(PER_SECOND, AT_ONCE)
  const papers = turnsOf(PAPERS_AT_ONCE)
  /** A report for whoever may read it and does not ask too often; null where there is no such team. */
  const ask = (served: Served, seat: SeatInfo, query: z.output<typeof reportQuery>): Asked => {
    const wanted = wantedBy(seat, query)
    if (!mayRead(audienceOf(seat), wanted)) return { ok: false, status: 403, refusal: NOT_YOURS }
    if (!limit.take(keyOf(served, seat))) return { ok: false, status: 429, refusal: TOO_FAST }
    return { ok: true, report: reportOf(served, seat, wanted) }
  }
  const about = (operation: string, summary: string) => ({
    operationId: name + operation,
    summary: `${summary}. White, and blue for its own team`,
    ...(params && { params }),
    security: bySeat.security,
  })
  const refusals = {
    400: refused('A query that is no good.'),
    403: refused('Another reader’s.'),
    ...bySeat.refusals,
    404: refused('There is no such exercise, team or table.'),
  }
  app.get(
    '/report',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('report', 'The facts of a report'),
        description:
          'Times are exercise time in ms. Works while the exercise runs: `ended` says whether it is over.',
        querystring: reportQuery,
        response: { 200: facts.describe('The facts, as the reader has them.'), ...refusals },
      },
    },
    async ({ served, seat, query }, reply) => {
      const asked = ask(served, known(seat), query)
      if (!asked.ok) return refuse(reply, asked.status, asked.refusal)
      return asked.report?.facts ?? refuse(reply, 404, NO_TEAM)
    },
  )
  app.get(
    '/report/table',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('report-table', 'One table of a report as CSV'),
        description:
          'RFC 4180, UTF-8 with a byte order mark. What a spreadsheet would take for a formula has an apostrophe in front.',
        querystring: tableQuery,
        response: { 200: z.string().describe('The table, to be saved.'), ...refusals },
      },
    },
    async ({ served, seat, query }, reply) => {
      const asked = ask(served, known(seat), query)
      if (!asked.ok) return refuse(reply, asked.status, asked.refusal)
      const { report } = asked
      const table = report && tablesOf(report, query.lang).find((one) => one.name === query.table)
      if (!table) return refuse(reply, 404, NO_TABLE)
      const type = 'text/csv; charset=utf-8; header=present'
      return asFile(reply, type, `${query.reader}-${query.table}.csv`).send(csvText(table))
    },
  )
  app.get(
    '/report/text',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('report-text', 'A report as Markdown'),
        querystring: reportQuery.extend({ lang }),
        response: { 200: z.string().describe('The report, to be saved.'), ...refusals },
      },
    },
    async ({ served, seat, query }, reply) => {
      const asked = ask(served, known(seat), query)
      if (!asked.ok) return refuse(reply, asked.status, asked.refusal)
      const { report } = asked
      if (!report) return refuse(reply, 404, NO_TEAM)
      const names = namesIn(served.exercise.engine.state(), query.lang)
      return asFile(reply, 'text/markdown; charset=utf-8', `${query.reader}-${query.lang}.md`).send(
        markdownOf(documentOf(report, WORDS[query.lang], names)),
      )
    },
  )
  app.get(
    '/report/pdf',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('report-pdf', 'A report as PDF'),
        description:
          'A4, tagged, its fonts embedded. The same facts in the same language are the same bytes.',
        querystring: reportQuery.extend({ lang }),
        response: { 200: z.string().describe('The report, to be saved.'), ...refusals },
      },
    },
    async ({ served, seat, query }, reply) => {
      const asked = ask(served, known(seat), query)
      if (!asked.ok) return refuse(reply, asked.status, asked.refusal)
      const { report } = asked
      if (!report) return refuse(reply, 404, NO_TEAM)
      const whose = paperKey(served, known(seat))
      const sheet = sheetOf(report, WORDS[query.lang], served.exercise.engine.state())
      if (!papers.take(whose)) return refuse(reply, 429, TOO_FAST)
      const paper = await paperAside(sheet).finally(() => papers.give(whose))
      return asFile(reply, 'application/pdf', `${query.reader}-${query.lang}.pdf`).send(paper)
    },
  )
  app.get(
    '/report/layer',
    {
      onRequest: asks.seatOf,
      schema: {
        operationId: `${name}report-layer`,
        summary: 'What was played and what was stopped, as a layer of the ATT&CK Navigator (4.5). White only',
        ...(params && { params }),
        security: bySeat.security,
        response: { 200: facts.describe('The layer.'), ...refusals },
      },
    },
    async ({ served, seat }, reply) => {
      if (known(seat).seat !== 'white') return refuse(reply, 403, NOT_YOURS)
      if (!limit.take(keyOf(served, known(seat)))) return refuse(reply, 429, TOO_FAST)
      return navigatorLayer(served.exercise.engine.state())
    },
  )
}

/** A file, always to be saved. */
const asFile = (reply: FastifyReply, type: string, file: string): FastifyReply =>
  reply
    .header('content-type', type)
    .header('content-disposition', `attachment; filename="${file}"`)
    .header('x-content-type-options', 'nosniff')
    .serializer((written: unknown) => written as string)

const paperKey = ({ exercise }: Served, { seat, team: whose }: SeatInfo): string =>
  `${exercise.engine.exerciseId}/${whose ?? seat}`

/** Without a team it is the asking team's own. */
const wantedBy = (seat: SeatInfo, { reader: of, team: whose }: z.output<typeof reportQuery>): Wanted =>
  of === 'team' ? { reader: of, team: whose ?? seat.team ?? '' } : { reader: of }

function reportOf({ exercise: { engine } }: Served, seat: SeatInfo, wanted: Wanted): Report | null {
  return reportFor(engine.state(), engine.losses(), engine.atMs(), audienceOf(seat), wanted)
}

const NOT_YOURS = refusal(
  'not-allowed',
  'This report is white’s, or another team’s. A team asks for its own with reader=team.',
)
const NO_TEAM = refusal(
  'unknown-team',
  'There is no such team in this exercise. Its teams are in /api/exercise.',
)
const NO_TABLE = refusal(
  'unknown-table',
  'There is no such team, or no such table. The tables of each reader are in /api/openapi.json.',
)
