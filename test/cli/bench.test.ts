import { expect, test } from 'vitest'
import { renewed } from '../../server/cli/bench.ts'

const result = (name: string, value: number) => ({ name, rows: [{ what: 'time', value, unit: 's' }] })

test('a benchmark takes the place of its own older figures and leaves the others with their date', () => {
  const first = renewed('', [result('Deploy', 12.5), result('Fold', 700)], 'Measured yesterday.')
  const second = renewed(first, [result('Deploy', 10), result('New', 1)], 'Measured today.')
  expect(second.match(/^## .*/gm)).toEqual(['## Deploy', '## Fold', '## New'])
  expect(second).toContain('## Deploy\n\nMeasured today.\n\n| what | value')
  expect(second).toContain('## Fold\n\nMeasured yesterday.')
  expect(second).toContain('| time | 10.0 s |')
  expect(second).not.toContain('12.5')
  expect(renewed(second, [], '')).toBe(second)
})
