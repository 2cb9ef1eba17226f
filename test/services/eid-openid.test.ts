import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as openid from '../../infra/node_modules/openid-client/build/index.js'
import { useCard } from '../../infra/probe/src/card.ts'
import { loginRoutes } from '../../infra/services/eid/src/login-routes.ts'
import { createNonces } from '../../infra/services/eid/src/nonces.ts'
import { oidcRoutes } from '../../infra/services/eid/src/oidc-routes.ts'
import { createProvider } from '../../infra/services/eid/src/openid.ts'
import { createPhoneLogins } from '../../infra/services/eid/src/phone-login.ts'
import { loadKeys } from '../../infra/services/eid/src/signing-key.ts'
import { createService } from '../../infra/services/kit/http.ts'
import { oauth } from '../../infra/services/kit/protocol.ts'
import { field, openBrowser } from '../kit/browser.ts'

const MARI = { code: '48803022712', given: 'Mari', family: 'Õunapuu' }
const REDIRECT = 'http://library/login/callback'
const CHALLENGE = /name="nonce" value="([^"]+)"/
const ca = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const caLine = Buffer.from(ca.privateKey.export({ type: 'pkcs8', format: 'pem' })).toString('base64')
const folder = mkdtempSync(join(tmpdir(), 'eid-'))
let issuer = ''
let configuration: openid.Configuration

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  for (const id of 'portal stateapp tax health school vote sign wallet mynumber assistant tracker citylibrary'.split(
    ' ',
  ))
    process.env[`OIDC_${id.toUpperCase()}`] = `secret-of-${id}`
  const service = createService('eid')
  service.speaks('/oidc', oauth())
  service.speaks('/oidc/token', { ...oauth(), opaqueBody: true })
  const { port } = await service.listen(0)
  issuer = `http://127.0.0.1:${port}`
  const provider = createProvider(issuer, loadKeys(folder))
  const settings = { issuer, authority: ca.publicKey } as Parameters<typeof loginRoutes>[0]['settings']
  const db = { query: async () => ({ rows: [] }) } as never
  const cards = { suspendedSince: async () => null } as never
  const phones = createPhoneLogins(ca.publicKey)
  const parts = { provider, settings, db, nonces: createNonces(), cards, phones }
  service.app.route('/login', loginRoutes(parts))
  service.app.route('/', oidcRoutes(provider))
  service.ready()
  configuration = await openid.discovery(
    new URL(issuer),
    'citylibrary',
    undefined,
    openid.ClientSecretBasic('secret-of-citylibrary'),
    { execute: [openid.allowInsecureRequests] },
  )
})
afterAll(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const browsing = () => {
  const browser = openBrowser()
  return async (url: string, form?: Record<string, string>) => {
    const at = new URL(url, issuer).href
    const page = form ? await browser.send(at, form, false) : await browser.open(at, { follow: false })
    return { ...page, to: page.headers.get('location') ?? '' }
  }
}
type Browse = ReturnType<typeof browsing>

/** Shows the card on the login page; gives where that sends the browser. */
async function showCard(browse: Browse, login: string): Promise<string> {
  const nonce = field(await browse(login), CHALLENGE)
  const card = { person: MARI.code, origin: issuer, nonce, certificate: 'authentication' } as const
  return (await browse(`${login}/idcard`, { nonce, token: await useCard(caLine, MARI, card) })).to
}
/** The same, on to where the service gets its code. */
const logIn = async (browse: Browse, login: string): Promise<URL> =>
  new URL((await browse(await showCard(browse, login))).to)
const request = (more: Record<string, string> = {}) =>
  openid.buildAuthorizationUrl(configuration, { redirect_uri: REDIRECT, scope: 'openid', ...more })

test('an authorization request by POST is taken like one by GET', async () => {
  const browse = browsing()
  const state = openid.randomState()
  const url = request({ state, nonce: 'n-1' })
  const started = await browse(url.pathname, Object.fromEntries(url.searchParams))
  expect([started.status, started.to]).toEqual([303, expect.stringMatching(/^\/login\//)])
  const back = await logIn(browse, started.to)
  const answer = await openid.authorizationCodeGrant(configuration, back, {
    expectedState: state,
    expectedNonce: 'n-1',
  })
  expect(answer.claims()).toMatchObject({ sub: `EE${MARI.code}`, state, nonce: 'n-1' })
})

test('with max_age the token says when the person proved who they are, and an older login does not do', async () => {
  const browse = browsing()
  const finish = async (back: URL, more: openid.AuthorizationCodeGrantChecks = {}) =>
    (await openid.authorizationCodeGrant(configuration, back, more)).claims()
  for (const maxAge of ['0', '1', '300']) {
    const before = Math.floor(Date.now() / 1000)
    // The browser is one that has logged in before.
    const { to } = await browse(request({ max_age: maxAge }).href)
    expect(to).toMatch(/^\/login\//)
    const claims = await finish(await logIn(browse, to), { maxAge: Math.max(Number(maxAge), 1) })
    expect(claims?.auth_time).toBeGreaterThanOrEqual(before)
    expect(claims?.auth_time).toBeLessThanOrEqual(Math.floor(Date.now() / 1000))
  }
  const silent = new URL((await browse(request({ max_age: '300', prompt: 'none' }).href)).to)
  expect(silent.searchParams.get('error')).toBe('login_required')
  const claims = await finish(await logIn(browse, (await browse(request().href)).to))
  expect(claims).not.toHaveProperty('auth_time')
})

test('a login that grew too old on its way to the service must be made again', async () => {
  const browse = browsing()
  const resume = await showCard(browse, (await browse(request({ max_age: '1' }).href)).to)
  await new Promise((wake) => setTimeout(wake, 2100))
  const again = (await browse(resume)).to
  expect(again).toMatch(/^\/login\//)
  const { searchParams } = await logIn(browse, again)
  expect(searchParams.get('code')).toBeTruthy()
})

test('a request by POST that is no form, or holds U+0000, is refused in the words of OAuth', async () => {
  const send = async (type: string, body: string) => {
    const headers = { 'content-type': type }
    const answer = await fetch(`${issuer}/oidc/authorize`, { method: 'POST', headers, body })
    return [answer.status, (await answer.json()).error]
  }
  const refused = [400, 'invalid_request']
  const form = 'application/x-www-form-urlencoded'
  expect(await send('application/json', '{}')).toEqual(refused)
  expect(await send(form, 'client_id=citylibrary&state=%00')).toEqual(refused)
  expect(await send(form, `client_id=citylibrary&state=${'x'.repeat(20_000)}`)).toEqual(refused)
})
