import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apiRoutes } from '../../infra/services/tax/src/api.ts'
import { assess } from '../../infra/services/tax/src/calculation.ts'
import { helpRoutes } from '../../infra/services/tax/src/help-files.ts'
import { readIban } from '../../infra/services/tax/src/iban.ts'
import { readAmount, readChanges } from '../../infra/services/tax/src/input.ts'
import { declarationPage } from '../../infra/services/tax/src/pages.ts'

const stated = { gross: 24000, withheld: 5280, training: 0, donations: 0, interest: 0 }

test('tax is a flat rate over the basic exemption and limited deductions', () => {
  expect(assess(stated)).toEqual({ tax: 3553.44, refund: 1726.56 })
  expect(assess({ ...stated, training: 300.5, donations: 99.5 })).toEqual({ tax: 3465.44, refund: 1814.56 })
  expect(assess({ ...stated, interest: 5000 })).toEqual(assess({ ...stated, interest: 1200 }))
  expect(assess({ ...stated, gross: 5000, withheld: 100 })).toEqual({ tax: 0, refund: 100 })
  expect(assess({ ...stated, withheld: 0 }).refund).toBe(-3553.44)
})

const euros = (max: number) => fc.integer({ min: 0, max: max * 100 }).map((cents) => cents / 100)

test('no deduction costs money, and nobody gets back more than was withheld', () => {
  const anything = fc.record({
    gross: euros(200_000),
    withheld: euros(60_000),
    training: euros(5000),
    donations: euros(5000),
    interest: euros(5000),
  })
  fc.assert(
    fc.property(anything, (all) => {
      const { tax, refund } = assess(all)
      expect(refund).toBeLessThanOrEqual(all.withheld)
      expect(tax).toBeLessThanOrEqual(assess({ ...all, training: 0, donations: 0, interest: 0 }).tax)
      expect(tax + refund).toBeCloseTo(all.withheld, 2)
    }),
  )
})

test('a citizen changes deductions and words, and nothing that others reported', () => {
  const body = {
    donations: '12,5',
    note: "Õ'Connor <b>",
    withheld: 99999,
    gross: 1,
    state: 'paid',
    code: 'x',
    __proto__: { tax: 0 },
  }
  expect(readChanges(body)).toEqual({ donations: 12.5, note: "Õ'Connor <b>" })
  expect(readChanges({})).toEqual({})
  expect(readChanges({ note: 5 })).toBeNull()
  expect(readChanges({ note: 'x'.repeat(2001) })).toBeNull()
})

test('amounts are euros and cents', () => {
  expect(readAmount('12.34')).toBe(12.34)
  expect(readAmount(7)).toBe(7)
  for (const bad of ['-1', '1e3', '1.234', '', 'NaN', '10000000', null, {}, ['1', '2'], '1;drop'])
    expect(readAmount(bad), String(bad)).toBeNull()
})

test('account numbers have right check digits', () => {
  expect(readIban('ee38 2200 2210 2014 5685')).toBe('EE382200221020145685')
  for (const bad of ['EE382200221020145686', 'EE38', '', null, "EE38' or 1=1"])
    expect(readIban(bad)).toBeNull()
})

test('a receipt shows the account also when earlier returns brought all that is owed', () => {
  const at = new Date('2026-11-27T10:00:00Z')
  const declaration = {
    ...{
      id: 7,
      code: '38001010003',
      year: 2025,
      name: "O'Connor",
      address: 'Tähe 1',
      note: '',
      state: 'paid' as const,
    },
    ...{
      gross: 24000,
      withheld: 5280,
      training: 0,
      donations: 0,
      interest: 0,
      tax: 3553.44,
      refund: 1726.56,
    },
    ...{ payout: 0, iban: 'EE382200221020145685', madeAt: at, confirmedAt: at, paidAt: at },
  }
  const session = { code: '38001010003', name: "O'Connor", csrf: 'c' }
  expect(String(declarationPage('en', session, declaration, null))).toContain('EE382200221020145685: €0.00')
  const nowhere = { ...declaration, iban: null }
  expect(String(declarationPage('en', session, nowhere, null))).not.toContain('Paid to')
})

test.each([
  ['PATCH', '/declarations/7'],
  ['PUT', '/account'],
])('%s %s takes a JSON object, and says of anything else what is wrong with it', async (method, path) => {
  const citizens = { apiWriter: async () => ({ code: '38001010003', name: 'X', csrf: 'c' }) }
  const api = apiRoutes({} as never, {} as never, citizens as never)
  const answer = async (body: string) => {
    const response = await api.request(path, { method, body })
    return `${response.status} ${await response.text()}`
  }
  for (const broken of ['{', '', 'donations=1', '{"donations": 1,}'])
    expect(await answer(broken), broken).toMatch(/^400 The body is not JSON: /)
  for (const other of ['null', '[]', '5', '"x"', '[{"donations":1}]', 'true'])
    expect(await answer(other), other).toMatch(/^400 The body must be a JSON object/)
})

test('instructions are given out by their plain names, and no file beside them', async () => {
  const place = await mkdtemp(join(tmpdir(), 'kilp-help-'))
  try {
    await mkdir(join(place, 'help'))
    await writeFile(join(place, 'help/refund.txt'), 'within five working days')
    await writeFile(join(place, 'key.txt'), 'secret')
    const routes = helpRoutes(join(place, 'help'))
    const given = await routes.request('/refund.txt')
    expect([given.status, await given.text()]).toEqual([200, 'within five working days'])
    for (const name of ['..%2fkey.txt', '.%2f..%2fkey.txt', 'nothing.txt', 'refund'])
      expect((await routes.request(`/${name}`)).status, name).toBe(404)
  } finally {
    await rm(place, { recursive: true })
  }
})
