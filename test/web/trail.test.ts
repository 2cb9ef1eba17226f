import { expect, test } from 'vitest'
import { cameOut, NOWHERE, placeTyped, wentTo } from '../../web/citizen/trail.ts'

const [portal, eid, tax] = ['portal', 'eid', 'tax'].map((service) => ({ service, path: '/' })) as [
  { service: string; path: string },
  { service: string; path: string },
  { service: string; path: string },
]

test('who goes on from where they went back to loses what lay ahead; the same page again is no step', () => {
  const three = [portal, eid, tax].reduce(wentTo, NOWHERE)
  expect(three).toEqual({ places: [portal, eid, tax], at: 2 })
  expect(wentTo(three, tax)).toEqual(three)
  expect(wentTo({ ...three, at: 0 }, tax)).toEqual({ places: [portal, tax], at: 1 })
  expect(cameOut({ ...three, at: 1 }, { service: 'eid', path: '/login/1' }).places).toEqual([
    portal,
    { service: 'eid', path: '/login/1' },
    tax,
  ])
})

test.each([
  ['portal', 'portal', '/'],
  ['http://portal/a?b=1#c', 'portal', '/a?b=1'],
  [' https://PORTAL:80/õ ', 'portal', '/%C3%B5'],
  ['portal?x', 'portal', '/?x'],
  ['portal/../../x', 'portal', '/x'],
])('%s is an address of a service', (typed, service, path) => {
  expect(placeTyped(typed, ['portal', 'eid'])).toEqual({ service, path })
})

test.each([
  '',
  'registry-db',
  'http://elsewhere.example/',
  'portal@eid',
  'portal:8080/',
  'javascript:alert(1)',
  '//eid',
  'portal.example',
])('%s is none', (typed) => {
  expect(placeTyped(typed, ['portal', 'eid'])).toBeNull()
})
