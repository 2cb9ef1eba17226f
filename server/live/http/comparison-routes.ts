import { z } from 'zod'
import type { Comparisons } from '../../engine/platform/comparison.ts'
import { LANGS } from '../../exercise/scenario/words.ts'
import { comparisonTable, type ReadableComparison } from '../../exercise/views/comparison/comparison.ts'
import { csvText } from '../../exercise/views/report/csv.ts'
import type { Routes } from './api-document.ts'
import type { OperatorGuard } from './operator-guard.ts'

/** A name and the unit that it belongs to. */
const pair = z.tuple([z.string().min(1).max(200), z.string().min(1).max(200)])
const joined = z.array(pair).max(100)

/** JSON in an address: `[["Kalev II","Kalev"]]`. */
const query = z.strictObject({
  join: z
    .string()
    .max(20_000)
    .optional()
    .transform((text, context) => {
      try {
        return joined.parse(JSON.parse(text ?? '[]'))
      } catch {
        context.addIssue({ code: 'custom', message: 'pairs of a name and a unit, as [["Kalev II","Kalev"]]' })
        return z.NEVER
      }
    })
    .describe('Names that belong to one unit, as JSON: `[["Kalev II","Kalev"]]`. At most 100.'),
})

const middle = z.object({ n: z.number(), ms: z.number().nullable() })
const trend = z.enum(['better', 'worse', 'same', 'few', 'unknown'])
const times = <T extends z.ZodType>(of: T) => z.object({ detect: of, report: of, mend: of })
const weaknessClass = z.string().nullable()

const response = z.object({
  units: z.array(z.object({ unit: z.string(), names: z.array(z.string()) })),
  classes: z.array(z.string()),
  rows: z.array(
    z.object({
      ...{ unit: z.string(), exercise: z.string(), wall: z.number(), ended: z.boolean() },
      title: z.record(z.enum(LANGS), z.string()),
      ...{ weaknessClass, judged: z.number(), stopped: z.number() },
      times: times(middle),
    }),
  ),
  unread: z.array(z.string()).describe('Ids of exercises that can not be read, and are left out.'),
  trends: z.array(z.object({ unit: z.string(), weaknessClass, stopped: trend, times: times(trend) })),
}) satisfies z.ZodType<ReadableComparison>

/** Units over all exercises, for whoever runs the platform alone. */
export const comparisonRoutes: Routes<{
  readonly guard: OperatorGuard
  readonly comparisons: Comparisons
}> = async (app, { guard, comparisons }) => {
  app.get(
    '/api/comparison',
    {
      onRequest: guard.onRequest,
      schema: {
        operationId: 'comparison',
        summary: 'How units did from exercise to exercise: times to detect, report and close, by class',
        security: guard.security,
        querystring: query,
        response: {
          200: response.describe('The units, their exercises and what got better.'),
          ...guard.refusals,
        },
      },
    },
    async ({ query: { join } }) => comparisons.compared(join),
  )
  app.get(
    '/api/comparison/csv',
    {
      onRequest: guard.onRequest,
      schema: {
        operationId: 'comparison-csv',
        summary: 'The same as a table, times in ms',
        security: guard.security,
        querystring: query,
        response: { 200: z.string().describe('The table.'), ...guard.refusals },
      },
    },
    async ({ query: { join } }, reply) => {
      const text = csvText(comparisonTable(await comparisons.compared(join)))
      return reply
        .type('text/csv; charset=utf-8; header=present')
        .header('content-disposition', 'attachment; filename="comparison.csv"')
        .send(text)
    },
  )
}
