import 'reflect-metadata'
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import type { App } from '../app.ts'
import { importPair } from '../certificate.ts'
import { bound, keyOfJwk, sealed } from './wallet.ts'

/** What a thief's wallet does. It signs with its own keys only; each thing here is refused by a verifier that checks. */

const decode = (part = ''): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** Disclosures of a credential by their names. */
const named = (credential: string): readonly { name: string; text: string }[] =>
  credential
    .split('~')
    .slice(1)
    .filter((text) => text !== '')
    .map((text) => ({ text, name: JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))[1] }))

/**
 * With `request`, somebody else's `credential`, the thief's own `key`, and `claims` (names, with commas): a response whose key binding is signed
 * with the thief's key, which its header names.
 */
export const presentStolen: App = ({ request = '', credential = '', key = '', claims = '' }) => {
  const asked = decode(request.trim().split('.')[1])
  const wanted = claims.split(',')
  const shown = [
    credential.split('~')[0],
    ...named(credential)
      .filter(({ name }) => wanted.includes(name))
      .map(({ text }) => text),
    '',
  ].join('~')
  const { kty, crv, x, y } = JSON.parse(key)
  const binding = bound(shown, asked, keyOfJwk(key), { jwk: { kty, crv, x, y } })
  return { to: asked.response_uri, state: asked.state, vp_token: JSON.stringify({ pid: [shown + binding] }) }
}

/**
 * With `claims` (JSON), the holder's `key`, `like` (a genuine credential): a credential of the same form and the same names of issuer and
 * authority, signed by keys of the thief's own making.
 */
export const forge: App = async ({ claims = '{}', key = '', like = '' }) => {
  const [head, body] = (like.split('~')[0] ?? '').split('.')
  const genuine = new x509.X509Certificate(String((decode(head).x5c as readonly string[])[0]))
  const own = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const [authority, issuer] = [own(), own()]
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: genuine.serialNumber,
    subject: genuine.subject,
    issuer: genuine.issuer,
    notBefore: genuine.notBefore,
    notAfter: genuine.notAfter,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    publicKey: (await importPair(issuer)).publicKey,
    signingKey: (await importPair(authority)).privateKey,
    extensions: genuine.extensions,
  })
  const disclosures = Object.entries(JSON.parse(claims)).map(([name, value]) =>
    Buffer.from(JSON.stringify([randomBytes(16).toString('base64url'), name, value])).toString('base64url'),
  )
  const { iss, vct, iat, exp, status } = decode(body)
  const { kty, crv, x, y } = JSON.parse(key)
  const jwt = sealed(
    { typ: 'dc+sd-jwt', x5c: [Buffer.from(certificate.rawData).toString('base64')] },
    {
      ...{ iss, vct, iat, exp, status, _sd_alg: 'sha-256', _sd: disclosures.map(sha256) },
      cnf: { jwk: { kty, crv, x, y } },
    },
    issuer,
  )
  return { credential: [jwt, ...disclosures, ''].join('~') }
}
