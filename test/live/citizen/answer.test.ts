import { expect, test } from 'vitest'
import { openAddresses } from '../../../server/live/citizen/addresses.ts'
import { MOST_TEXT, pageOf } from '../../../server/live/citizen/answer.ts'

const addresses = openAddresses(
  new Map([
    ['portal', 'http://127.0.0.1:4601'],
    ['eid', 'http://127.0.0.1:4602'],
  ]),
  // The last is of another team.
  ['http://127.0.0.1:4601', 'http://127.0.0.1:4602', 'http://127.0.0.1:4603'],
)
const page = async (headers: [string, string][], body = Buffer.alloc(0), status = 200) => {
  const made = await pageOf({ status, headers, body }, addresses, 'http://127.0.0.1:4600')
  if (!made) throw new Error('there is no page')
  return made
}
const policies = async (headers: [string, string][]) =>
  (await page(headers)).headers['content-security-policy'] as readonly string[]

test('only what is of the page itself comes through', async () => {
  const { headers } = await page([
    ['Content-Type', 'text/html'],
    ['Set-Cookie', 'sid=1'],
    ['Strict-Transport-Security', 'max-age=99999999; includeSubDomains'],
    ['Clear-Site-Data', '"cookies"'],
    ['Service-Worker-Allowed', '/'],
    ['Access-Control-Allow-Origin', '*'],
    ['Cross-Origin-Opener-Policy', 'unsafe-none'],
    ['Cross-Origin-Resource-Policy', 'cross-origin'],
    ['X-Frame-Options', 'DENY'],
    ['Cache-Control', 'max-age=31536000, immutable'],
    ['Referrer-Policy', 'unsafe-url'],
    ['Content-Encoding', 'gzip'],
    ['Link', '<http://elsewhere/>; rel=preload'],
    ['Report-To', '{}'],
    ['NEL', '{}'],
    ['Alt-Svc', 'h3=":443"'],
  ])
  expect(Object.keys(headers).sort()).toEqual([
    'cache-control',
    'content-security-policy',
    'content-type',
    'cross-origin-resource-policy',
    'permissions-policy',
    'referrer-policy',
    'x-dns-prefetch-control',
    'x-robots-tag',
  ])
  expect(headers['cache-control']).toBe('no-store')
  expect(headers['referrer-policy']).toBe('same-origin')
})

test('the policy of ours stands first, and names the platform only as who may frame it', async () => {
  const [ours = '', ...rest] = await policies([])
  expect(rest).toEqual([])
  const directives = new Map(ours.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]))
  expect(directives.get('frame-ancestors')).toEqual([
    'http://127.0.0.1:4600',
    'http://127.0.0.1:4601',
    'http://127.0.0.1:4602',
  ])
  expect(directives.get('worker-src')).toEqual(["'none'"])
  expect(directives.get('sandbox')).toEqual(['allow-scripts', 'allow-forms', 'allow-same-origin'])
  for (const [name, sources] of directives)
    if (name !== 'frame-ancestors') expect(sources).not.toContain('http://127.0.0.1:4600')
  for (const sources of directives.values())
    for (const open of ['*', 'http:', 'https:', 'ws:', 'wss:']) expect(sources).not.toContain(open)
})

test('the service’s own policy holds too, but for what would keep it out of the frame or reports elsewhere', async () => {
  expect(
    (
      await policies([
        [
          'Content-Security-Policy',
          "default-src 'self' http://eid; frame-ancestors 'none'; report-uri http://x/",
        ],
        ['content-security-policy', "frame-ancestors 'none', script-src 'none'"],
      ])
    ).slice(1),
  ).toEqual(["default-src 'self' http://127.0.0.1:4602", "script-src 'none'"])
})

test('redirects and texts lead to the origins that stand for services; other bytes stay', async () => {
  const moved = await page([['Location', 'http://eid/login']], undefined, 303)
  expect([moved.status, moved.headers.location]).toEqual([303, 'http://127.0.0.1:4602/login'])
  const text = Buffer.from('<a href="http://eid/">Õ 漢字</a>')
  expect((await page([['Content-Type', 'text/html; charset=utf-8']], text)).body.toString()).toBe(
    '<a href="http://127.0.0.1:4602/">Õ 漢字</a>',
  )
  expect((await page([['Content-Type', 'image/png']], text)).body).toEqual(text)
  expect((await page([['Content-Type', 'application/fhir+json']], text)).body.toString()).toContain(':4602')
})

test.each([
  ['Location', 'http://127.0.0.1:4603/delete?all=1'],
  ['Location', '//127.0.0.1:4603/'],
  ['Location', 'http://localhost:4603/'],
  ['Refresh', '0; url=http://127.0.0.1:4603/'],
  ['Refresh', "1.5,URL='http://127.0.0.1:4603/'"],
  ['Refresh', '0 //127.0.0.1:4603/'],
])('no answer leads into another team’s pages: %s: %s', async (name, value) => {
  expect((await page([[name, value]], undefined, 302)).headers).not.toHaveProperty(name.toLowerCase())
})

test.each([
  ['Location', '/a?b=http://127.0.0.1:4603/'],
  ['Location', 'http://127.0.0.1:4602/x'],
  ['Refresh', '0; url=http://127.0.0.1:4602/'],
  ['Refresh', '5'],
])('answers lead to the own team’s: %s: %s', async (name, value) => {
  expect((await page([[name, value]], undefined, 302)).headers).toHaveProperty(name.toLowerCase(), value)
})

test('a page that is made of addresses keeps nobody else waiting; more text than pages have is none', async () => {
  const html = ['Content-Type', 'text/html'] as const
  const body = Buffer.from('http://eid '.repeat(MOST_TEXT / 11))
  let turns = 0
  const others = setInterval(() => {
    turns += 1
  }, 0)
  await pageOf({ status: 200, headers: [html], body }, addresses, 'http://127.0.0.1:4600')
  clearInterval(others)
  expect(turns).toBeGreaterThan(3)
  const more = Buffer.alloc(MOST_TEXT + 1, 'x')
  expect(await pageOf({ status: 200, headers: [html], body: more }, addresses, 'http://x')).toBeNull()
  const picture = [['Content-Type', 'image/png']] as const
  expect((await pageOf({ status: 200, headers: picture, body: more }, addresses, 'http://x'))?.body).toBe(
    more,
  )
})
