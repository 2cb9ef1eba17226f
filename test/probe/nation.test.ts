import { describe, expect, test } from 'vitest'
import {
  isIban,
  isMyNumber,
  isPersonCode,
  myNumber,
  myNumberCheckDigit,
} from '../../infra/services/kit/nation/codes.ts'
import {
  addressLine,
  citizens,
  fullName,
  nation,
  officials,
  parents,
} from '../../infra/services/kit/nation/nation.ts'

const land = nation('seed-1')

describe('the seeded nation', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(nation('seed-1').persons).toEqual(land.persons)
    expect(nation('seed-2').persons[0]?.code).not.toBe(land.persons[0]?.code)
  })

  test.each(['a', 'b', 'c'])(
    'has more than 500 people with valid, distinct codes and accounts (%s)',
    (seed) => {
      const { persons, byCode } = nation(seed)
      expect(persons.length).toBeGreaterThanOrEqual(500)
      expect(byCode.size).toBe(persons.length)
      expect(new Set(persons.map(({ iban }) => iban)).size).toBe(persons.length)
      expect(new Set(persons.map(({ phone }) => phone)).size).toBe(persons.length)
      for (const person of persons) {
        expect(isPersonCode(person.code)).toBe(true)
        expect(isIban(person.iban)).toBe(true)
        expect(person.code.slice(1, 7)).toBe(person.birth.slice(2).replaceAll('-', ''))
        expect(addressLine(person)).toMatch(/\d{5} /)
      }
    },
  )

  test('has families whose ties go both ways', () => {
    for (const person of land.persons) {
      if (person.partner) expect(land.byCode.get(person.partner)?.partner).toBe(person.code)
      for (const child of person.children) expect(land.byCode.get(child)?.parents).toContain(person.code)
      for (const parent of person.parents) expect(land.byCode.get(parent)?.children).toContain(person.code)
    }
    expect(parents(land).length).toBeGreaterThan(50)
  })

  test('has everybody whom a journey needs', () => {
    expect(land.employers).toHaveLength(20)
    expect(citizens(land).length).toBeGreaterThan(150)
    for (const role of ['tax-officer', 'population-officer', 'police', 'doctor'] as const)
      expect(officials(land, role).length).toBeGreaterThan(2)
    expect(land.persons.some(({ protectedAddress }) => protectedAddress)).toBe(true)
    expect(land.persons.some(({ guardian }) => guardian !== null)).toBe(true)
    const names = land.persons.map(fullName).join()
    for (const awkward of ["O'Connor", 'Õ', '-', '山田', 'Žukov']) expect(names).toContain(awkward)
  })

  test('knows a wrong check digit', () => {
    const code = land.persons[0]?.code ?? ''
    const wrong = `${code.slice(0, 10)}${(Number(code[10]) + 1) % 10}`
    expect(isPersonCode(wrong)).toBe(false)
    expect(isIban('EE002200000000000001')).toBe(false)
  })
})

test('My Numbers have the check digit of the ordinance', () => {
  // The example of the ordinance's weights worked by hand: 1*2 over eleven digits "00000000001".
  expect(myNumberCheckDigit('00000000001')).toBe(9)
  expect(myNumberCheckDigit('12345678901')).toBe(8)
  for (const { code } of nation('test').persons) expect(isMyNumber(myNumber(code)), code).toBe(true)
  expect(isMyNumber('123456789012')).toBe(false)
})
