import { describe, expect, test } from 'vitest'
import { runsScript } from '../../infra/probe/src/policy.ts'

const runs = (header: string | undefined, from: 'self' | 'inline', body = '') =>
  runsScript(header, body, from, 'http://portal')

describe('what a browser runs', () => {
  test.each([
    [undefined, true, true],
    ["default-src 'self'", true, false],
    ["default-src 'none'", false, false],
    ["default-src 'none'; script-src 'self'", true, false],
    ["img-src 'none'", true, true],
    ["script-src 'unsafe-inline'", false, true],
    ["script-src 'self' 'unsafe-inline'", true, true],
    // A nonce switches inline off but where it stands.
    ["script-src 'unsafe-inline' 'nonce-abc'", false, false],
    ["script-src 'self' 'strict-dynamic' 'nonce-abc'", false, false],
    ['script-src http://portal', true, false],
    ['script-src http://other', false, false],
    ['script-src http:', true, false],
    ["script-src 'self'; script-src-elem 'none'", false, false],
    // The first of a name counts, and every policy must allow it.
    ["script-src 'none'; script-src 'self'", false, false],
    ["default-src 'self', script-src 'none'", false, false],
    ['sandbox', false, false],
    ['sandbox allow-scripts', true, true],
    ["SCRIPT-SRC 'self'", true, false],
  ])('%s', (header, self, inline) => {
    expect([runs(header, 'self'), runs(header, 'inline')]).toEqual([self, inline])
  })

  test('a policy in the page counts too', () => {
    const page = '<head><meta http-equiv="Content-Security-Policy" content="script-src \'none\'"></head>'
    expect(runs(undefined, 'self', page)).toBe(false)
    expect(runs("script-src 'self'", 'self', page)).toBe(false)
  })
})
