import { expect, test } from 'vitest'
import { columnWidths, crampedWidths } from '../../server/paper/columns.ts'

const columns = [
  { least: 20, whole: 100 },
  { least: 30, whole: 30 },
  { least: 10, whole: 50 },
]

test('columns are as wide as they like where there is room, and else those that want most share what the others leave', () => {
  expect(columnWidths(columns, 500)).toEqual([100, 30, 50])
  expect(columnWidths(columns, 120)).toEqual([50, 30, 40])
  expect(columnWidths(columns, 140)).toEqual([60, 30, 50])
  expect(columnWidths(columns, 60)).toEqual([20, 30, 10])
  expect(columnWidths(columns, 59)).toBeNull()
})

test('where nothing fits, each has its part of the page and no more', () => {
  expect(crampedWidths(columns, 30)).toEqual([10, 15, 5])
})
