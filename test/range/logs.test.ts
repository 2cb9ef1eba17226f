import { expect, test } from 'vitest'
import { readLogPage } from '../../server/range/enclave/logs.ts'

const line = { id: 1, at: '2026-01-01T00:00:00Z', service: 'tax', line: 'GET /' }

test('of what a collector says only what a page of logs may hold is taken', () => {
  const said = {
    lines: [{ ...line, more: 'x' }, { id: 'x' }, null, { ...line, id: 2, line: 'y'.repeat(9_000) }],
    services: ['tax', 7],
  }
  const page = readLogPage(JSON.stringify(said), 10)
  expect(page?.lines).toEqual([line, { ...line, id: 2, line: 'y'.repeat(4_000) }])
  expect(page?.services).toEqual(['tax'])
  expect(readLogPage(JSON.stringify({ lines: [line, line, line], services: [] }), 2)?.lines).toHaveLength(2)
  for (const bad of ['', 'nonsense', 'null', '[]', '{}', '{"lines":{},"services":[]}'])
    expect(readLogPage(bad, 10), bad).toBeNull()
})
