import { execFileSync } from 'node:child_process'
import { createHash, randomBytes, verify, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as openid from '../../../infra/node_modules/openid-client/build/index.js'
import { signOnPhone } from '../../../infra/probe/src/apps/phone.ts'
import { cardOf, useCard } from '../../../infra/probe/src/card.ts'
import { citizens } from '../../../infra/services/kit/nation/nation.ts'
import { field, openBrowser } from '../../kit/browser.ts'
import type { State } from '../../kit/state.ts'

const MARI = { code: '48803022712', given: 'Mari', family: 'Õunapuu' }
const REDIRECT = 'http://library/login/callback'
const issuer = 'http://eid'
const CHALLENGE = /name="nonce" value="([^"]+)"/

/** The OpenID provider with the stock `openid-client`. */
export function eid(state: () => State): void {
  const discover = () =>
    openid.discovery(
      new URL(issuer),
      'citylibrary',
      undefined,
      openid.ClientSecretBasic(state().secrets.secret('oidc-library')),
      { execute: [openid.allowInsecureRequests] },
    )
  /** One request, not followed: where it leads. */
  const browsing = () => {
    const browser = openBrowser()
    return async (url: string, form?: Record<string, string>) => {
      const at = new URL(url, issuer).href
      const page = form ? await browser.send(at, form, false) : await browser.open(at, { follow: false })
      return { ...page, to: page.headers.get('location') ?? '' }
    }
  }

  test('a stock OpenID client discovers the service and logs a citizen in', async () => {
    const configuration = await discover()
    const opaque = openid.randomState()
    const nonce = openid.randomNonce()
    const verifier = openid.randomPKCECodeVerifier()
    const start = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: REDIRECT,
      scope: 'openid idcard',
      state: opaque,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    expect(start.pathname).toBe('/oidc/authorize')
    const browse = browsing()
    const login = (await browse(start.href)).to
    const challenge = field(await browse(login), CHALLENGE)
    const card = {
      person: MARI.code,
      origin: issuer,
      nonce: challenge,
      certificate: 'authentication',
    } as const
    const token = await useCard(state().secrets.privateKey('card-ca'), MARI, card)
    const resume = (await browse(`${login}/idcard`, { nonce: challenge, token })).to
    const back = new URL((await browse(resume)).to)

    const answer = await openid.authorizationCodeGrant(configuration, back, {
      expectedState: opaque,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    })
    const claims = answer.claims()
    expect(claims).toMatchObject({
      iss: issuer,
      aud: 'citylibrary',
      sub: `EE${MARI.code}`,
      acr: 'high',
      amr: ['idcard'],
      state: opaque,
      nonce,
      profile_attributes: { date_of_birth: '1988-03-02', given_name: 'MARI', family_name: 'ÕUNAPUU' },
    })
    expect((claims?.exp ?? 0) - (claims?.iat ?? 0)).toBe(40)
    const profile = await openid.fetchUserInfo(configuration, answer.access_token, `EE${MARI.code}`)
    expect(profile).toMatchObject({ sub: `EE${MARI.code}`, family_name: 'ÕUNAPUU' })
  })

  test('an authorization request comes by POST too, and max_age is answered with auth_time', async () => {
    const configuration = await discover()
    const browse = browsing()
    const opaque = openid.randomState()
    const parameters = { redirect_uri: REDIRECT, scope: 'openid', state: opaque, max_age: '120' }
    const start = openid.buildAuthorizationUrl(configuration, parameters)
    const login = (await browse(start.pathname, Object.fromEntries(start.searchParams))).to
    expect(login).toMatch(/^\/login\//)
    const nonce = field(await browse(login), CHALLENGE)
    const card = { person: MARI.code, origin: issuer, nonce, certificate: 'authentication' } as const
    const token = await useCard(state().secrets.privateKey('card-ca'), MARI, card)
    const back = new URL((await browse((await browse(`${login}/idcard`, { nonce, token })).to)).to)
    const answer = await openid.authorizationCodeGrant(configuration, back, {
      expectedState: opaque,
      maxAge: 120,
    })
    expect(Math.abs(Number(answer.claims()?.auth_time) - Date.now() / 1000)).toBeLessThan(30)
  })

  test('nobody stays logged in, and a login that was broken off says so', async () => {
    const configuration = await discover()
    const browse = browsing()
    const opaque = openid.randomState()
    const parameters = { redirect_uri: REDIRECT, scope: 'openid', state: opaque }
    const login = (await browse(openid.buildAuthorizationUrl(configuration, parameters).href)).to
    expect(login).toMatch(/^\/login\//)
    const back = new URL((await browse((await browse(`${login}/cancel`, {})).to)).to)
    expect(Object.fromEntries(back.searchParams)).toMatchObject({ error: 'user_cancel', state: opaque })
    const silent = openid.buildAuthorizationUrl(configuration, { ...parameters, prompt: 'none' })
    expect(new URL((await browse(silent.href)).to).searchParams.get('error')).toBe('login_required')
  })

  test('a redirect address must be the registered one, a secret the right one, a challenge this login’s', async () => {
    const configuration = await discover()
    const browse = browsing()
    for (const redirect_uri of [
      'http://evil/callback',
      `${REDIRECT}/../x`,
      `${REDIRECT}?a=b`,
      'http://library/',
    ])
      expect(
        (await browse(openid.buildAuthorizationUrl(configuration, { redirect_uri, scope: 'openid' }).href))
          .status,
      ).toBe(400)
    const answer = await fetch(`${issuer}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('citylibrary:citylibrary')}`, accept: 'application/json' },
      body: new URLSearchParams({ grant_type: 'authorization_code', code: 'x', redirect_uri: REDIRECT }),
    })
    expect([answer.status, (await answer.json()).error]).toEqual([401, 'invalid_client'])

    const parameters = { redirect_uri: REDIRECT, scope: 'openid' }
    const login = (await browse(openid.buildAuthorizationUrl(configuration, parameters).href)).to
    const other = browsing()
    const otherLogin = (await other(openid.buildAuthorizationUrl(configuration, parameters).href)).to
    const stolen = field(await other(otherLogin), CHALLENGE)
    const card = { person: MARI.code, origin: issuer, nonce: stolen, certificate: 'authentication' } as const
    const token = await useCard(state().secrets.privateKey('card-ca'), MARI, card)
    expect((await browse(`${login}/idcard`, { nonce: stolen, token })).status).toBe(400)
    expect((await browsing()(`${login}/idcard`, { nonce: stolen, token })).status).toBe(410)
  })

  test('openssl gets a time-stamp of the authority and verifies it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tsa-'))
    const openssl = (...args: string[]) =>
      execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    try {
      writeFileSync(join(folder, 'data'), 'a contract')
      for (const name of ['card', 'tsa'])
        writeFileSync(join(folder, `${name}.pem`), await (await fetch(`${issuer}/ca/${name}.pem`)).text())
      openssl('ts', '-query', '-data', 'data', '-sha256', '-cert', '-out', 'query')
      const answer = await fetch(`${issuer}/tsa`, {
        method: 'POST',
        headers: { 'content-type': 'application/timestamp-query' },
        body: readFileSync(join(folder, 'query')),
      })
      expect(answer.headers.get('content-type')).toBe('application/timestamp-reply')
      writeFileSync(join(folder, 'reply'), Buffer.from(await answer.arrayBuffer()))
      const trust = ['-CAfile', 'card.pem', '-untrusted', 'tsa.pem']
      expect(openssl('ts', '-verify', '-queryfile', 'query', '-in', 'reply', ...trust)).toContain('OK')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('openssl asks for the status of a card; on hold, it can not log in until that is lifted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ocsp-'))
    const openssl = (...args: string[]) =>
      execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    const line = state().secrets.privateKey('card-ca')
    const [, holder] = citizens(state().land)
    if (!holder) throw new Error('the nation is empty')
    const sign = (nonce: string) =>
      useCard(line, holder, { person: holder.code, origin: issuer, nonce, certificate: 'authentication' })
    const status = async (of = ['-cert', 'card.pem']) => {
      const answer = await fetch(`${issuer}/ocsp`, {
        method: 'POST',
        headers: { 'content-type': 'application/ocsp-request' },
        body: readFileSync(join(folder, 'request')),
      })
      writeFileSync(join(folder, 'response'), Buffer.from(await answer.arrayBuffer()))
      const files = ['-issuer', 'ca.pem', ...of, '-respin', 'response', '-CAfile', 'ca.pem']
      return openssl('ocsp', ...files, '-no_nonce')
    }
    const change = async (action: string, restore = '') => {
      const browser = openBrowser()
      const nonce = field(await browser.open(`${issuer}/card`), CHALLENGE)
      return browser.send(`${issuer}/card`, { nonce, token: await sign(nonce), action, restore })
    }
    const logIn = async () => {
      const browse = browsing()
      const parameters = { redirect_uri: REDIRECT, scope: 'openid idcard' }
      const login = (await browse(openid.buildAuthorizationUrl(await discover(), parameters).href)).to
      const nonce = field(await browse(login), CHALLENGE)
      return (await browse(`${login}/idcard`, { nonce, token: await sign(nonce) })).status
    }
    try {
      writeFileSync(join(folder, 'ca.pem'), await (await fetch(`${issuer}/ca/card.pem`)).text())
      const { certificate } = await cardOf(line, holder, 'authentication')
      writeFileSync(join(folder, 'card.der'), Buffer.from(certificate, 'base64'))
      openssl('x509', '-inform', 'DER', '-in', 'card.der', '-out', 'card.pem')
      const never = ['-serial', '0x1234567890abcdef']
      openssl('ocsp', '-issuer', 'ca.pem', ...never, '-reqout', 'request', '-no_nonce')
      expect(await status(never)).toContain('0x1234567890abcdef: unknown')
      const asked = ['-issuer', 'ca.pem', '-cert', 'card.pem', '-reqout', 'request', '-no_nonce']
      openssl('ocsp', ...asked)
      expect(await status()).toContain('card.pem: good')
      expect(await logIn()).toBe(303)
      const restore = field(await change('suspend'), /id="restore">([0-9a-f]+)</)
      expect(await status()).toContain('certificateHold')
      expect(await logIn()).toBe(400)
      expect((await change('lift', 'wrong')).status).toBe(400)
      expect((await change('lift', restore)).status).toBe(200)
      expect(await status()).toContain('card.pem: good')
      expect(await logIn()).toBe(303)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('Mobile-ID and Smart-ID answer a relying party with a signature over its hash', async () => {
    const [person] = citizens(state().land)
    if (!person) throw new Error('the nation is empty')
    const data = randomBytes(32)
    const party = {
      relyingPartyUUID: state().secrets.secret('phone-rp-library'),
      relyingPartyName: 'Rannalinn Library',
      hash: createHash('sha256').update(data).digest('base64'),
      hashType: 'SHA256',
    }
    const post = async (path: string, json: object) => {
      const answer = await fetch(`${issuer}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(json),
      })
      return { status: answer.status, json: await answer.json() }
    }
    const answerOnPhone = async (who: string) => {
      const [push] = await (await fetch(`${issuer}/phone/${encodeURIComponent(who)}`)).json()
      const signed = await signOnPhone(state().secrets.privateKey('card-ca'), person, push.hash)
      expect(await post(`/phone/sessions/${push.id}`, signed)).toMatchObject({ json: { state: 'complete' } })
    }
    const holds = (certificate: string, signature: string) => {
      const key = new X509Certificate(Buffer.from(certificate, 'base64')).publicKey
      return verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64'))
    }

    const mid = { ...party, phoneNumber: person.phone, nationalIdentityNumber: person.code, language: 'EST' }
    const mobile = await post('/mid-api/authentication', mid)
    const midSession = `${issuer}/mid-api/authentication/session/${mobile.json.sessionID}?timeoutMs=1000`
    expect(await (await fetch(midSession)).json()).toEqual({ state: 'RUNNING' })
    await answerOnPhone(person.phone)
    const done = await (await fetch(midSession)).json()
    expect(done).toMatchObject({ state: 'COMPLETE', result: 'OK' })
    expect(holds(done.cert, done.signature.value)).toBe(true)
    expect((await post('/mid-api/authentication', { ...mid, relyingPartyName: 'x' })).status).toBe(401)
    expect((await post('/mid-api/authentication', { ...mid, hash: 'x' })).status).toBe(400)
    expect((await fetch(`${issuer}/mid-api/authentication/session/x`)).status).toBe(404)

    const smart = await post(`/smart-id-rp/v2/authentication/etsi/PNOEE-${person.code}`, {
      ...party,
      certificateLevel: 'QUALIFIED',
      allowedInteractionsOrder: [{ type: 'displayTextAndPIN', displayText60: 'Lend a book' }],
    })
    await answerOnPhone(person.code)
    const session = `${issuer}/smart-id-rp/v2/session/${smart.json.sessionID}?timeoutMs=1000`
    const said = await (await fetch(session)).json()
    expect(said).toMatchObject({ result: { endResult: 'OK' }, interactionFlowUsed: 'displayTextAndPIN' })
    expect(holds(said.cert.value, said.signature.value)).toBe(true)
    const nobody = await post('/smart-id-rp/v2/authentication/etsi/PNOEE-10101010005', party)
    expect(nobody.status).toBe(404)
  })
}
