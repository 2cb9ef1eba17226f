import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { jsonSchemas } from '../../server/scenario/schema/json-schema.ts'

test.each([...jsonSchemas()].map(([path, content]) => [basename(path), path, content]))(
  '%s is as generated (else: node server/scenario/schema/write-json-schema.ts)',
  async (_name, path, content) => {
    expect(await readFile(path, 'utf8')).toBe(content)
  },
)

test('the schemas are for what people write: durations as texts, unknown keys refused, one action a step', () => {
  const [scenario = '', , journey = ''] = jsonSchemas().values()
  expect(JSON.parse(scenario)).toMatchObject({
    additionalProperties: false,
    properties: { duration: { type: 'string' } },
    required: expect.not.arrayContaining(['scoring']),
  })
  expect(JSON.parse(journey).definitions.step.oneOf).toContainEqual({ required: ['http'] })
})
