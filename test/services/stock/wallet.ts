import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  randomBytes,
  verify,
  X509Certificate,
} from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { Openid4vciClient, setGlobalConfig } from '@openid4vc/openid4vci'
import { Openid4vpClient } from '@openid4vc/openid4vp'
import { expect, test } from 'vitest'
import { sealed } from '../../../infra/probe/src/apps/wallet.ts'
import { citizens } from '../../../infra/services/kit/nation/nation.ts'
import { type Browser, field, logIn, openBrowser } from '../../kit/browser.ts'
import type { State } from '../../kit/state.ts'

const CONFIGURATION = 'eu.europa.ec.eudi.pid_vc_sd_jwt'
// The enclave's own network carries plain HTTP.
setGlobalConfig({ allowInsecureUrls: true })

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')
/** Whether a JWT's ES256 signature is of this key. */
function holds(jwt: string, key: KeyObject): boolean {
  const [head, body, signature = ''] = jwt.split('.')
  return verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
}
const now = (): number => Math.floor(Date.now() / 1000)
const decode = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))

type Callbacks = ConstructorParameters<typeof Openid4vciClient>[0]['callbacks'] &
  ConstructorParameters<typeof Openid4vpClient>[0]['callbacks']

interface Wallet {
  readonly key: KeyObject
  readonly jwk: JsonWebKey
  readonly callbacks: Callbacks
}

/** What the stock libraries leave to a wallet: keys and cryptography. */
function openWallet(): Wallet {
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = createPublicKey(key).export({ format: 'jwk' })
  const refuse = async (): Promise<never> => {
    throw new Error('nothing is encrypted here')
  }
  const callbacks = {
    hash: (data: Uint8Array) => createHash('sha256').update(data).digest(),
    generateRandom: (bytes: number) => randomBytes(bytes),
    signJwt: async (_signer: unknown, { header, payload }: { header: object; payload: object }) => ({
      jwt: sealed({ ...header }, { ...payload }, key),
      signerJwk: jwk,
    }),
    verifyJwt: async (
      signer: { method: string; x5c?: readonly string[] },
      { compact }: { compact: string },
    ) => {
      if (signer.method !== 'x5c' || !signer.x5c?.[0]) return { verified: false as const }
      const certificate = new X509Certificate(Buffer.from(signer.x5c[0], 'base64'))
      if (!holds(compact, certificate.publicKey)) return { verified: false as const }
      return { verified: true as const, signerJwk: certificate.publicKey.export({ format: 'jwk' }) }
    },
    getX509CertificateMetadata: (text: string) => {
      const names = new X509Certificate(Buffer.from(text, 'base64')).subjectAltName ?? ''
      const of = (kind: string) =>
        names.split(', ').flatMap((name) => (name.startsWith(kind) ? [name.slice(kind.length)] : []))
      return { sanDnsNames: of('DNS:'), sanUriNames: of('URI:') }
    },
    clientAuthentication: () => undefined,
    decryptJwe: refuse,
    encryptJwe: refuse,
  }
  return { key, jwk, callbacks: callbacks as unknown as Callbacks }
}

/** Reads an SD-JWT as RFC 9901 says, with nothing of the service's own code: signature, digests, disclosed claims. */
function readSdJwt(credential: string, issuerCa: KeyObject) {
  const [jwt = '', ...rest] = credential.split('~')
  expect(rest.pop(), 'no key binding in an issued credential').toBe('')
  const [head, body] = jwt.split('.')
  const header = decode(head)
  const certificate = new X509Certificate(Buffer.from(header.x5c[0], 'base64'))
  expect(certificate.verify(issuerCa)).toBe(true)
  expect(holds(jwt, certificate.publicKey)).toBe(true)
  const payload = decode(body)
  const digests: readonly string[] = [...payload._sd, ...payload.age_equal_or_over._sd]
  expect(new Set(digests).size).toBe(digests.length)
  const disclosures = rest.map((text) => {
    const [, name, value] = decode(text)
    expect(digests, `digest of ${name}`).toContain(sha256(text))
    return { text, name: name as string, value: value as unknown }
  })
  expect(disclosures).toHaveLength(digests.length)
  return { header, payload, jwt, disclosures }
}

