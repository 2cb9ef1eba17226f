import { expect, test } from 'vitest'
import { carriedEnclaves } from '../../server/range/machine/carries.ts'

const GIB = 1_024

test('two cores carry nine enclaves of the whole state, and fewer beside what runs there', () => {
  const machine = { cores: 2, memoryMiB: 24 * GIB }
  expect(carriedEnclaves(machine, 17, 0)).toBe(9)
  expect(carriedEnclaves(machine, 17, 3 * 17)).toBe(6)
  expect(carriedEnclaves(machine, 17, 500)).toBe(0)
})

test('memory bounds it too, and a small notebook carries the demo of three teams', () => {
  expect(carriedEnclaves({ cores: 16, memoryMiB: 8 * GIB }, 17, 0)).toBe(13)
  expect(carriedEnclaves({ cores: 2, memoryMiB: 4 * GIB }, 17, 0)).toBeGreaterThanOrEqual(3)
  expect(carriedEnclaves({ cores: 4, memoryMiB: 512 }, 17, 0)).toBe(0)
})
