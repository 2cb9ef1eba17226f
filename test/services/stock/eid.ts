import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as openid from '../../../infra/node_modules/openid-client/build/index.js'
import { useCard } from '../../../infra/probe/src/card.ts'
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
}
