import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { myNumberApps } from '../../infra/probe/src/apps/mynumber.ts'
import { relyingPartyApps } from '../../infra/probe/src/apps/relying-party.ts'
import { openCitizens } from '../../infra/services/kit/citizens.ts'
import type { Database } from '../../infra/services/kit/database.ts'
import { type App, createService } from '../../infra/services/kit/http.ts'
import { myNumber } from '../../infra/services/kit/nation/codes.ts'
import { fullName, nation, residentsFromJapan } from '../../infra/services/kit/nation/nation.ts'
import { openSessions, sessionSchema } from '../../infra/services/kit/sessions.ts'
import type { XroadCall, XroadReply } from '../../infra/services/kit/xroad-client.ts'
import { type Authorities, openAuthorities } from '../../infra/services/mynumber/src/authority.ts'
import { createChallenges } from '../../infra/services/mynumber/src/challenges.ts'
import { consentRoutes } from '../../infra/services/mynumber/src/consent-routes.ts'
import { loginRoutes } from '../../infra/services/mynumber/src/login-routes.ts'
import { oauthRoutes } from '../../infra/services/mynumber/src/oauth-routes.ts'
import { pageRoutes } from '../../infra/services/mynumber/src/page-routes.ts'
import { linkCode, linkedCode } from '../../infra/services/mynumber/src/residents.ts'
import { seed } from '../../infra/services/mynumber/src/seed.ts'
import { fetchNext } from '../../infra/services/mynumber/src/self-information.ts'
import { selfInformationRoutes } from '../../infra/services/mynumber/src/self-information-routes.ts'
import { terminalRoutes } from '../../infra/services/mynumber/src/terminal.ts'
import { welcomePage } from '../../infra/services/mynumber/src/welcome-pages.ts'
import { litePool } from '../kit/lite-pool.ts'
import { here } from '../probe/probe-here.ts'

const ORIGIN = 'http://mynumber'
const PEOPLE = residentsFromJapan(nation('test'))
const [ANN, BEN] = PEOPLE
if (!ANN || !BEN) throw new Error('too few people came from Japan')
const TERMINAL = { authorization: 'Bearer terminal', 'content-type': 'application/json' }
const BASIC = { authorization: `Basic ${btoa('kaede:secret')}` }
const asked: XroadCall[] = []
let app: App
let db: Database
let authorities: Authorities

const key = (): string =>
  btoa(
    String(
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
    ),
  )

/** Meremaa's tax office at the other end. */
const tax = async (call: XroadCall): Promise<XroadReply> => {
  asked.push(call)
  const code = call.path?.slice(1)
  const body = { number: 'm-1', code, year: 2025, gross: 12000, withheld: 2640, payers: [], issued: 'now' }
  return { status: 200, headers: {}, body: Buffer.alloc(0), xroadError: null, json: () => body }
}

beforeAll(async () => {
  const more = { BASE_URL: ORIGIN, TERMINAL_TOKEN: 'terminal', CLIENT_KAEDE: 'secret', KILP_SEED: 'test' }
  Object.assign(process.env, more)
  db = await litePool([sessionSchema, 'infra/services/mynumber/src/schema.sql'])
  await seed(db)
  authorities = await openAuthorities(db, { authentication: key(), signature: key() })
  const challenges = createChallenges()
  const sessions = openSessions('mynumber', db)
  const eid = {
    start: async () => 'http://eid/',
    finish: async () => ({ code: BEN.code, name: fullName(BEN) }),
  }
  const citizens = openCitizens({ service: 'mynumber', db, welcome: welcomePage, party: eid })
  const now = () => authorities
  const service = createService('mynumber')
  service.ready()
  app = service.app
  app
    .route('/terminal', terminalRoutes(db, now))
    .route('/', oauthRoutes(db))
    .route('/', consentRoutes(db, now, challenges))
    .route('/api/self-information', selfInformationRoutes(db))
    .route('/', loginRoutes({ db, authorities: now, challenges, sessions, citizens, eid }))
    .route('/', pageRoutes(db, now, citizens, challenges))
})
afterAll(() => db.end())

