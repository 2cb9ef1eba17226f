import { request as httpRequest } from 'node:http'
import { io } from 'socket.io-client'
import { expect, onTestFinished, test } from 'vitest'
import { openVisitors } from '../../../server/live/citizen/visitors.ts'
import { white } from '../../kit/actors.ts'
import { openWorld, type SeatId, type World } from '../fixture.ts'
import { type PaperService, paperState, portalAndEid } from './paper-state.ts'

const VIEW = { port: 0, count: 8, url: 'http://{host}:{port}' }

async function openState(services: Readonly<Record<string, PaperService>> = portalAndEid, view = VIEW) {
  const state = paperState(services)
  const world = await openWorld({ citizens: state.citizens, live: { citizen: view } })
  return { ...state, world }
}

const post = (world: World, path: string, seat: SeatId | undefined, body: object) =>
  world.fetch(`/api/citizen${path}`, seat, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const codeOf = async (answer: Response) =>
  ((await answer.json()) as { refusal?: { code: string } }).refusal?.code ?? answer.status

async function begin(world: World, seat: SeatId = 'blue-red', team = 'red') {
  const answer = await post(world, '', seat, { team, lang: 'et' })
  expect(answer.status).toBe(200)
  return (await answer.json()) as { visitor: string; services: string[]; people: { code: string }[] }
}

async function ticket(
  world: World,
  visitor: string,
  service = 'portal',
  path = '/',
  seat: SeatId = 'blue-red',
) {
  const answer = await post(world, `/${visitor}/open`, seat, { service, path })
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { url: string }).url
}

/** As a browser sends it: `fetch` has its own mind about where a request comes from. */
const ask = (url: string, headers: Record<string, string>, { method = 'GET', body }: RequestInit = {}) =>
  new Promise<Response>((resolve, reject) => {
    const request = httpRequest(url, { method, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const lines = Object.entries(answer.headersDistinct).flatMap(([name, values]) =>
          (values ?? []).map((value): [string, string] => [name, value]),
        )
        resolve(new Response(Buffer.concat(chunks), { status: answer.statusCode ?? 0, headers: lines }))
      })
    })
    request.on('error', reject)
    request.end(body as string | Buffer | undefined)
  })

