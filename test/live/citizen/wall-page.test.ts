import { expect, test } from 'vitest'
import type { WallPage } from '../../../server/exercise/scenario/wall-scene.ts'
import { pathOf, selfContained } from '../../../server/live/citizen/self-contained.ts'
import { openWallPages } from '../../../server/live/citizen/wall-pages.ts'
import { white } from '../../kit/actors.ts'
import { openWorld, type World } from '../fixture.ts'
import { type PaperService, paperState } from './paper-state.ts'

const VIEW = { port: 0, count: 8, url: 'http://{host}:{port}' }
const PAGE: WallPage = { team: 'red', service: 'tax', path: '/', lang: 'et' }
const css = { headers: [['content-type', 'text/css']] as const, body: 'h1 { color: red }</style><script>' }
const png = { headers: [['content-type', 'image/png']] as const, body: Buffer.from([137, 80, 78, 71]) }

const tax: PaperService = ({ path }) => {
  if (path === '/style.css') return css
  if (path === '/logo.png') return png
  if (path === '/file.zip') return { headers: [['content-type', 'application/zip']], body: 'PK' }
  if (path === '/moved') return { status: 302, headers: [['location', 'http://tax/']] }
  if (path === '/login') return { status: 303, headers: [['location', 'http://eid/authorize']] }
  return {
    body: `<link rel="stylesheet" href="/style.css"><h1>Maksud</h1><img alt="" src='/logo.png'>
<img src="http://evil.example/track.png"><script>document.title = 'taken'</script>`,
  }
}

async function openState(services: Readonly<Record<string, PaperService>> = { tax, eid: () => ({}) }) {
  const state = paperState(services)
  const world = await openWorld({ citizens: state.citizens, live: { citizen: VIEW } })
  const set = (page: WallPage | null) => world.give({ type: 'set-wall-page', data: { page } }, white())
  return { ...state, world, set }
}
interface Answer {
  readonly page: (WallPage & { status: number; failed: string | null; url: string | null }) | null
}
const wall = async (world: World): Promise<Answer['page']> => {
  const answer = await world.fetch('/api/wall-page')
  expect(answer.status).toBe(200)
  return ((await answer.json()) as Answer).page
}

test('a guest’s wall shows the page with all that belongs to it, and nothing else of the service', async () => {
  const { world, set, asked } = await openState()
  expect(await wall(world)).toBeNull()
  await set(PAGE)
  const page = await wall(world)
  expect(page).toMatchObject({ ...PAGE, status: 200, failed: null })
  const answer = await fetch(page?.url ?? '', { headers: { 'sec-fetch-dest': 'iframe' } })
  expect(answer.status).toBe(200)
  const html = await answer.text()
  expect(html).toContain('<h1>Maksud</h1>')
  expect(html).toContain('<style>h1 { color: red }<\\/style><script></style>')
  expect(html).toContain(`<img src="data:image/png;base64,iVBORw==" alt=""`)
  const policy = answer.headers.get('content-security-policy')
  expect(policy).toMatch(/^default-src 'none'; .*; sandbox$/)
  expect(policy).not.toMatch(/script|allow/)
  expect(answer.headers.getSetCookie()).toEqual([])
  const before = asked.length
  const { origin } = new URL(page?.url ?? '')
  for (const path of ['/', '/style.css', '/.kilp/wall/x', '/.kilp/enter?ticket=x'])
    expect((await fetch(origin + path)).status).toBe(403)
  // By itself it is no page of this address.
  const alone = await fetch(page?.url ?? '', { headers: { 'sec-fetch-dest': 'document' } })
  expect(alone.status).toBe(403)
  expect(asked.length).toBe(before)
  expect(asked.map(({ method, path, team, lang }) => `${method} ${team} ${path} ${lang}`)).toEqual([
    'GET red / et',
    'GET red /style.css et',
    'GET red /logo.png et',
  ])
  expect(asked.every(({ headers }) => headers.every(([name]) => name === 'accept'))).toBe(true)
})

test('five hundred guests cost the service one visit', async () => {
  const { world, set, asked } = await openState()
  await set(PAGE)
  const pages = await Promise.all(Array.from({ length: 500 }, () => wall(world)))
  expect(new Set(pages.map((page) => page?.url)).size).toBe(1)
  await Promise.all(Array.from({ length: 100 }, () => fetch(pages[0]?.url ?? '')))
  expect(asked.filter(({ path }) => path === '/')).toHaveLength(1)
  expect(asked).toHaveLength(3)
})

