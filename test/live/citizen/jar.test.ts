import { expect, test } from 'vitest'
import { type Coming, openJar } from '../../../server/live/citizen/jar.ts'

const to = (more: Partial<Coming> = {}): Coming => ({
  service: 'portal',
  pathname: '/',
  method: 'GET',
  from: 'same',
  ...more,
})

test('cookies go back to the service that set them, by path, and to no other', () => {
  const jar = openJar()
  jar.take('portal', '/login', ['sid=1; Path=/; HttpOnly', 'step=2; Path=/login', 'here=3'])
  expect(jar.header(to())).toBe('sid=1; here=3')
  expect(jar.header(to({ pathname: '/login/callback' }))).toBe('step=2; sid=1; here=3')
  expect(jar.header(to({ pathname: '/loginx' }))).toBe('sid=1; here=3')
  expect(jar.header(to({ service: 'eid' }))).toBe('')
})

test('a page of another service brings no session with it but by a link', () => {
  const jar = openJar()
  jar.take('portal', '/', ['plain=1', 'strict=2; SameSite=Strict', 'none=3; SameSite=None'])
  expect(jar.header(to({ from: 'link' }))).toBe('plain=1; none=3')
  expect(jar.header(to({ from: 'link', method: 'POST' }))).toBe('none=3')
  expect(jar.header(to({ from: 'other' }))).toBe('none=3')
})

test('cookies end when their time is over, and when they are taken back', () => {
  let now = 1_000_000
  const jar = openJar(() => now)
  jar.take('portal', '/', ['a=1; Max-Age=10', 'b=2', `c=3; Expires=${new Date(now + 5_000).toUTCString()}`])
  expect(jar.header(to())).toBe('a=1; b=2; c=3')
  now += 6_000
  expect(jar.header(to())).toBe('a=1; b=2')
  jar.take('portal', '/', ['b=; Max-Age=0'])
  now += 5_000
  expect(jar.header(to())).toBe('')
})

test('a service fills no memory, and puts no line into a request', () => {
  const jar = openJar()
  jar.take('eid', '/', ['keep=1'])
  for (let n = 0; n < 50; n++)
    jar.take(
      'portal',
      '/',
      Array.from({ length: 50 }, (_, index) => `c${n}-${index}=${'x'.repeat(10)}`),
    )
  expect(jar.header(to()).split('; ').length).toBe(60)
  expect(jar.header(to({ service: 'eid' }))).toBe('keep=1')
  jar.take('tax', '/', ['bad=1\r\nHost: other', `long=${'x'.repeat(5_000)}`, 'é=1', 'ok=1'])
  expect(jar.header(to({ service: 'tax' }))).toBe('é=1; ok=1')
})
