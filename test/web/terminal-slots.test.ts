import { expect, test } from 'vitest'
import {
  chosen,
  closed,
  FIRST,
  MOST_SLOTS,
  named,
  opened,
  paired,
  slotsOf,
} from '../../web/terminal/terminal-slots.ts'

const numbers = ({ all }: typeof FIRST) => all.map(({ n }) => n)

test('one more has the first number that is free, and comes in sight; more than a team may have there are none', () => {
  const three = opened(opened(FIRST))
  expect([numbers(three), three.shown]).toEqual([[1, 2, 3], [3]])
  const again = opened(closed(three, 2))
  expect([numbers(again), again.shown]).toEqual([[1, 2, 3], [2]])
  let many = FIRST
  for (let n = 0; n < 20; n += 1) many = opened(many)
  expect(numbers(many)).toHaveLength(MOST_SLOTS)
})

test('two side by side: the other that is there, or a new one; choosing takes the place of the one that was chosen last', () => {
  const pair = paired(FIRST)
  expect([numbers(pair), pair.shown]).toEqual([
    [1, 2],
    [1, 2],
  ])
  const third = opened(pair)
  expect(third.shown).toEqual([1, 3])
  expect(chosen(third, 1).shown).toEqual([3, 1])
  expect(chosen(chosen(third, 1), 2).shown).toEqual([3, 2])
  expect(paired(third).shown).toEqual([3])
})

test('one that is closed is gone; another is in sight where there is one', () => {
  const two = opened(FIRST)
  expect(closed(two, 2)).toEqual(FIRST)
  expect(closed(two, 1).shown).toEqual([2])
  const none = closed(FIRST, 1)
  expect([none, opened(none)]).toEqual([{ all: [], shown: [] }, FIRST])
  expect(closed(paired(FIRST), 1).shown).toEqual([2])
})

test('a name is short and plain; what is kept is read again, and what is no such thing is not', () => {
  const slots = named(opened(FIRST), 2, `  logs ${'x'.repeat(99)}`)
  expect(slots.all[1]?.name).toHaveLength(24)
  expect(slotsOf(JSON.stringify(slots))).toEqual(slots)
  for (const bad of [null, '', '7', '{}', '{"all":[{"n":1},{"n":1}],"shown":[1]}'])
    expect(slotsOf(bad)).toEqual(FIRST)
  expect(slotsOf('{"all":[{"n":2,"name":"a"},{"n":99,"name":""}],"shown":[99,5]}')).toEqual({
    all: [{ n: 2, name: 'a' }],
    shown: [2],
  })
})
