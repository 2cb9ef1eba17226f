import { expect, test } from 'vitest'
import { plain } from '../../server/cli/plain.ts'
import { table } from '../../server/cli/table.ts'

test('what somebody else has written steers no terminal, turns no direction and pushes nothing out of sight', () => {
  expect(plain('\u001b[31mred\u0007 \u202Eback')).toBe('\uFFFD[31mred\uFFFD \uFFFDback')
  expect(plain('Kevad 2027 – 春')).toBe('Kevad 2027 – 春')
  const [, , row = ''] = table(['id', 'name'], [['\u001b]0;own\u0007', 'x'.repeat(7_000)]]).split('\n')
  expect(row).not.toContain('\u001b')
  expect(row.length).toBeLessThan(500)
})
