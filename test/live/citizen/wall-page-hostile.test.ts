import { expect, test } from 'vitest'
import type { WallPage } from '../../../server/exercise/scenario/wall-scene.ts'
import { selfContained } from '../../../server/live/citizen/self-contained.ts'
import { textOf } from '../../../server/live/citizen/text-of.ts'
import { openWallPages } from '../../../server/live/citizen/wall-pages.ts'
import { white } from '../../kit/actors.ts'
import { openWorld } from '../fixture.ts'
import { paperState } from './paper-state.ts'

const AT = { service: 'tax', path: '/' }
const HTML = 'text/html; charset=utf-8'
const LARGEST = 512 * 1024
const nothing = async () => null
const filled = (with_: string) => with_.repeat(Math.ceil(LARGEST / with_.length)).slice(0, LARGEST)

test('one picture that stands in a page thousands of times fills no memory', async () => {
  const small = Buffer.alloc(90_000)
  const made = await selfContained(filled('<img src=/x>'), AT, async () => ({
    type: 'image/png',
    body: small,
  }))
  expect(made.length).toBeLessThan(LARGEST + 2.2 * 1024 * 1024)
  const html = await selfContained(filled('<img src=/x>').slice(0, 12 * 100), AT, async () => ({
    type: 'image/png',
    body: Buffer.alloc(1024 * 1024),
  }))
  expect(html.match(/data:image/g)).toHaveLength(1)
})

test('a page of nothing but tags is not looked through to its end', async () => {
  let asked = 0
  const html = await selfContained(`${filled('<img src=/nothing>')}<img src=/last.png>`, AT, async (path) => {
    asked += 1
    return path === '/last.png' ? { type: 'image/png', body: Buffer.alloc(1) } : null
  })
  expect(asked).toBe(1)
  expect(html.length).toBe(LARGEST + '<img src=/last.png>'.length)
})

test('nothing is left in it that makes a browser look up or connect to a host, which no policy forbids', async () => {
  const evil = 'href=//evil.example'
  const pages = [
    `<link rel=preconnect ${evil}>`,
    `<LINK/rel=preconnect ${evil}`,
    `<link title="<>" rel=dns-prefetch ${evil}>`,
    `<link ${' '.repeat(3_000)} rel=preconnect ${evil}>`,
    `<li<link>nk rel=preconnect ${evil}>`,
    `<meta http-equiv=x-dns-prefetch-control content=on><a ${evil}></a>`,
    `<iframe srcdoc="&lt;link rel=preconnect ${evil}>"></iframe>`,
  ]
  for (const page of pages)
    expect(await selfContained(page, AT, nothing)).not.toMatch(/<(link|meta)[\s/>]|srcdoc=(?<!no-srcdoc=)/i)
  // Its own style sheets are in it before that, also twice.
  const css = async () => ({ type: 'text/css', body: Buffer.from('a{}') })
  const sheets = await selfContained('<link rel=stylesheet href=/a><link rel=stylesheet href=/a>', AT, css)
  expect(sheets).toBe('<style>a{}</style><style>a{}</style>')
})

test('a page is read as a browser reads it, whatever it says of its letters', async () => {
  const tag = '<link rel=preconnect>'
  const wide = Buffer.from(tag, 'utf16le')
  const written: (readonly [Buffer, string])[] = [
    [Buffer.concat([Buffer.from([0xff, 0xfe]), wide]), HTML],
    [Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(wide).swap16()]), HTML],
    [wide, 'text/html; charset="utf-16"'],
    [Buffer.from('<li\u001b(Bnk rel=preconnect>', 'latin1'), 'text/html;charset=ISO-2022-JP'],
    [Buffer.from(tag), 'text/html; charset=nonsense'],
  ]
  for (const [body, type] of written) expect(textOf(body, type)).toBe(tag)
  expect(textOf(Buffer.from('<meta charset="utf-16"><b>õ'), 'text/html')).toContain('õ')
  expect(textOf(Buffer.from('<meta charset=iso-8859-1>\u00f5', 'latin1'), 'text/html')).toContain('õ')
  expect(textOf(Buffer.from('\u00f5', 'latin1'), 'text/html')).toBe('õ')
  expect(textOf(Buffer.from('日本'), 'text/html')).toBe('日本')
  expect(textOf(Buffer.alloc(0), HTML)).toBe('')
})

