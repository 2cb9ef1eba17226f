import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import dns from 'node:dns'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import * as openid from '../../../infra/node_modules/openid-client/build/index.js'
import { myNumberApps } from '../../../infra/probe/src/apps/mynumber.ts'
import { useCard } from '../../../infra/probe/src/card.ts'
import { formatMoney } from '../../../infra/services/kit/dates.ts'
import { myNumber } from '../../../infra/services/kit/nation/codes.ts'
import { type Person, residentsFromJapan } from '../../../infra/services/kit/nation/nation.ts'
import { type Browser, field, openBrowser, type Page } from '../../kit/browser.ts'
import type { State } from '../../kit/state.ts'

const PORTAL = 'http://mynumber'
const PIN = '1357'
const PASSWORD = 'SAKURA88'
const CHALLENGE = /name="challenge" value="([^"]+)"/
const DOCUMENT = /<textarea id="document"[^>]*>\s*([^<]+)<\/textarea>/
const plain = (html: string): string =>
  html
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

interface Holder {
  readonly person: Person
  readonly card: unknown
  /** Of the card, as the authority numbers it. */
  readonly id: string
  readonly signature: string
  readonly signatureAuthority: string
}

/** The My Number portal: stock OAuth client, stock OCSP client, and the chain to Meremaa. */
export function mynumber(state: () => State): void {
  const app = async (
    name: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<Record<string, string>> => {
    const texts = Object.entries(input).map(([k, v]) => [k, typeof v === 'string' ? v : JSON.stringify(v)])
    const place = { cardAuthority: state().secrets.privateKey('card-ca') } as never
    return JSON.parse(
      JSON.stringify(await myNumberApps[`mynumber/${name}`]?.(Object.fromEntries(texts), place)),
    )
  }
  const terminal = async (path: string, body: unknown, method = 'POST') =>
    fetch(`${PORTAL}/terminal${path}`, {
      method,
      headers: {
        authorization: `Bearer ${state().secrets.secret('jpki-terminal')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    })
  const handOut = async (index: number): Promise<Holder> => {
    const person = residentsFromJapan(state().land)[index] as Person
    const made = await app('personalise', { chip: `stock ${index}`, pin: PIN, password: PASSWORD })
    const answer = await terminal('/cards', { number: myNumber(person.code), requests: made.requests })
    expect(answer.status).toBe(201)
    const issued = await answer.json()
    const { card } = await app('store', { card: made.card, issued })
    const { card: id, signature, signatureAuthority } = issued
    return { person, card, id, signature, signatureAuthority }
  }
  const answerTo = async (page: Page, { card }: Holder) => {
    const challenge = field(page, CHALLENGE)
    const text = `${PORTAL}\n${challenge}`
    const { token = '' } = await app('use', { card, use: 'authentication', secret: PIN, text })
    return { challenge, token }
  }
  const logIn = async (holder: Holder): Promise<{ browser: Browser; csrf: string }> => {
    const browser = openBrowser()
    const home = await browser.send(
      `${PORTAL}/login`,
      await answerTo(await browser.open(`${PORTAL}/login`), holder),
    )
    return { browser, csrf: field(home, /name="csrf" value="([^"]+)"/) }
  }
  const discover = () =>
    openid.discovery(
      new URL(PORTAL),
      'kaede',
      undefined,
      openid.ClientSecretBasic(state().secrets.secret('mynumber-kaede')),
      { algorithm: 'oauth2', execute: [openid.allowInsecureRequests] },
    )
  const details = (...items: readonly string[]): string =>
    JSON.stringify([{ type: 'self_information', items, purpose: '住宅ローン審査' }])

  /** A consent through the stock client, up to the address that the browser comes back to. */
  const consent = async (holder: Holder, items: readonly string[], decision = 'allow') => {
    const configuration = await discover()
    const verifier = openid.randomPKCECodeVerifier()
    const opaque = openid.randomState()
    const start = await openid.buildAuthorizationUrlWithPAR(configuration, {
      redirect_uri: 'http://kaede/callback',
      state: opaque,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      authorization_details: details(...items),
    })
    const browser = openBrowser()
    const first = await browser.open(start.href)
    const path = field(first, /action="(\/consent\/[^"/]+)\/card"/)
    const second = await browser.send(`${PORTAL}${path}/card`, await answerTo(first, holder))
    const form = { challenge: field(second, CHALLENGE), decision, item: items[0] ?? '' }
    const back = await browser.send(`${PORTAL}${path}/decision`, form, false)
    return { configuration, verifier, opaque, path, start, back: new URL(back.headers.get('location') ?? '') }
  }

  test('a stock OAuth client gets what the person agreed to, and no more', async () => {
    const holder = await handOut(0)
    const { configuration, verifier, opaque, back } = await consent(holder, [
      'basic-four',
      'income-certificate',
    ])
    const checks = { expectedState: opaque, pkceCodeVerifier: verifier }
    const tokens = await openid.authorizationCodeGrant(configuration, back, checks)
    expect(tokens.token_type).toBe('bearer')
    await expect(openid.authorizationCodeGrant(configuration, back, checks)).rejects.toThrow()
    const ask = (path: string, method: string) =>
      openid.fetchProtectedResource(configuration, tokens.access_token, new URL(path, PORTAL), method)
    const asked = await ask('/api/self-information', 'POST')
    expect(asked.status).toBe(202)
    const to = asked.headers.get('location') ?? ''
    let answer = await ask(to, 'GET')
    for (let turn = 0; answer.status === 202 && turn < 100; turn++) {
      await new Promise((wake) => setTimeout(wake, 100))
      answer = await ask(to, 'GET')
    }
    expect(await answer.json()).toMatchObject({
      status: 'completed',
      items: { 'basic-four': { birth: holder.person.birth, sex: holder.person.sex } },
    })
  })

  test('who says no, another verifier, another browser: nothing is given', async () => {
    const holder = await handOut(0)
    const { configuration, opaque, back } = await consent(holder, ['basic-four'], 'deny')
    expect(Object.fromEntries(back.searchParams)).toEqual({
      error: 'access_denied',
      state: opaque,
      iss: PORTAL,
    })
    const second = await consent(holder, ['basic-four'])
    const pkceCodeVerifier = openid.randomPKCECodeVerifier()
    await expect(
      openid.authorizationCodeGrant(configuration, second.back, {
        expectedState: second.opaque,
        pkceCodeVerifier,
      }),
    ).rejects.toThrow()
    expect((await openBrowser().open(`${PORTAL}${second.path}`)).status).toBe(403)
    expect((await openBrowser().open(second.start.href)).status).toBe(403)
  })

  test('errors are those of the protocols', async () => {
    const configuration = await discover()
    const push = (more: Record<string, string>) =>
      openid.buildAuthorizationUrlWithPAR(configuration, {
        redirect_uri: 'http://kaede/callback',
        state: 'a state of mine',
        code_challenge: 'a'.repeat(43),
        code_challenge_method: 'S256',
        authorization_details: details('basic-four'),
        ...more,
      })
    await push({})
    for (const [more, error] of [
      [{ redirect_uri: 'http://evil/callback' }, 'invalid_request'],
      [{ code_challenge_method: 'plain' }, 'invalid_request'],
      [{ state: 'x' }, 'invalid_request'],
      [{ authorization_details: details('health') }, 'invalid_authorization_details'],
    ] as const)
      await expect(push(more)).rejects.toMatchObject({ error, status: 400 })
    const unknown = await fetch(`${PORTAL}/oauth/par`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('kaede:kaede')}` },
      body: new URLSearchParams({ response_type: 'code' }),
    })
    expect([unknown.status, (await unknown.json()).error]).toEqual([401, 'invalid_client'])
    expect(unknown.headers.get('www-authenticate')).toContain('Basic')
    const nobody = await fetch(`${PORTAL}/api/self-information`, {
      method: 'POST',
      headers: { authorization: 'Bearer x' },
    })
    expect([nobody.status, nobody.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer error="invalid_token"',
    ])
    const stranger = await fetch(`${PORTAL}/terminal/cards`, {
      method: 'POST',
      headers: { authorization: 'Bearer x' },
    })
    expect(stranger.status).toBe(401)
    const wrongDigit = `${'1'.repeat(11)}0`
    expect((await terminal(`/residents/${wrongDigit}`, {}, 'PUT')).status).toBe(400)
    const none = await terminal('/cards', { number: myNumber('1'), requests: {} })
    expect(none.status).toBe(404)
  })

  test('openssl asks over HTTP: good, and revoked by the move that the card signed', async () => {
    const holder = await handOut(1)
    const folder = mkdtempSync(join(tmpdir(), 'jpki-'))
    const ip = await new Promise<string>((resolve, reject) =>
      dns.lookup('mynumber', (error, address) => (error ? reject(error) : resolve(address))),
    )
    const file = (name: string, der: string): string => {
      writeFileSync(join(folder, name), new X509Certificate(Buffer.from(der, 'base64')).toString())
      return join(folder, name)
    }
    const issuer = file('issuer.pem', holder.signatureAuthority)
    const certificate = file('certificate.pem', holder.signature)
    const ask = async (): Promise<string> => {
      const args = [
        'ocsp',
        '-issuer',
        issuer,
        '-cert',
        certificate,
        '-CAfile',
        issuer,
        '-url',
        `http://${ip}/ocsp`,
      ]
      const { stdout, stderr } = await promisify(execFile)('openssl', args)
      expect(stderr).toContain('Response verify OK')
      return stdout
    }
    try {
      expect(await ask()).toContain(': good')
      const { browser, csrf } = await logIn(holder)
      const page = await browser.open(`${PORTAL}/applications/new?kind=move&address=Uus 1-2 <港区>`)
      const document = plain(field(page, DOCUMENT))
      const { card } = holder
      const { token = '' } = await app('use', { card, use: 'signature', secret: PASSWORD, text: document })
      expect((await browser.send(`${PORTAL}/applications`, { csrf, document, token }, false)).status).toBe(
        303,
      )
      expect(await ask()).toMatch(/: revoked[\s\S]*affiliationChanged/)
      const me = await browser.open(`${PORTAL}/api/me`)
      expect(JSON.parse(me.text).address).toBe('Uus 1-2 <港区>')
      expect((await browser.send(`${PORTAL}/applications`, { csrf, document, token }, false)).status).toBe(
        400,
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('a permit of the counter opens a blocked PIN, once', async () => {
    const holder = await handOut(2)
    let { card } = holder
    const pin = (secret: string) => app('use', { card, use: 'authentication', secret, text: 'x' })
    for (const wrong of ['0000', '0001', '0002']) card = (await pin(wrong)).card
    expect((await pin(PIN)).token).toBeNull()
    const { permit } = await (
      await terminal(`/cards/${holder.id}/permits`, { use: 'authentication', counter: 0 })
    ).json()
    const opened = await app('reset', { card, permit, use: 'authentication', secret: '8642' })
    card = opened.card
    expect((await pin('8642')).token).toContain('signature')
    await expect(app('reset', { card, permit, use: 'authentication', secret: '1111' })).rejects.toThrow(
      'permit',
    )
  })

  test('both cards of one person link, two persons’ cards do not, and Meremaa answers across the border', async () => {
    const holder = await handOut(3)
    const { browser, csrf } = await logIn(holder)
    const link = async (person: Person): Promise<Page> => {
      const page = await browser.send(`${PORTAL}/link`, { csrf })
      const action = field(page, /action="(\/login\/[^"/]+)\/idcard"/)
      const nonce = field(page, /name="nonce" value="([^"]+)"/)
      const key = state().secrets.privateKey('card-ca')
      const use = { person: person.code, origin: 'http://eid', nonce, certificate: 'authentication' } as const
      return browser.send(`http://eid${action}/idcard`, { nonce, token: await useCard(key, person, use) })
    }
    expect((await link(residentsFromJapan(state().land)[4] as Person)).status).toBe(403)
    expect((await link(holder.person)).text).toContain(holder.person.code)
    const asked = await browser.send(`${PORTAL}/income`, { csrf }, false)
    let page = await browser.open(`${PORTAL}${asked.headers.get('location')}`)
    for (let turn = 0; page.headers.has('refresh') && turn < 100; turn++) {
      await new Promise((wake) => setTimeout(wake, 100))
      page = await browser.open(page.url)
    }
    const gross = (holder.person.work?.monthlyGross ?? 0) * 12
    expect(page.text).toContain(formatMoney('en', gross))
    const history = JSON.parse((await browser.open(`${PORTAL}/api/history`)).text)
    expect(history[0]).toMatchObject({ item: 'income-certificate', provider: { ja: 'メレマー税務関税庁' } })
  })
}
