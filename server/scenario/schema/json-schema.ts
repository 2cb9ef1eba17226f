import { join, resolve } from 'node:path'
import { z } from 'zod'
import { scenarioSchema } from './schema.ts'
import { journeySchema, serviceSchema, weaknessSchema } from './service-schema.ts'
import { textBy } from './texts.ts'

const ROOT = resolve(import.meta.dirname, '../../..')

/** The JSON Schemas that editors use, by absolute path: what a person writes, before defaults and conversions. Draft 7 is what they know best. */
export function jsonSchemas(): ReadonlyMap<string, string> {
  const text = textBy({ first: 'en', plain: true })
  const files: readonly (readonly [string, string, z.ZodType])[] = [
    ['scenarios/scenario.schema.json', 'Kilp scenario', scenarioSchema(text)],
    ['infra/services/service.schema.json', 'Kilp service', serviceSchema(text)],
    ['infra/services/journey.schema.json', 'Kilp journey', journeySchema(text)],
    ['infra/services/weakness.schema.json', 'Kilp weakness', weaknessSchema(text)],
  ]
  return new Map(
    files.map(([file, title, schema]) => [
      join(ROOT, file),
      `${JSON.stringify({ title, ...z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }) }, null, 2)}\n`,
    ]),
  )
}
