import { createHash, type KeyObject, randomBytes, sign, verify } from 'node:crypto'

/** What the SD-JWT library hashes and salts with. */
export const hasher = (data: string | ArrayBuffer, algorithm: string): Uint8Array =>
  createHash(algorithm.replace('-', ''))
    .update(typeof data === 'string' ? data : new Uint8Array(data))
    .digest()
export const saltGenerator = (bytes: number): string => randomBytes(bytes).toString('base64url')

/** ES256 over `data`, base64url. */
export const signature = (data: string, key: KeyObject): string =>
  sign('sha256', Buffer.from(data), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')

/** Whether an ES256 signature holds; only keys on P-256 make one. */
export function signatureHolds(data: string, given: string, key: KeyObject): boolean {
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return false
  return verify(
    'sha256',
    Buffer.from(data),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(given, 'base64url'),
  )
}

/** Compact JWS, ES256. */
export function signedJwt(header: object, payload: object, key: KeyObject): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const data = `${part({ ...header, alg: 'ES256' })}.${part(payload)}`
  return `${data}.${signature(data, key)}`
}

/** The JSON of one part of a JWT. Throws SyntaxError when it is none. */
export function jwtPart(jwt: string, part: 0 | 1): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(Buffer.from(jwt.split('.')[part] ?? '', 'base64url').toString('utf8'))
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SyntaxError('a part of the JWT is no object')
  return value as Readonly<Record<string, unknown>>
}

export const seconds = (): number => Math.floor(Date.now() / 1000)
export const randomText = (): string => randomBytes(24).toString('base64url')
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