/** A browser that has opened a page: its cookie, and the origin of the service. */
async function enter(url: string) {
  const answer = await fetch(url, { redirect: 'manual' })
  expect(answer.status).toBe(303)
  const [cookie = ''] = answer.headers.getSetCookie()
  return {
    origin: new URL(url).origin,
    location: answer.headers.get('location') ?? '',
    cookie: cookie.split(';')[0] ?? '',
    whole: cookie,
    get: (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
      ask(
        new URL(url).origin + path,
        { accept: 'text/html', cookie: cookie.split(';')[0] ?? '', ...headers },
        init,
      ),
  }
}

test('a team sees its own services as citizens do, each under an origin of its own', async () => {
  const { world, asked } = await openState()
  const { visitor, services, people } = await begin(world)
  expect(services).toEqual(['portal', 'eid'])
  expect(people).toHaveLength(1)
  const portal = await enter(await ticket(world, visitor, 'portal', '/letters?x=1'))
  expect(portal.location).toBe('/letters?x=1')
  expect(portal.whole).toMatch(/^kilp_[0-9a-f]{24}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
  const eid = await enter(await ticket(world, visitor, 'eid'))
  expect(eid.origin).not.toBe(portal.origin)
  expect(portal.origin).not.toBe(world.live.url)
  const page = await portal.get(portal.location)
  expect(await page.text()).toBe(`<h1>Welcome</h1><a href="${eid.origin}/">eID</a>`)
  expect(page.headers.getSetCookie()).toEqual([])
  expect(asked.at(-1)).toMatchObject({ team: 'red', service: 'portal', path: '/letters?x=1', lang: 'et' })
  const where = (await (await world.fetch(`/api/citizen/${visitor}`, 'blue-red')).json()) as { at: object }
  expect(where.at).toMatchObject({ service: 'portal', path: '/letters?x=1', status: 200, failed: null })
})

test('signed in with the card by the real way, and seen so in the browser that has no cookie of it', async () => {
  const { world } = await openState()
  const { visitor, people } = await begin(world)
  const sign = (person: string | null) =>
    post(world, `/${visitor}/sign-in`, 'blue-red', { service: 'portal', person })
  expect(await (await sign(people[0]?.code ?? '')).json()).toEqual({ ok: true, service: 'portal', path: '/' })
  const portal = await enter(await ticket(world, visitor))
  expect(await (await portal.get('/')).text()).toContain('Your letters')
  expect((await portal.get('/', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' })).status).toBe(
    200,
  )
  // What a page of another service asks for brings no session with it, but by going there.
  const foreign = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }
  expect(await (await portal.get('/', foreign)).text()).toContain('Welcome')
  const link = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate' }
  expect(await (await portal.get('/', link)).text()).toContain('Your letters')
  await sign(null)
  expect(await (await portal.get('/')).text()).toContain('Welcome')
})

test('a login that the visitor has begun is the one that the card finishes', async () => {
  const { world, asked } = await openState()
  const { visitor } = await begin(world)
  const portal = await enter(await ticket(world, visitor, 'portal', '/login'))
  const toEid = (await portal.get('/login')).headers.get('location') ?? ''
  const authorize = new URL(toEid)
  // The service's name for itself goes through as it is.
  expect(authorize.searchParams.get('redirect_uri')).toBe('http://portal/login/callback')
  const link = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }
  const get = (url: string) => ask(url, { cookie: portal.cookie, ...link })
  const login = new URL((await get(toEid)).headers.get('location') ?? '', toEid).href
  expect(await (await get(login)).text()).toContain('/login/u1/idcard')
  const before = asked.length
  const answer = await post(world, `/${visitor}/sign-in`, 'blue-red', { service: 'eid', person: '1' })
  expect(await answer.json()).toEqual({ ok: true, service: 'portal', path: '/' })
  expect(asked.slice(before).map(({ service, path }) => `${service}${path}`)).toEqual([
    'eid/login/u1',
    'eid/login/u1/idcard',
    'portal/login/callback?code=1',
    'portal/',
  ])
})

test('who may: the own team, and white any; nobody else, and nobody in another’s visit', async () => {
  const { world } = await openState()
  for (const seat of ['blue-sea', 'observer', 'guest'] as const)
    expect(await codeOf(await post(world, '', seat, { team: 'red', lang: 'en' }))).toBe('not-your-team')
  expect((await post(world, '', undefined, { team: 'red', lang: 'en' })).status).toBe(401)
  expect(await codeOf(await post(world, '', 'white', { team: 'nobody', lang: 'en' }))).toBe('no-enclave')
  const { visitor } = await begin(world, 'white', 'sea')
  for (const seat of ['blue-sea', 'blue-red', 'guest'] as const) {
    expect(await codeOf(await post(world, `/${visitor}/open`, seat, { service: 'portal', path: '/' }))).toBe(
      'no-visit',
    )
    expect(await codeOf(await world.fetch(`/api/citizen/${visitor}`, seat))).toBe('no-visit')
  }
  expect(
    await codeOf(await post(world, `/${visitor}/open`, 'white', { service: 'registry-db', path: '/' })),
  ).toBe('no-service')
  for (const path of ['http://x/', '//x/', '/\\x', 'x', '/ x'])
    expect((await post(world, `/${visitor}/open`, 'white', { service: 'portal', path })).status).toBe(400)
})

test('a ticket is good once, for its own service; without the cookie of the visit nothing comes', async () => {
  const { world, asked } = await openState()
  const { visitor } = await begin(world)
  const url = await ticket(world, visitor)
  const eid = new URL(await ticket(world, visitor, 'eid'))
  const wrong = new URL(url)
  wrong.port = eid.port
  expect((await fetch(wrong, { redirect: 'manual' })).status).toBe(403)
  const again = await ticket(world, visitor)
  const portal = await enter(again)
  expect((await fetch(again, { redirect: 'manual' })).status).toBe(403)
  const before = asked.length
  for (const cookie of ['', 'kilp=1', `${portal.cookie}x`, portal.cookie.replace('kilp_', 'kilq_')])
    expect((await portal.get('/', { cookie })).status).toBe(403)
  expect((await portal.get('/', { 'sec-fetch-dest': 'document' })).status).toBe(403)
  expect((await portal.get('/', { 'service-worker': 'script' })).status).toBe(403)
  expect(asked.length).toBe(before)
  // Another team's pages are not opened by it either.
  const { visitor: other } = await begin(world, 'blue-sea', 'sea')
  const sea = await enter(await ticket(world, other, 'portal', '/', 'blue-sea'))
  expect((await sea.get('/', { cookie: portal.cookie })).status).toBe(403)
  expect((await sea.get('/')).status).toBe(200)
})

test('it is over when the seat is revoked, and when the exercise ends', async () => {
  const { world } = await openState()
  const { visitor } = await begin(world)
  const portal = await enter(await ticket(world, visitor))
  const { visitor: whites } = await begin(world, 'white', 'sea')
  const sea = await enter(await ticket(world, whites, 'portal', '/', 'white'))
  await world.give({ type: 'revoke-seat', data: { seatId: 'blue-red' } }, white())
  expect((await portal.get('/')).status).toBe(403)
  expect((await sea.get('/')).status).toBe(200)
  await world.give({ type: 'end-exercise', data: { reason: 'over' } }, white())
  expect((await sea.get('/')).status).toBe(403)
  expect(await codeOf(await post(world, '', 'white', { team: 'sea', lang: 'en' }))).toBe('no-enclave')
})

test('in a pause a team sets nothing off in its services, by no request; white may look', async () => {
  const { world, asked } = await openState()
  const { visitor } = await begin(world)
  const portal = await enter(await ticket(world, visitor))
  expect((await portal.get('/')).status).toBe(200)
  await world.give({ type: 'pause-exercise', data: { reason: 'other' } } as never, white())
  const before = asked.length
  for (const method of ['GET', 'HEAD', 'POST'])
    expect((await portal.get('/', {}, { method, ...(method === 'POST' && { body: 'a=1' }) })).status).toBe(
      409,
    )
  const where = (await (await world.fetch(`/api/citizen/${visitor}`, 'blue-red')).json()) as { at: object }
  expect(where.at).toMatchObject({ failed: 'stands-still' })
  const signed = await post(world, `/${visitor}/sign-in`, 'blue-red', { service: 'portal', person: '1' })
  expect(await signed.json()).toEqual({ ok: false, why: 'stands-still' })
  expect(asked.length).toBe(before)
  const { visitor: whites } = await begin(world, 'white', 'red')
  const theirs = await enter(await ticket(world, whites, 'portal', '/', 'white'))
  expect((await theirs.get('/')).status).toBe(200)
  expect((await theirs.get('/', {}, { method: 'POST', body: 'a=1' })).status).toBe(200)
})

test('only the visitor’s own words reach a service, in the names of its own world', async () => {
  const { world, asked } = await openState()
  const { visitor } = await begin(world)
  const portal = await enter(await ticket(world, visitor))
  const eid = await enter(await ticket(world, visitor, 'eid'))
  await portal.get(
    `/x?back=${encodeURIComponent(`${eid.origin}/a`)}`,
    {
      origin: eid.origin,
      referer: `${eid.origin}/page`,
      cookie: `kilp_sign_in=platform; ${portal.cookie}; tossed=1`,
      'content-type': 'application/x-www-form-urlencoded',
      'x-forwarded-for': '1.2.3.4',
      'user-agent': 'analyst',
    },
    { method: 'POST', body: new URLSearchParams({ next: `${portal.origin}/y` }).toString() },
  )
  const request = asked.at(-1)
  expect(request?.path).toBe(`/x?back=${encodeURIComponent('http://eid/a')}`)
  expect(request?.body.toString()).toBe(new URLSearchParams({ next: 'http://portal/y' }).toString())
  expect(Object.fromEntries(request?.headers ?? [])).toEqual({
    accept: 'text/html',
    'content-type': 'application/x-www-form-urlencoded',
    origin: 'http://eid',
    referer: 'http://eid/page',
  })
  await portal.get('/', { origin: world.live.url, referer: `${world.live.url}/#/team` }, { method: 'POST' })
  expect(Object.fromEntries(asked.at(-1)?.headers ?? [])).toEqual({ accept: 'text/html', origin: 'null' })
})

test('what does not answer is said so, with no page', async () => {
  const { world } = await openState({ ...portalAndEid, tax: () => null })
  const { visitor } = await begin(world)
  const tax = await enter(await ticket(world, visitor, 'tax'))
  const answer = await tax.get('/')
  expect([answer.status, await answer.text()]).toEqual([504, ''])
  const where = (await (await world.fetch(`/api/citizen/${visitor}`, 'blue-red')).json()) as { at: object }
  expect(where.at).toMatchObject({ service: 'tax', status: 0, failed: 'down' })
  const signed = await post(world, `/${visitor}/sign-in`, 'blue-red', { service: 'tax', person: '1' })
  expect(await signed.json()).toEqual({ ok: false, why: 'down' })
})

test('a team can not ask without end', async () => {
  const { world, asked } = await openState()
  const { visitor } = await begin(world)
  const portal = await enter(await ticket(world, visitor))
  const since = performance.now()
  const answers = await Promise.all(Array.from({ length: 250 }, () => portal.get('/')))
  // A machine that does a lot besides takes its time, in which more are let through.
  const most = 120 + (20 * (performance.now() - since)) / 1_000 + 1
  expect(asked.length).toBeLessThanOrEqual(most)
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(250 - most)
  // Others are not held up by it.
  const { visitor: other } = await begin(world, 'blue-sea', 'sea')
  const sea = await enter(await ticket(world, other, 'portal', '/', 'blue-sea'))
  expect((await sea.get('/')).status).toBe(200)
})

test('the platform refuses what a citizen’s page asks, though both have one name', async () => {
  const { world } = await openState()
  const { visitor } = await begin(world)
  const portal = await enter(await ticket(world, visitor))
  const origin = { origin: portal.origin }
  expect((await world.fetch('/api/exercise', 'blue-red', { headers: origin })).status).toBe(403)
  expect(
    (await world.fetch('/api/exercise', 'blue-red', { headers: { origin: world.live.url } })).status,
  ).toBe(200)
  expect((await world.fetch('/api/exercise', 'blue-red', { headers: { origin: 'null' } })).status).toBe(403)
  for (const [from, works] of [
    [portal.origin, false],
    [world.live.url, true],
  ] as const) {
    const client = io(world.live.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { token: world.token('blue-red') },
      extraHeaders: { origin: from },
    })
    onTestFinished(() => void client.disconnect())
    const happened = await new Promise((resolve) => {
      client.on('welcome', () => resolve('welcome'))
      client.on('connect_error', () => resolve('refused'))
    })
    expect(happened).toBe(works ? 'welcome' : 'refused')
  }
  const index = await world.fetch('/', undefined, { headers: { accept: 'text/html' } })
  const policy = index.headers.get('content-security-policy') ?? ''
  const frames = /frame-src ([^;]*)/.exec(policy)?.[1]?.split(' ') ?? []
  expect(frames).toContain(portal.origin)
  expect(frames).toHaveLength(8)
  expect(frames).not.toContain(world.live.url)
  expect((await world.fetch('/api/exercise')).headers.get('content-security-policy')).not.toContain(
    'frame-src',
  )
})

test('a port that was one team’s is given to no other: its page may be open somewhere', async () => {
  const { world } = await openState(portalAndEid, { ...VIEW, count: 2 })
  const { visitor } = await begin(world)
  const portal = await enter(await ticket(world, visitor))
  expect(await codeOf(await post(world, '', 'white', { team: 'sea', lang: 'en' }))).toBe('no-room')
  await world.give({ type: 'revoke-seat', data: { seatId: 'blue-red' } }, white())
  expect(await codeOf(await post(world, '', 'white', { team: 'sea', lang: 'en' }))).toBe('no-room')
  const { visitor: whites } = await begin(world, 'white', 'red')
  expect((await enter(await ticket(world, whites, 'portal', '/', 'white'))).origin).toBe(portal.origin)
})

test('a browser visits one team at a time: who enters another’s has left the first', async () => {
  const { world } = await openState()
  const red = await begin(world, 'white', 'red')
  const portal = await enter(await ticket(world, red.visitor, 'portal', '/', 'white'))
  const sea = await begin(world, 'white', 'sea')
  const cookie = `kilp_sign_in=platform; ${portal.cookie}; own=1`
  const answer = await fetch(await ticket(world, sea.visitor, 'portal', '/', 'white'), {
    redirect: 'manual',
    headers: { cookie },
  })
  const [own = '', ...rest] = answer.headers.getSetCookie()
  const [name = ''] = portal.cookie.split('=')
  expect(own.startsWith(`${name}=`)).toBe(false)
  expect(rest).toEqual([`${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict`])
  expect(answer.headers.get('clear-site-data')).toBe('"storage"')
  // What pages of the same visit keep there stays.
  const again = await fetch(await ticket(world, sea.visitor, 'portal', '/', 'white'), { redirect: 'manual' })
  expect([again.status, again.headers.get('clear-site-data')]).toEqual([303, null])
})

test('nothing is read of who asks too much, and of a visitor only so much is under way at once', async () => {
  const wait = Promise.withResolvers<{ body: string }>()
  const { world, asked } = await openState({ ...portalAndEid, tax: () => wait.promise })
  const { visitor } = await begin(world)
  const tax = await enter(await ticket(world, visitor, 'tax'))
  const all = Array.from({ length: 30 }, () => tax.get('/'))
  let refused = 0
  for (const one of all) void one.then(({ status }) => status === 429 && refused++)
  await expect.poll(() => refused).toBe(18)
  // A body that never comes: it is refused before it is waited for.
  const endless = await new Promise<number>((resolve, reject) => {
    const request = httpRequest(
      `${tax.origin}/`,
      { method: 'POST', headers: { cookie: tax.cookie } },
      (got) => {
        resolve(got.statusCode ?? 0)
        request.destroy()
      },
    )
    request.on('error', reject)
    request.write('a')
  })
  expect(endless).toBe(429)
  expect(asked.filter(({ service }) => service === 'tax').length).toBe(12)
  wait.resolve({ body: '' })
  await Promise.all(all)
  expect((await tax.get('/')).status).toBe(200)
})

test('more than forms have is not taken', async () => {
  const { world, asked } = await openState()
  const { visitor } = await begin(world)
  const portal = await enter(await ticket(world, visitor))
  const sent = async (body: Buffer<ArrayBuffer>) =>
    (await portal.get('/', {}, { method: 'POST', body })).status
  expect(await sent(Buffer.alloc(250_000))).toBe(200)
  expect(await sent(Buffer.alloc(300_000))).toBe(413)
  expect(asked).toHaveLength(1)
})

test('a visit ends with the sign-in of who makes it', () => {
  let now = 1_000
  const seat = { seatId: 's', seat: 'white', team: null, label: '' } as const
  const state = { seats: [{ seatId: 's', revoked: false }], phase: 'running' }
  const served = {
    exercise: {
      engine: { exerciseId: 'ex', state: () => state },
      citizens: { services: ['portal'] },
      record: false,
    },
  } as never
  const sites = {
    ports: [4601],
    of: () => new Map([['portal', 4601]]),
    at: () => undefined,
    close: async () => {},
  }
  const visitors = openVisitors(sites, () => now)
  const who = {
    served,
    seat,
    team: 'red',
    lang: 'en',
    platform: 'http://x',
    originAt: (n: number) => `http://x:${n}`,
  }
  const ends = visitors.open({ ...who, untilWall: 2_000 })
  const stays = visitors.open({ ...who, untilWall: null })
  if (!ends || !stays) throw new Error('no visit')
  expect([visitors.holds(ends), visitors.holds(stays)]).toEqual([true, true])
  now = 2_000
  expect([visitors.holds(ends), visitors.holds(stays)]).toEqual([false, true])
  expect(visitors.find(ends.id, served, seat)).toBeNull()
})
