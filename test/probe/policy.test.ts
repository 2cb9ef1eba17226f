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

  test('a policy in a page is read as browsers read it: not after words, not of another name, with blanks where they may stand', () => {
    const page = (head: string) =>
      runsScript(undefined, `<html><head>${head}</head></html>`, 'inline', 'https://portal')
    const policy = `content="script-src 'none'"`
    expect(page(`words<meta http-equiv="content-security-policy" ${policy}>`)).toBe(true)
    expect(page(`<meta data-http-equiv="content-security-policy" ${policy}>`)).toBe(true)
    expect(page(`<meta http-equiv = "Content-Security-Policy" content = "script-src 'none'">`)).toBe(false)
  })

  test('a policy in the page counts too', () => {
    const page = '<head><meta http-equiv="Content-Security-Policy" content="script-src \'none\'"></head>'
    expect(runs(undefined, 'self', page)).toBe(false)
    expect(runs("script-src 'self'", 'self', page)).toBe(false)
  })

  const META = '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'
  test.each([
    ['in the body', `<html><head><title>x</title></head><body>${META}</body></html>`],
    ['where the head has ended without a word', `<head><p>x</p>${META}</head>`],
    ['in a comment', `<head><!-- ${META} --></head>`],
    ['in the title', `<head><title>${META}</title></head>`],
    ['as a sandbox, which is for headers', `<head>${META.replace("script-src 'none'", 'sandbox')}</head>`],
  ])('no browser obeys one %s', (_, page) => {
    expect(runs(undefined, 'self', page)).toBe(true)
  })

  test('it may stand anywhere in the head', () => {
    const page = `<!doctype html><html lang="et"><head><meta charset="utf-8"><title>a < b</title><link rel="x">${META}</head>`
    expect(runs(undefined, 'self', page)).toBe(false)
    expect(runs(undefined, 'self', META)).toBe(false)
  })
})