test('it is asked for anew after ten seconds, and not while time stands still', async () => {
  const { world, set, asked } = await openState({ tax: () => ({ body: 'page' }) })
  await set(PAGE)
  let at = 0
  const pages = openWallPages(
    { ports: [], of: () => new Map([['tax', 4_603]]), at: () => undefined, close: async () => {} },
    (_, error) => {
      throw error
    },
    () => at,
  )
  const served = {
    exercise: { engine: world.engine, citizens: (await openCitizens(asked)).citizens, record: null },
  } as never
  const look = async (afterMs: number) => {
    at += afterMs
    await pages.standing(served)
    await new Promise((done) => setTimeout(done, 5))
    return asked.length
  }
  expect([await look(0), await look(9_999), await look(1)]).toEqual([1, 1, 2])
  await world.give({ type: 'pause-exercise', data: { reason: 'Lunch' } }, white())
  expect(await look(60_000)).toBe(2)
  await world.give({ type: 'resume-exercise', data: {} }, white())
  expect(await look(1)).toBe(3)
})

/** The same list of what was asked. */
async function openCitizens(asked: ReturnType<typeof paperState>['asked']) {
  const state = paperState({ tax: () => ({ body: 'page' }) })
  const { visit } = state.citizens
  return {
    citizens: {
      ...state.citizens,
      visit: (...of: Parameters<typeof visit>) => {
        asked.push({ ...of[1], team: of[0] })
        return visit(...of)
      },
    },
  }
}

test('what is taken off, or follows another page, is gone from its address at once', async () => {
  const { world, set } = await openState()
  await set(PAGE)
  const url = (await wall(world))?.url ?? ''
  await set({ ...PAGE, team: 'sea' })
  expect((await fetch(url)).status).toBe(403)
  const other = (await wall(world))?.url ?? ''
  expect(new URL(other).port).not.toBe(new URL(url).port)
  // Not the one in place of the other.
  expect((await fetch(url)).status).toBe(403)
  await set({ ...PAGE, team: 'sea', path: '/moved' })
  expect((await fetch(other)).status).toBe(403)
  expect((await wall(world))?.url).not.toBeNull()
  expect((await fetch(other)).status).toBe(200)
  await set(null)
  expect((await fetch(other)).status).toBe(403)
  expect(await wall(world)).toBeNull()
})

test('a service that does not answer, or leads elsewhere, is said in words', async () => {
  const { world, set } = await openState({ tax, register: () => null })
  await set({ ...PAGE, service: 'register' })
  expect(await wall(world)).toMatchObject({ failed: 'down', status: 0, url: null })
  await set({ ...PAGE, path: '/login' })
  expect(await wall(world)).toMatchObject({ failed: 'leads-away', url: null })
  await set({ ...PAGE, path: '/moved' })
  expect(await wall(world)).toMatchObject({ failed: null, status: 200 })
})

test('what is no page goes off the walls by itself, with the reason, and nobody but white says who did', async () => {
  const { world, set } = await openState()
  await set({ ...PAGE, path: '/file.zip' })
  expect(await wall(world)).toBeNull()
  expect(world.engine.state()).toMatchObject({ wallPage: null, wallPageEnd: 'no-page' })
  await set(PAGE)
  expect(world.engine.state()).toMatchObject({ wallPage: PAGE, wallPageEnd: null })
})

test('without ports for citizens’ pages there is nothing to be shown', async () => {
  const world = await openWorld({ citizens: paperState({ tax }).citizens })
  expect((await world.fetch('/api/wall-page')).status).toBe(404)
})

test('files of others are no part of a page, and there are not too many of its own', async () => {
  const at = { service: 'tax', path: '/a/b' }
  expect(pathOf('../c?x=1', at)).toBe('/c?x=1')
  expect(pathOf('http://tax/d', at)).toBe('/d')
  for (const away of [
    'http://eid/',
    '//evil.example/',
    'http://tax:8080/',
    'ftp://tax/',
    'javascript:0',
    'http://[',
  ])
    expect(pathOf(away, at)).toBeNull()
  const asked: string[] = []
  const many = Array.from({ length: 40 }, (_, n) => `<img src=/${n}.png>`).join('')
  const html = await selfContained(many, at, async (path) => {
    asked.push(path)
    return { type: 'image/png', body: Buffer.alloc(10) }
  })
  expect(asked).toHaveLength(16)
  expect(html.match(/data:image/g)).toHaveLength(16)
  const large = await selfContained(many, at, async () => ({
    type: 'image/png',
    body: Buffer.alloc(600_000),
  }))
  expect(large.match(/data:image/g)).toHaveLength(1)
})
