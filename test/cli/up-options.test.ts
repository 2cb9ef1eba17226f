import { describe, expect, test } from 'vitest'
import { checkHome, nameOf } from '../../server/cli/up-options.ts'

const usual = { speed: '1', autostart: true }

describe('--name', () => {
  test('is what an exercise is called, as it is kept', () => {
    expect(nameOf({ name: ' Spring 2027,  CERT Tartu ' })).toBe('Spring 2027, CERT Tartu')
    expect(nameOf({})).toBeUndefined()
  })

  test('that is none is refused with what one is', () => {
    for (const name of ['', 'a\nb', 'x'.repeat(81)])
      expect(() => nameOf({ name })).toThrow(/--name takes 1 to 80 characters that can be seen/)
  })

  test('is of an exercise, of which --home has none', () => {
    expect(() => checkHome({ ...usual, home: true, name: 'Spring' })).toThrow('--name means nothing')
    expect(() => checkHome({ ...usual, home: true })).not.toThrow()
  })
})
