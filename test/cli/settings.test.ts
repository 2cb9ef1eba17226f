import { describe, expect, test } from 'vitest'
import { readSettings } from '../../server/cli/settings.ts'
import { UserError } from '../../server/cli/user-error.ts'

test('the address that people type is an origin, and anything else is said', () => {
  const url = (KILP_URL?: string) => readSettings(KILP_URL === undefined ? {} : { KILP_URL }).publicUrl
  expect([url(), url('')]).toEqual([null, null])
  expect(url('https://range.example')).toBe('https://range.example')
  expect(url('https://range.example:8443/')).toBe('https://range.example:8443')
  for (const wrong of [
    'range.example',
    'https://',
    'ftp://x',
    'https://x/kilp',
    'https://a:b@x',
    'https://x?y',
  ])
    expect(() => url(wrong), wrong).toThrow(UserError)
})

describe('where citizens’ pages are shown', () => {
  const of = (env: NodeJS.ProcessEnv, port?: string, citizenPort?: string) =>
    readSettings(env, port, citizenPort).citizen
  test('beside the platform, unless said otherwise', () => {
    expect(of({})).toEqual({ port: 4601, url: 'http://{host}:{port}' })
    expect(of({}, '0')).toEqual({ port: 0, url: 'http://{host}:{port}' })
    expect(of({ KILP_CITIZEN_PORT: '7000' }, '5000')?.port).toBe(7000)
    expect(of({ KILP_CITIZEN_PORT: '7000' }, '5000', '8000')?.port).toBe(8000)
    expect(of({}, '5000', 'off')).toBeNull()
    expect(of({ KILP_URL: 'https://range.example' })?.url).toBe('https://{host}:{port}')
    expect(of({ KILP_CITIZEN_URL: 'https://p{port}.range.example' })?.url).toBe(
      'https://p{port}.range.example',
    )
  })
  test.each([
    [{ KILP_CITIZEN_PORT: '70000' }, 'is no port'],
    [{ KILP_CITIZEN_PORT: 'x' }, 'is no port'],
    [{ KILP_CITIZEN_URL: 'https://range.example' }, 'say how browsers reach a port'],
    [{ KILP_CITIZEN_URL: 'https://{host}:{port}/path' }, 'say how browsers reach a port'],
    [{ KILP_CITIZEN_URL: 'ftp://{host}:{port}' }, 'say how browsers reach a port'],
  ])('%j is refused with the way to mend it', (env, why) => {
    expect(() => of(env)).toThrow(why)
  })
})

test('SSH is where it is asked for, and nowhere else', () => {
  const of = (KILP_SSH_PORT?: string, option?: string | true) =>
    readSettings(KILP_SSH_PORT === undefined ? {} : { KILP_SSH_PORT }, undefined, undefined, option).sshPort
  expect([of(), of(''), of('off'), of('2222'), of('0')]).toEqual([null, null, null, 2222, 0])
  expect([of('2222', true), of('2222', '2022'), of('2222', 'off')]).toEqual([4622, 2022, null])
  for (const wrong of ['x', '-1', '65536', '22.5', 'on'])
    expect(() => of(wrong), wrong).toThrow('is no port for SSH')
})
