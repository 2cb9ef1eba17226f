import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
  X509Certificate,
} from 'node:crypto'
import type { App } from '../app.ts'

/**
 * The citizen's wallet, as a command-line wallet would be: OpenID4VCI 1.0 key proof, OpenID4VP 1.0 presentation of an SD-JWT VC with
 * selective disclosure and key binding. Written from the specifications, apart from the libraries that the state's wallet service uses.
 */

type Json = Readonly<Record<string, unknown>>

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (part = ''): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')
const now = (): number => Math.floor(Date.now() / 1000)
const object = (value: unknown): Json => Object(value)

/** Compact JWS with ES256. */
export function sealed(header: Json, payload: Json, key: KeyObject): string {
  const data = `${encode({ alg: 'ES256', ...header })}.${encode(payload)}`
  return `${data}.${sign('sha256', Buffer.from(data), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

export const keyOfJwk = (jwk: string): KeyObject => createPrivateKey({ key: JSON.parse(jwk), format: 'jwk' })
const publicJwk = (key: KeyObject): Json => ({ ...createPublicKey(key).export({ format: 'jwk' }) })

/** A new key of the wallet: `{key}` is the private JWK as text. A wallet keeps it in its secure element. */
export const walletKey: App = () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { key: JSON.stringify(privateKey.export({ format: 'jwk' })) }
}

/** With `key`, `issuer`, `nonce`: the body of a credential request with its proof. */
export const walletProof: App = ({ key = '', issuer = '', nonce = '', configuration = '' }) => {
  const own = keyOfJwk(key)
  const proof = sealed(
    { typ: 'openid4vci-proof+jwt', jwk: publicJwk(own) },
    { aud: issuer, iat: now(), nonce },
    own,
  )
  return { credential_configuration_id: configuration, proofs: { jwt: [proof] } }
}

interface Disclosure {
  readonly text: string
  readonly digest: string
  readonly name: string
  readonly value: unknown
}

function readDisclosure(text: string): Disclosure {
  const [, name, value] = decode(text) as [string, string, unknown]
  return { text, digest: sha256(text), name, value }
}

/** Puts disclosed claims in their places. */
function disclosed(claims: Json, disclosures: readonly Disclosure[]): Json {
  const { _sd: digests = [], ...open } = claims
  const found = disclosures.filter(({ digest }) => (digests as readonly string[]).includes(digest))
  const all = [...Object.entries(open), ...found.map(({ name, value }): [string, unknown] => [name, value])]
  return Object.fromEntries(
    all.map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? disclosed(object(value), disclosures)
        : value,
    ]),
  )
}

const partsOf = (credential: string) => {
  const [jwt = '', ...rest] = credential.split('~')
  return { jwt, disclosures: rest.filter((text) => text !== '' && !text.includes('.')).map(readDisclosure) }
}

/** With `credential`: `{claims}`, all of them. */
export const walletRead: App = ({ credential = '' }) => {
  const { jwt, disclosures } = partsOf(credential)
  return { claims: disclosed(object(decode(jwt.split('.')[1])), disclosures) }
}

/** The request of a verifier, when it is signed by who its client identifier says, under the authority with the key `authority`. */
function checkedRequest(request: string, authority: string): Json {
  const [head = '', body = '', signature = ''] = request.trim().split('.')
  const header = object(decode(head))
  const payload = object(decode(body))
  const certificate = new X509Certificate(Buffer.from(String(object(header.x5c)[0]), 'base64'))
  const anchor = createPublicKey(Buffer.from(authority, 'base64').toString('utf8'))
  if (!certificate.verify(anchor)) throw new Error('nobody trusted certifies this verifier')
  const [, host = ''] = /^x509_san_dns:(.+)$/.exec(String(payload.client_id)) ?? []
  if (!certificate.checkHost(host) || new URL(String(payload.response_uri)).hostname !== host)
    throw new Error('the verifier is not who it says')
  const holds = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    { key: certificate.publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  if (!holds || header.typ !== 'oauth-authz-req+jwt')
    throw new Error('the request is not signed by the verifier')
  return payload
}

/** Disclosures that a claims path needs, level by level. */
function along(
  claims: Json,
  path: readonly unknown[],
  disclosures: readonly Disclosure[],
): readonly Disclosure[] {
  const [step, ...rest] = path
  if (step === undefined) return []
  const name = String(step)
  const digests = (claims._sd ?? []) as readonly string[]
  const found = disclosures.find((one) => one.name === name && digests.includes(one.digest))
  if (!found && claims[name] === undefined) throw new Error(`the credential has no ${path.join('.')}`)
  return [...(found ? [found] : []), ...along(object(found ? found.value : claims[name]), rest, disclosures)]
}

/**
 * With `request` (the signed request object), `credential`, `key`, `authority` (public key of the relying parties' authority): what to send to the
 * verifier (`to`, `vp_token`, `state`), and the names of what is `shown`. Shows what is asked and nothing else.
 */
export const walletPresent: App = ({ request = '', credential = '', key = '', authority = '' }) => {
  const asked = checkedRequest(request, authority)
  const [query] = object(asked.dcql_query).credentials as readonly Json[]
  const { jwt, disclosures } = partsOf(credential)
  const claims = object(decode(jwt.split('.')[1]))
  const types = object(query?.meta).vct_values as readonly unknown[]
  if (query?.format !== 'dc+sd-jwt' || !types.includes(claims.vct))
    throw new Error('the verifier asks for another credential')
  const needed = ((query.claims ?? []) as readonly Json[]).flatMap((claim) =>
    along(claims, claim.path as readonly unknown[], disclosures),
  )
  const shown = [jwt, ...needed.map(({ text }) => text), ''].join('~')
  return {
    to: asked.response_uri,
    state: asked.state,
    vp_token: JSON.stringify({ [String(query.id)]: [shown + bound(shown, asked, keyOfJwk(key))] }),
    shown: needed.map(({ name }) => name).join(','),
  }
}

/** The key binding: this presentation, for this verifier, now. */
export const bound = (shown: string, asked: Json, key: KeyObject, header: Json = {}): string =>
  sealed(
    { typ: 'kb+jwt', ...header },
    { iat: now(), aud: asked.client_id, nonce: asked.nonce, sd_hash: sha256(shown) },
    key,
  )
