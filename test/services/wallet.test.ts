import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createHeaderAndPayload,
  StatusList,
} from '../../infra/node_modules/@sd-jwt/jwt-status-list/dist/index.mjs'
import {
  keyOfJwk,
  sealed,
  walletKey,
  walletPresent,
  walletProof,
  walletRead,
} from '../../infra/probe/src/apps/wallet.ts'
import { forge, presentStolen } from '../../infra/probe/src/apps/wallet-thief.ts'
import { certify } from '../../infra/services/wallet/src/certify.ts'
import { holderRoutes } from '../../infra/services/wallet/src/holder-routes.ts'
import { ageOn, pidClaims, pidFrame } from '../../infra/services/wallet/src/issuer/claims.ts'
import { openSigner } from '../../infra/services/wallet/src/issuer/credential.ts'
import { checkProof } from '../../infra/services/wallet/src/issuer/proof.ts'
import { jwtPart, seconds, signatureHolds, signedJwt } from '../../infra/services/wallet/src/jws.ts'
import { trustedKey } from '../../infra/services/wallet/src/trust.ts'
import { checkPresentation } from '../../infra/services/wallet/src/verifier/presentation.ts'
import { type Purpose, purposeOf } from '../../infra/services/wallet/src/verifier/purposes.ts'
import { requestObject } from '../../infra/services/wallet/src/verifier/request-object.ts'

const BASE = 'http://wallet'
const line = (key: KeyObject): string =>
  Buffer.from(
    key.export(key.type === 'private' ? { type: 'pkcs8', format: 'pem' } : { type: 'spki', format: 'pem' }),
  ).toString('base64')
const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const ca = newKey()
const accessCa = newKey()
const pid = certify({
  authorityKey: line(ca),
  authority: 'PID CA',
  key: line(newKey()),
  name: 'PID',
  alternativeName: `URI:${BASE}`,
})
const access = certify({
  authorityKey: line(accessCa),
  authority: 'Access CA',
  key: line(newKey()),
  name: 'Verifiers',
  alternativeName: 'DNS:wallet',
})
const anchors = [{ name: 'PID CA', key: createPublicKey(ca) }]
const place = {} as never

/** A status list that says what the test wants, at an address of its own. */
let revoked = 0
let uri = ''
const server = createServer((_request, response) => {
  const bits = new StatusList([0, revoked, 0, 0, 0, 0, 0, 0], 1)
  const { header, payload } = createHeaderAndPayload(
    bits,
    { sub: uri, iat: seconds(), exp: seconds() + 60 },
    { alg: 'ES256', typ: 'statuslist+jwt', x5c: [pid.certificate] },
  )
  response.end(signedJwt(header, payload, createPrivateKey(pid.key)))
})

beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/status/1`
})
afterAll(() => server.close())

const person = {
  code: '48803022712',
  given: 'Mari',
  family: 'Õunapuu',
  birth: '1988-03-02',
  sex: 'F',
  address: 'Pikk 5',
  municipality: 'Meresadam',
}
const issue = async (today = '2026-11-26') => {
  const { key } = walletKey({}, place) as { key: string }
  const { kty, crv, x, y } = JSON.parse(key)
  const claims = pidClaims(person, today)
  const credential = await openSigner(BASE, pid).issue({
    claims,
    frame: pidFrame(claims),
    holder: { kty, crv, x, y },
    status: { uri, idx: 1 },
  })
  return { key, credential }
}
const library = purposeOf('library') as Purpose
const shop = purposeOf('shop') as Purpose
const requestOf = (purpose: Purpose, nonce = 'n1') =>
  requestObject(
    BASE,
    { id: 'v1', purpose, device: 'other', nonce, opaque: 's1', state: 'waiting', reason: null, claims: null },
    'Test',
    access,
    undefined,
  )
const present = (purpose: Purpose, held: { key: string; credential: string }, nonce?: string) =>
  walletPresent(
    { ...held, request: requestOf(purpose, nonce), authority: line(createPublicKey(accessCa)) },
    place,
  ) as { vp_token: string; to: string; shown: string }
const check = (purpose: Purpose, vpToken: unknown, nonce = 'n1') =>
  checkPresentation(vpToken, { purpose, nonce, audience: 'x509_san_dns:wallet', anchors })

test('what is issued reads back whole, and hides everything about the person', async () => {
  const { credential } = await issue()
  const { claims } = walletRead({ credential }, place) as { claims: Record<string, unknown> }
  expect(claims).toMatchObject({
    given_name: 'Mari',
    birthdate: '1988-03-02',
    age_equal_or_over: { 18: true, 65: false },
  })
  const body = JSON.stringify(jwtPart(credential.split('~')[0] ?? '', 1))
  for (const secret of ['Mari', 'Õunapuu', '1988', '48803022712', 'Pikk']) expect(body).not.toContain(secret)
})

test('the shop learns the age and nothing else, the library what it asked for', async () => {
  const held = await issue()
  const forShop = present(shop, held)
  expect(forShop).toMatchObject({ shown: '18', to: `${BASE}/verify/responses/v1` })
  expect(await check(shop, forShop.vp_token)).toEqual({ 'age_equal_or_over.18': true })
  expect(await check(library, present(library, held).vp_token)).toEqual({
    given_name: 'Mari',
    family_name: 'Õunapuu',
    personal_administrative_number: '48803022712',
  })
})

test('what is too young, replayed, stolen, forged, bent or revoked is refused, each for its reason', async () => {
  const held = await issue()
  const reason = (what: Promise<unknown>) =>
    what.then(
      () => 'accepted',
      (error: { reason?: string }) => error.reason ?? String(error),
    )
  expect(await reason(check(shop, present(shop, await issue('2000-01-01')).vp_token))).toBe('notAsked')
  expect(await reason(check(library, present(library, held, 'another').vp_token))).toBe('holderUnproven')
  expect(await reason(check(library, present(shop, held).vp_token))).toBe('notAsked')
  const thief = walletKey({}, place) as { key: string }
  const claims = 'given_name,family_name,personal_administrative_number'
  const stolen = presentStolen(
    { request: requestOf(library), credential: held.credential, key: thief.key, claims },
    place,
  )
  expect(await reason(check(library, (stolen as { vp_token: string }).vp_token))).toBe('holderUnproven')
  const made = JSON.stringify({ given_name: 'No', family_name: 'Body', personal_administrative_number: '1' })
  const forged = (await forge({ claims: made, key: thief.key, like: held.credential }, place)) as {
    credential: string
  }
  expect(await reason(check(library, present(library, { ...thief, ...forged }).vp_token))).toBe(
    'untrustedIssuer',
  )
  const { vp_token } = present(library, held)
  revoked = 1
  expect(await reason(check(library, vp_token))).toBe('revoked')
  expect(await reason(check(shop, present(shop, held).vp_token))).toBe('revoked')
  revoked = 0
  expect(await reason(check(library, vp_token))).toBe('accepted')
  for (const bad of [
    '',
    '{}',
    '[]',
    'x',
    '{"pid":[]}',
    '{"pid":["a~b"]}',
    '{"pid":"x"}',
    undefined,
    `{"pid":["${'~'.repeat(50)}"]}`,
  ])
    expect(await reason(check(library, bad)), String(bad)).toBe('malformed')
})

test('no changed character gets through', async () => {
  const held = await issue()
  const vp = JSON.parse(present(library, held).vp_token).pid[0] as string
  await fc.assert(
    fc.asyncProperty(fc.nat(vp.length - 1), fc.constantFrom('A', 'b', '7', '~', '.'), async (at, char) => {
      const bent = vp.slice(0, at) + char + vp.slice(at + 1)
      // The last character of an unpadded base64url text carries bits that mean nothing.
      fc.pre(bent !== vp && !/[.~]|^$/.test(vp[at + 1] ?? '') && at < vp.length - 1)
      await expect(check(library, JSON.stringify({ pid: [bent] }))).rejects.toThrow()
    }),
    { numRuns: 150 },
  )
})

test('a chain of certificates must lead to an anchor, in time', () => {
  expect(trustedKey([pid.certificate], anchors)).not.toBeNull()
  expect(trustedKey([access.certificate], anchors)).toBeNull()
  expect(trustedKey([pid.certificate], [{ name: 'PID CA', key: createPublicKey(accessCa) }])).toBeNull()
  expect(trustedKey([pid.certificate], anchors, new Date('2200-01-01'))).toBeNull()
  for (const bad of [undefined, [], 'x', ['x'], [pid.certificate, pid.certificate], [1, 2, 3, 4]])
    expect(trustedKey(bad, anchors)).toBeNull()
})

test('a proof must be fresh, for this issuer, of a key that it names, with a nonce that is used up', async () => {
  const nonces = new Set(['good'])
  const db = {
    query: async (_sql: string, [value]: readonly string[]) => ({
      rowCount: nonces.delete(String(value)) ? 1 : 0,
    }),
  }
  const { key } = walletKey({}, place) as { key: string }
  const proof = (issuer: string, nonce: string) =>
    (walletProof({ key, issuer, nonce }, place) as { proofs: { jwt: [string] } }).proofs.jwt[0]
  const outcome = (jwt: string) =>
    checkProof(db as never, BASE, jwt).then(
      ({ kty }) => kty,
      (error: { code?: string }) => error.code,
    )
  expect(await outcome(proof('http://evil', 'good'))).toBe('invalid_proof')
  expect(await outcome(`${proof(BASE, 'good').slice(0, -4)}AAAA`)).toBe('invalid_proof')
  expect(await outcome('rubbish')).toBe('invalid_proof')
  expect(await outcome(proof(BASE, 'bad'))).toBe('invalid_nonce')
  expect(await outcome(proof(BASE, 'good'))).toBe('EC')
  expect(await outcome(proof(BASE, 'good'))).toBe('invalid_nonce')
})

test('a proof that tells more of the key than its public part is refused', async () => {
  const db = { query: async () => ({ rowCount: 1 }) }
  const { key } = walletKey({}, place) as { key: string }
  const whole = JSON.parse(key) as Record<string, string>
  const { d: _d, ...open } = whole
  const outcome = (jwk: object) =>
    checkProof(
      db as never,
      BASE,
      sealed({ typ: 'openid4vci-proof+jwt', jwk }, { aud: BASE, iat: seconds(), nonce: 'n' }, keyOfJwk(key)),
    ).then(
      ({ kty }) => kty,
      (error: { code?: string; message?: string }) => `${error.code}: ${error.message}`,
    )
  expect(await outcome(open)).toBe('EC')
  expect(await outcome({ ...open, alg: 'ES256', use: 'sig', kid: 'd' })).toBe('EC')
  expect(await outcome(whole)).toBe('invalid_proof: The header jwk must be a public key, without d')
  for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'])
    for (const value of ['AAAA', '', null])
      expect(await outcome({ ...open, [secret]: value }), secret).toMatch(/^invalid_proof: .* without /)
})

test('the desk is for officials: citizens are refused, and no page of theirs shows the way there', async () => {
  const session = { code: '48803022712', name: 'Mari', csrf: 'c' }
  const citizens = {
    session: async () => session,
    reader: async () => session,
    writer: async () => ({ session, form: { code: '38001010003' } }),
  }
  const looked: string[] = []
  const visit = async (official: boolean, path: string, method = 'GET') => {
    const desk = {
      admits: () => official,
      look: async (_session: unknown, code: string) => {
        looked.push(code)
        return []
      },
      revoke: async (_session: unknown, code: string) => looked.push(code) > 0,
    }
    const db = { query: async () => ({ rows: [], rowCount: 0 }) }
    const routes = holderRoutes(db as never, citizens as never, desk, BASE)
    const response = await routes.request(path, { method })
    return { status: response.status, wayThere: (await response.text()).includes('href="/desk"') }
  }
  for (const [method, path] of [
    ['GET', '/desk'],
    ['POST', '/desk'],
    ['POST', '/desk/5/revoke'],
  ] as const)
    expect(await visit(false, path, method), `${method} ${path}`).toEqual({ status: 403, wayThere: false })
  expect(looked).toEqual([])
  expect(await visit(false, '/')).toEqual({ status: 200, wayThere: false })
  expect(await visit(false, '/offers/1')).toEqual({ status: 404, wayThere: false })
  expect(await visit(true, '/')).toEqual({ status: 200, wayThere: true })
  expect(await visit(true, '/desk', 'POST')).toEqual({ status: 200, wayThere: true })
  expect(looked).toEqual(['38001010003'])
})

test('ages are counted in full years', () => {
  expect(ageOn('2008-11-26', '2026-11-26')).toBe(18)
  expect(ageOn('2008-11-27', '2026-11-26')).toBe(17)
  expect(ageOn('2008-02-29', '2026-02-28')).toBe(17)
  expect(ageOn('2008-02-29', '2026-03-01')).toBe(18)
})

test('only keys on P-256 sign', () => {
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  expect(signatureHolds('x', 'AAAA', p384.publicKey)).toBe(false)
  for (const bad of ['', 'AAAA', '.', 'A'.repeat(500)])
    expect(signatureHolds('x', bad, createPublicKey(ca))).toBe(false)
})