/** EU wallet: the state's issuer and verifiers with the stock `@openid4vc` wallet libraries. */
export function wallet(state: () => State): void {
  const issuerCa = () => createPublicKey(Buffer.from(state().secrets.publicKey('wallet-pid-ca'), 'base64'))

  const person = (nth: number) => {
    const found = citizens(state().land)[nth]
    if (!found) throw new Error('the nation is smaller than that')
    return found
  }
  const offered = async (nth: number) => {
    const browser = openBrowser()
    await logIn(state(), browser, 'wallet', person(nth))
    const session = JSON.parse((await browser.open('http://wallet/api/session')).text)
    const page = await browser.send('http://wallet/offers', { csrf: session.csrf })
    const pin = field(page, /<strong>(\d{4})<\/strong>/)
    const link = field(page, /href="(openid-credential-offer:[^"]+)"/).replaceAll('&amp;', '&')
    return { browser, session, link, pin }
  }
  const redeem = async (own: Wallet, link: string, txCode: string) => {
    const client = new Openid4vciClient({ callbacks: own.callbacks })
    const credentialOffer = await client.resolveCredentialOffer(link)
    const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer)
    const { accessTokenResponse } = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({
      credentialOffer,
      issuerMetadata,
      txCode,
    })
    const accessToken = accessTokenResponse.access_token
    const prove = async (nonce: string) =>
      (
        await client.createCredentialRequestJwtProof({
          issuerMetadata,
          credentialConfigurationId: CONFIGURATION,
          signer: { method: 'jwk', alg: 'ES256', publicJwk: { ...own.jwk, kty: 'EC' } },
          nonce,
        })
      ).jwt
    const retrieve = (jwt: string) =>
      client.retrieveCredentials({
        issuerMetadata,
        credentialConfigurationId: CONFIGURATION,
        accessToken,
        proofs: { jwt: [jwt] },
      })
    return { client, issuerMetadata, accessToken, prove, retrieve }
  }
  const issued = async (nth: number) => {
    const own = openWallet()
    const { browser, session, link, pin } = await offered(nth)
    const { client, issuerMetadata, prove, retrieve } = await redeem(own, link, pin)
    const { c_nonce } = await client.requestNonce({ issuerMetadata })
    const { credentials } = await retrieve(await prove(c_nonce)).then((answer) => answer.credentialResponse)
    return { own, browser, session, credential: Object(credentials?.[0]).credential as string }
  }

  test('a stock wallet gets the citizen’s credential, and it reads as RFC 9901 says', async () => {
    const { own, credential } = await issued(0)
    const { header, payload, disclosures } = readSdJwt(credential, issuerCa())
    expect(header).toMatchObject({ typ: 'dc+sd-jwt', alg: 'ES256' })
    expect(payload).toMatchObject({ iss: 'http://wallet', vct: 'urn:eudi:pid:1', cnf: { jwk: own.jwk } })
    const { code, given, family, birth } = person(0)
    expect(JSON.stringify(payload)).not.toContain(code)
    const named = Object.fromEntries(disclosures.map(({ name, value }) => [name, value]))
    expect(named).toMatchObject({
      given_name: given,
      family_name: family,
      birthdate: birth,
      personal_administrative_number: code,
      18: true,
    })
  })

  test('a PIN is needed, an offer is good once, five wrong PINs lock it', async () => {
    const own = openWallet()
    const first = await offered(1)
    await expect(redeem(own, first.link, '12345')).rejects.toThrow(/invalid_grant|PIN/)
    await redeem(own, first.link, first.pin)
    await expect(redeem(own, first.link, first.pin)).rejects.toThrow()
    const second = await offered(1)
    const client = new Openid4vciClient({ callbacks: own.callbacks })
    const offer = await client.resolveCredentialOffer(second.link)
    const guess = async (pin: string) => {
      const [grant, terms] = Object.entries(offer.grants ?? {})[0] ?? []
      const answer = await fetch('http://wallet/token', {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: grant ?? '',
          'pre-authorized_code': Object(terms)['pre-authorized_code'],
          tx_code: pin,
        }),
      })
      return [answer.status, (await answer.json()).error]
    }
    const wrong = second.pin === '0000' ? '0001' : '0000'
    for (let i = 0; i < 5; i++) expect(await guess(wrong)).toEqual([400, 'invalid_grant'])
    expect(await guess(second.pin)).toEqual([400, 'invalid_grant'])
  })

  test('a nonce is good once, a proof is for this issuer, an access token for one credential', async () => {
    const own = openWallet()
    const { link, pin } = await offered(2)
    const { client, issuerMetadata, accessToken, prove, retrieve } = await redeem(own, link, pin)
    const { c_nonce } = await client.requestNonce({ issuerMetadata })
    const post = async (body: unknown, token = accessToken) => {
      const answer = await fetch('http://wallet/credential', {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return [answer.status, (await answer.json()).error]
    }
    const asking = (jwt: string) => ({ credential_configuration_id: CONFIGURATION, proofs: { jwt: [jwt] } })
    const header = { typ: 'openid4vci-proof+jwt', jwk: own.jwk }
    const forOther = sealed(header, { aud: 'http://evil', nonce: c_nonce, iat: now() }, own.key)
    expect(await post(asking(forOther))).toEqual([400, 'invalid_proof'])
    expect(await post(asking('rubbish'))).toEqual([400, 'invalid_proof'])
    expect(await post(asking(await prove('made-up')))).toEqual([400, 'invalid_nonce'])
    expect(await post({ credential_configuration_id: 'x', proofs: {} })).toEqual([
      400,
      'unknown_credential_configuration',
    ])
    expect(await post('{')).toEqual([400, 'invalid_credential_request'])
    const proof = await prove(c_nonce)
    expect(await post(asking(proof), 'stolen')).toEqual([401, 'invalid_token'])
    await retrieve(proof)
    expect(await post(asking(proof))).toEqual([401, 'invalid_token'])
  })

  const asked = async (browser: Browser, purpose: string, device: string) => {
    const page = await browser.open('http://wallet/api/verifications', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ purpose, device }),
    })
    return JSON.parse(page.text) as { id: string; link: string }
  }
  /** A stock wallet answers a verifier's link; `present` makes the presentation out of nonce and client id. */
  const answer = async (
    own: Wallet,
    link: string,
    present: (nonce: string, aud: string) => Promise<string>,
  ) => {
    const client = new Openid4vpClient({ callbacks: own.callbacks })
    const parsed = client.parseOpenid4vpAuthorizationRequest({ authorizationRequest: link })
    const resolved = await client.resolveOpenId4vpAuthorizationRequest({
      authorizationRequestPayload: parsed.params,
    })
    const request = resolved.authorizationRequestPayload
    const vp = await present(String(request.nonce), String(request.client_id))
    const response = await client.createOpenid4vpAuthorizationResponse({
      authorizationRequestPayload: request as never,
      authorizationResponsePayload: { vp_token: { pid: [vp] } },
    })
    const sent = await client.submitOpenid4vpAuthorizationResponse({
      authorizationRequestPayload: request as never,
      authorizationResponsePayload: response.authorizationResponsePayload,
    })
    return { resolved, status: sent.response.status, body: await sent.response.json() }
  }
  const showing =
    (own: Pick<Wallet, 'key'>, credential: string, names: readonly string[], change: object = {}) =>
    async (nonce: string, aud: string) => {
      const { jwt, disclosures } = readSdJwt(credential, issuerCa())
      const shown = [
        jwt,
        ...disclosures.filter(({ name }) => names.includes(name)).map(({ text }) => text),
        '',
      ]
      const sd_hash = sha256(shown.join('~'))
      const binding = sealed({ typ: 'kb+jwt' }, { nonce, aud, sd_hash, iat: now(), ...change }, own.key)
      return shown.join('~') + binding
    }
  const outcome = async (browser: Browser, id: string, query = '') => {
    const page = await browser.open(`http://wallet/api/verifications/${id}${query}`)
    return JSON.parse(page.text)
  }

  test('a stock wallet proves the age to the shop on another device, and nothing else', async () => {
    const { own, credential } = await issued(3)
    const shop = openBrowser()
    const { id, link } = await asked(shop, 'shop', 'other')
    const { resolved, status, body } = await answer(own, link, showing(own, credential, ['18']))
    expect([status, body]).toEqual([200, {}])
    expect(resolved.client).toMatchObject({ prefix: 'x509_san_dns', identifier: 'wallet' })
    expect(Object(resolved.dcql?.query).credentials[0]).toMatchObject({
      format: 'dc+sd-jwt',
      claims: [{ path: ['age_equal_or_over', '18'], values: [true] }],
    })
    expect(await outcome(shop, id)).toMatchObject({
      state: 'accepted',
      claims: { 'age_equal_or_over.18': true },
    })
    expect(await outcome(openBrowser(), id)).toHaveProperty('error')
  })

  test('on the same device only the wallet’s response code opens the outcome', async () => {
    const { own, credential } = await issued(4)
    const library = openBrowser()
    const { id, link } = await asked(library, 'library', 'same')
    const all = ['given_name', 'family_name', 'personal_administrative_number']
    const { body } = await answer(own, link, showing(own, credential, all))
    expect(await outcome(library, id)).toMatchObject({ state: 'waiting', claims: null })
    const { search } = new URL(body.redirect_uri)
    expect(await outcome(library, id, search)).toMatchObject({
      state: 'accepted',
      claims: { given_name: person(4).given, personal_administrative_number: person(4).code },
    })
  })

  test('what is stolen, changed, replayed, not asked for or revoked is refused', async () => {
    const { own, browser, session, credential } = await issued(5)
    const names = ['given_name', 'family_name', 'personal_administrative_number']
    const shop = openBrowser()
    const tried = async (present: (nonce: string, aud: string) => Promise<string>, purpose = 'library') => {
      const { id, link } = await asked(shop, purpose, 'other')
      const { status } = await answer(own, link, present)
      return [status, (await outcome(shop, id)).reason]
    }
    const thief = { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }
    expect(await tried(showing(thief, credential, names))).toEqual([400, 'holderUnproven'])
    const unbound = async () => {
      const { jwt, disclosures } = readSdJwt(credential, issuerCa())
      return [jwt, ...disclosures.map(({ text }) => text), ''].join('~')
    }
    expect(await tried(unbound)).toEqual([400, 'holderUnproven'])
    expect(await tried(showing(own, credential, names, { nonce: 'old' }))).toEqual([400, 'holderUnproven'])
    expect(await tried(showing(own, credential, names, { aud: 'x509_san_dns:evil' }))).toEqual([
      400,
      'holderUnproven',
    ])
    expect(await tried(showing(own, credential, names, { sd_hash: sha256('x') }))).toEqual([
      400,
      'holderUnproven',
    ])
    expect(await tried(showing(own, credential, ['given_name']))).toEqual([400, 'notAsked'])
    expect(await tried(async () => 'rubbish')).toEqual([400, 'malformed'])
    const whole = showing(own, credential, names)
    const bent = async (nonce: string, aud: string) => (await whole(nonce, aud)).replace(/~W/, '~X')
    expect((await tried(bent))[0]).toBe(400)
    expect(await tried(whole)).toEqual([200, null])

    const { idx, uri } = readSdJwt(credential, issuerCa()).payload.status.status_list
    const bit = async () => {
      const token = await (await fetch(uri)).text()
      const [header, payload] = token.split('.').slice(0, 2).map(decode)
      const certificate = new X509Certificate(Buffer.from(header.x5c[0], 'base64'))
      expect([header.typ, certificate.verify(issuerCa()), holds(token, certificate.publicKey)]).toEqual([
        'statuslist+jwt',
        true,
        true,
      ])
      expect(payload.sub).toBe(uri)
      const list = payload.status_list as { bits: number; lst: string }
      expect(list.bits).toBe(1)
      return ((inflateSync(Buffer.from(list.lst, 'base64url'))[idx >> 3] ?? 0) >> (idx & 7)) & 1
    }
    expect(await bit()).toBe(0)
    const [held] = JSON.parse((await browser.open('http://wallet/api/credentials')).text)
    const revoked = await browser.send(`http://wallet/credentials/${held.id}/revoke`, { csrf: session.csrf })
    expect(revoked.status).toBe(200)
    expect(await bit()).toBe(1)
    expect(await tried(whole)).toEqual([400, 'revoked'])
    expect(await tried(showing(own, credential, ['18']), 'shop')).toEqual([400, 'revoked'])
  })
}
