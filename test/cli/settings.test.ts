import { expect, test } from 'vitest'
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
