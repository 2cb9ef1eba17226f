import { expect, test } from 'vitest'
import { readLogPage } from '../../server/range/enclave/logs.ts'

const line = { id: 1, at: '2026-01-01T00:00:00Z', service: 'tax', line: 'GET /' }

test('no sign in a line moves a cursor, ends it or makes it run backwards', () => {
  const hostile = 'a\tb\u001b[2J\u009b2J\u007f\r\nforged\u2028x\u202egnp\u2066 õ 漢'
  const page = readLogPage(
    JSON.stringify({ lines: [{ ...line, line: hostile, service: 'x\u202e' }], services: [] }),
    1,
  )
  expect(page?.lines[0]).toMatchObject({
    line: 'a\tb\ufffd[2J\ufffd2J\ufffd\ufffd\ufffdforged\ufffdx\ufffdgnp\ufffd õ 漢',
    service: 'x\ufffd',
  })
})

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