/** A browser: keeps cookies, follows no redirect. */
function browser() {
  const jar = new Map<string, string>()
  return async (path: string, form?: Record<string, string>) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const body = form ? { method: 'POST', body: new URLSearchParams(form) } : {}
    const answer = await app.request(path, { ...body, headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    const text = await answer.text()
    return { status: answer.status, text, to: answer.headers.get('location') ?? '' }
  }
}
const run = async (
  name: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Record<string, string>> => {
  const texts = Object.entries(input).map(([k, v]) => [k, typeof v === 'string' ? v : JSON.stringify(v)])
  const found = { ...myNumberApps, ...relyingPartyApps }[name]
  return JSON.parse(JSON.stringify(await found?.(Object.fromEntries(texts), here)))
}
const post = (path: string, json: unknown) =>
  app.request(path, { method: 'POST', headers: TERMINAL, body: JSON.stringify(json) })
const found = (text: string, pattern: RegExp): string => pattern.exec(text)?.[1] ?? `no ${pattern} in ${text}`
const challengeIn = (text: string): string => found(text, /name="challenge" value="([^"]+)"/)

async function handOut(number: string) {
  const made = await run('mynumber/personalise', { chip: number, pin: '1234', password: 'SAKURA12' })
  const answer = await post('/terminal/cards', { number, requests: made.requests })
  expect(answer.status).toBe(201)
  const issued = await answer.json()
  const { card } = await run('mynumber/store', { card: made.card, issued })
  return { card, id: String(issued.card) }
}
async function answerTo(text: string, card: unknown) {
  const challenge = challengeIn(text)
  const sign = { card, use: 'authentication', secret: '1234', text: `${ORIGIN}\n${challenge}` }
  return { challenge, token: String((await run('mynumber/use', sign)).token) }
}
async function pushed(items: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const {
    verifier = '',
    challenge = '',
    state = '',
  } = await run('relying-party/pkce', { random: String(Math.random()) })
  const answer = await app.request('/oauth/par', {
    method: 'POST',
    headers: BASIC,
    body: new URLSearchParams({
      ...{ response_type: 'code', redirect_uri: 'http://kaede/callback', state, code_challenge: challenge },
      code_challenge_method: 'S256',
      authorization_details: JSON.stringify([{ type: 'self_information', items, purpose: 'loan' }]),
      ...more,
    }),
  })
  return { answer, verifier, state }
}
async function push(items: readonly string[]) {
  const { answer, verifier, state } = await pushed(items)
  expect(answer.status).toBe(201)
  const { request_uri } = await answer.json()
  return { verifier, state, authorize: `/oauth/authorize?client_id=kaede&request_uri=${request_uri}` }
}
const redeem = (code: string, verifier: string) =>
  app.request('/oauth/token', {
    method: 'POST',
    headers: BASIC,
    body: new URLSearchParams({
      ...{ grant_type: 'authorization_code', redirect_uri: 'http://kaede/callback' },
      ...{ code, code_verifier: verifier },
    }),
  })
const information = (token: string, path = '', method = 'GET') =>
  app.request(`/api/self-information${path}`, { method, headers: { authorization: `Bearer ${token}` } })

test('from request to result: the items that the person ticked, once, across the border without the number', async () => {
  const number = myNumber(ANN.code)
  const { card } = await handOut(number)
  await linkCode(db, number, ANN.code)
  const { verifier, state, authorize } = await push(['basic-four', 'income-certificate'])
  const go = browser()
  const { to } = await go(authorize)
  const first = await go(to)
  expect((await go(`${to}/card`, await answerTo(first.text, card))).status).toBe(303)
  const challenge = challengeIn((await go(to)).text)
  const back = await go(`${to}/decision`, { challenge, decision: 'allow', item: 'income-certificate' })
  const { code = '' } = await run('relying-party/callback', { location: back.to, state, issuer: ORIGIN })
  expect((await go(to)).status).toBe(403)
  const tokens = await (await redeem(code, verifier)).json()
  expect(tokens.authorization_details[0].items).toEqual(['income-certificate'])
  expect(await (await redeem(code, verifier)).json()).toMatchObject({ error: 'invalid_grant' })

  const { id } = await (await information(tokens.access_token, '', 'POST')).json()
  expect((await (await information(tokens.access_token, '', 'POST')).json()).id).toBe(id)
  expect((await information(tokens.access_token, `/${id}`)).status).toBe(202)
  expect(await fetchNext(db, tax)).toBe(true)
  const { items, status } = await (await information(tokens.access_token, `/${id}`)).json()
  expect([status, items]).toMatchObject([
    'completed',
    { 'income-certificate': { certificate: { gross: 12000 } } },
  ])
  expect(items['basic-four']).toBeUndefined()
  expect(asked).toMatchObject([{ service: 'tax/income-certificate', path: `/${ANN.code}`, issue: id }])
  expect(JSON.stringify(asked)).not.toContain(number)
  expect((await information('x', `/${id}`)).status).toBe(401)
})

test('a pushed request refers to no other request, and none is signed', async () => {
  const first = await (await pushed(['basic-four'])).answer.json()
  const refused = async (more: Readonly<Record<string, string>>) => {
    const { answer } = await pushed(['basic-four'], more)
    return { status: answer.status, ...(await answer.json()) }
  }
  for (const request_uri of [first.request_uri, 'https://kaede/request.jwt', 'urn:x'])
    expect(await refused({ request_uri })).toMatchObject({ status: 400, error: 'invalid_request' })
  expect(await refused({ request: 'e30.e30.x' })).toMatchObject({
    status: 400,
    error: 'request_not_supported',
  })
})

test('a wrong verifier uses up the code, and another browser gets nowhere', async () => {
  const { card } = await handOut(myNumber(ANN.code))
  const { verifier, authorize } = await push(['basic-four'])
  const [go, other] = [browser(), browser()]
  const { to } = await go(authorize)
  await other(authorize)
  expect((await other(to)).status).toBe(403)
  const first = await go(to)
  const answer = await answerTo(first.text, card)
  expect((await other(`${to}/card`, answer)).status).toBe(403)
  expect((await go(`${to}/card`, answer)).status).toBe(303)
  expect((await go(`${to}/card`, answer)).status).toBe(400)
  const challenge = challengeIn((await go(to)).text)
  const form = { challenge, decision: 'allow', item: 'basic-four' }
  expect((await other(`${to}/decision`, form)).status).toBe(403)
  const code = new URL((await go(`${to}/decision`, form)).to).searchParams.get('code') ?? ''
  for (const tried of ['', verifier]) expect((await redeem(code, tried)).status).toBe(400)
})

test('moving by a signed notice revokes the signature certificate in the same moment; the counter issues a new one', async () => {
  const number = myNumber(ANN.code)
  const { card, id } = await handOut(number)
  const go = browser()
  const back = await go('/login', await answerTo((await go('/login')).text, card))
  expect(back.to).toBe('/')
  const csrf = found((await go('/')).text, /name="csrf" value="([^"]+)"/)
  const sign = async (held: unknown, query: string) => {
    const page = await go(`/applications/new?${query}`)
    const document = found(page.text, /readonly[^>]*>\s*([^<]+)</).replaceAll('&quot;', '"')
    const { token = '' } = await run('mynumber/use', {
      card: held,
      use: 'signature',
      secret: 'SAKURA12',
      text: document,
    })
    return go('/applications', { csrf, document: document.replaceAll('\n', '\r\n'), token })
  }
  expect((await sign(card, 'kind=move&address=Uus 1')).status).toBe(303)
  const me = async () => JSON.parse((await go('/api/me')).text)
  const moved = await me()
  expect(moved).toMatchObject({ number, address: 'Uus 1' })
  expect(moved.certificates[1]).toMatchObject({ use: 'signature', reason: 'affiliationChanged' })
  expect((await sign(card, 'kind=message&message=hi')).status).toBe(400)
  const made = await run('mynumber/renew', { card })
  const answer = await post(`/terminal/cards/${id}/signature`, { number, request: made.request })
  const renewed = (await run('mynumber/store', { card: made.card, issued: await answer.json() })).card
  expect((await sign(renewed, 'kind=message&message=hi')).status).toBe(303)
  expect((await me()).certificates.filter((one: { revoked: unknown }) => !one.revoked)).toHaveLength(2)
  const page = (await go('/?lang=ja')).text
  expect(page).toContain('記載事項の変更')
  expect(page).not.toContain(number)
})

