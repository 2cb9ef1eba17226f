import { expect, test } from 'vitest'
import { openAddresses } from '../../../server/live/citizen/addresses.ts'

const addresses = openAddresses(
  new Map([
    ['portal', 'http://127.0.0.1:4601'],
    ['eid', 'http://127.0.0.1:4602'],
    ['xroad', 'http://127.0.0.1:4603'],
    ['xroad-jp', 'http://127.0.0.1:4604'],
  ]),
)

test.each([
  ['http://eid/login?x=1', 'http://127.0.0.1:4602/login?x=1'],
  ['<a href="https://portal">x</a>', '<a href="http://127.0.0.1:4601">x</a>'],
  ['0; url=http://EID:80/', '0; url=http://127.0.0.1:4602/'],
  ['{"u":"http:\\/\\/portal\\/x"}', '{"u":"http:\\/\\/127.0.0.1:4601\\/x"}'],
  ['http://xroad-jp/a http://xroad/b', 'http://127.0.0.1:4604/a http://127.0.0.1:4603/b'],
])('an address of the enclave is one that a browser can follow: %s', (inside, outside) => {
  expect(addresses.outward(inside)).toBe(outside)
})

test.each([
  'http://eid.example/login',
  'http://eidolon/',
  'http://portal:8080/',
  'http://portal:80a/',
  'http://eid.',
  'http://hl7.org/fhir',
  'redirect_uri=http%3A%2F%2Fportal%2Flogin%2Fcallback',
  'eid',
])('what is no address of a service stays as it is: %s', (text) => {
  expect(addresses.outward(text)).toBe(text)
})

test.each([
  ['/back?to=http://127.0.0.1:4601/a', '/back?to=http://portal/a'],
  ['/back?to=http%3A%2F%2F127.0.0.1%3A4602%2Fa', '/back?to=http%3A%2F%2Feid%2Fa'],
  ['http://127.0.0.1:46011/', 'http://127.0.0.1:46011/'],
  ['http%3A%2F%2F127.0.0.1%3A46012', 'http%3A%2F%2F127.0.0.1%3A46012'],
])('a service reads its own names: %s', (outside, inside) => {
  expect(addresses.inward(outside)).toBe(inside)
})