test('what the service says of its type goes to no browser, and no guest keeps a connection', async () => {
  const type = 'text/html-x; charset=utf-16\u0100'
  const { citizens } = paperState({
    tax: () => ({ headers: [['content-type', type]], body: Buffer.from('<h1>õ</h1>') }),
  })
  const world = await openWorld({
    citizens,
    live: { citizen: { port: 0, count: 8, url: 'http://{host}:{port}' } },
  })
  const page: WallPage = { team: 'red', service: 'tax', path: '/', lang: 'et' }
  await world.give({ type: 'set-wall-page', data: { page } }, white())
  const said = (await (await world.fetch('/api/wall-page')).json()) as { page: { url: string | null } }
  const answer = await fetch(said.page.url ?? '')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe(HTML)
  expect(answer.headers.get('connection')).toBe('close')
})

test('a service that takes its time holds up nobody who watches', async () => {
  let answer = () => {}
  const { citizens, asked } = paperState({
    tax: () =>
      new Promise((done) => {
        answer = () => done({ body: 'late' })
      }),
  })
  const world = await openWorld({ citizens })
  const page: WallPage = { team: 'red', service: 'tax', path: '/', lang: 'et' }
  await world.give({ type: 'set-wall-page', data: { page } }, white())
  const pages = openWallPages(
    { ports: [], of: () => new Map([['tax', 4_603]]), at: () => undefined, close: async () => {} },
    () => {},
    Date.now,
    30,
  )
  const served = { exercise: { engine: world.engine, citizens, record: null } } as never
  expect(await Promise.all([1, 2, 3].map(() => pages.standing(served)))).toEqual([null, null, null])
  expect(await pages.standing(served)).toBeNull()
  answer()
  await expect.poll(() => pages.standing(served)).toMatchObject({ status: 200 })
  expect(asked).toHaveLength(1)
})

test('once time stands still, or white takes it off, a page that is on its way asks for nothing more', async () => {
  for (const stop of [
    { type: 'pause-exercise', data: { reason: 'Lunch' } },
    { type: 'set-wall-page', data: { page: null } },
  ] as const) {
    const { promise: stopped, resolve } = Promise.withResolvers<void>()
    const { citizens, asked } = paperState({
      tax: async ({ path }) => {
        if (path === '/') await stopped
        return { body: '<img src=/a.png><link rel=stylesheet href=/b.css>' }
      },
    })
    const world = await openWorld({ citizens })
    const page: WallPage = { team: 'red', service: 'tax', path: '/', lang: 'et' }
    await world.give({ type: 'set-wall-page', data: { page } }, white())
    const pages = openWallPages(
      { ports: [], of: () => new Map([['tax', 4_603]]), at: () => undefined, close: async () => {} },
      () => {},
    )
    const served = { exercise: { engine: world.engine, citizens, record: null } } as never
    const first = pages.standing(served)
    await expect.poll(() => asked.length).toBe(1)
    await world.give(stop, white())
    resolve()
    expect(await first).toBeNull()
    expect(asked.map(({ path }) => path)).toEqual(['/'])
    expect((await pages.standing(served))?.failed ?? null).toBe(
      stop.type === 'pause-exercise' ? 'stands-still' : null,
    )
  }
})

test('an exercise whose wall shows no page any more is let go of', async () => {
  const { citizens } = paperState({ tax: () => ({ body: 'page' }) })
  const world = await openWorld({ citizens })
  const pages = openWallPages(
    { ports: [], of: () => new Map([['tax', 4_603]]), at: () => undefined, close: async () => {} },
    () => {},
  )
  let wallPage: WallPage | null = { team: 'red', service: 'tax', path: '/', lang: 'et' }
  let looks = 0
  const state = () => {
    looks += 1
    return { ...world.engine.state(), wallPage }
  }
  const served = { exercise: { engine: { exerciseId: 'e', state }, citizens, record: null } } as never
  const site = { exerciseId: 'e', team: 'red', service: 'tax' }
  await pages.standing(served)
  expect(pages.at(site)).not.toBeNull()
  wallPage = null
  expect(pages.at(site)).toBeNull()
  looks = 0
  expect(pages.at(site)).toBeNull()
  expect(looks).toBe(0)
})