test('a code is linked only to the person whose cards of both countries were shown', async () => {
  const { card } = await handOut(myNumber(ANN.code))
  const go = browser()
  await go('/login', await answerTo((await go('/login')).text, card))
  const csrf = found((await go('/')).text, /name="csrf" value="([^"]+)"/)
  expect((await go('/link', { csrf, code: BEN.code })).to).toBe('http://eid/')
  expect((await go('/login/callback')).status).toBe(403)
  expect(await linkedCode(db, myNumber(BEN.code))).toBeNull()
  const own = await handOut(myNumber(BEN.code))
  const ben = browser()
  await ben('/login', await answerTo((await ben('/login')).text, own.card))
  // Somebody else got Ben's code before: who shows both cards takes it back.
  await linkCode(db, myNumber(ANN.code), BEN.code)
  expect((await ben('/login/callback')).to).toBe('/?said=linked')
  expect(await linkedCode(db, myNumber(ANN.code))).toBeNull()
  expect(await linkedCode(db, myNumber(BEN.code))).toBe(BEN.code)
})

test('what is not from the counter, not signed, or not of this session is refused', async () => {
  expect((await app.request('/terminal/cards', { method: 'POST' })).status).toBe(401)
  expect((await post('/terminal/cards', { number: myNumber(ANN.code), requests: {} })).status).toBe(400)
  expect((await post('/terminal/cards/x/signature', { number: myNumber(ANN.code) })).status).toBe(409)
  const go = browser()
  for (const path of ['/history', '/income/x', '/applications/new']) expect((await go(path)).to).toBe('/')
  expect((await go('/api/me')).status).toBe(401)
  expect((await go('/consent/x')).status).toBe(403)
  expect((await go('/login', { challenge: 'x', token: '{}' })).status).toBe(400)
})
