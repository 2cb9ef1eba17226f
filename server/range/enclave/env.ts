import { createECDH, createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto'

/** Secrets of one team's enclave, derived from the exercise's seed: the same after a restart of the platform, and nobody stores them. */
export interface Secrets {
  /** Seeds the nation and `{{seed}}`. Never the exercise's own seed, from which a team could derive another team's secrets. */
  readonly seed: string
  secret(name: string): string
  /** EC P-256, PKCS8 PEM, base64 on one line. */
  privateKey(name: string): string
  /** SPKI PEM of the same name's key, base64 on one line. */
  publicKey(name: string): string
  /** The same key as OpenSSH writes it, `ecdsa-sha2-nistp256 AAAA...` (RFC 5656). */
  sshKey(name: string): string
}

/** Derives by HKDF-SHA256; `seed` must carry the entropy (the exercise's random seed). */
export function secretsOf(seed: string, exerciseId: string, team: string): Secrets {
  const derive = (what: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', seed, `kilp/${exerciseId}`, `${team}/${what}`, bytes))
  const key = (name: string): KeyObject => {
    for (let attempt = 0; ; attempt++) {
      const scalar = derive(`key/${name}/${attempt}`, 32)
      const ecdh = createECDH('prime256v1')
      try {
        ecdh.setPrivateKey(scalar)
      } catch {
        continue // outside the group's order: one in 2^32
      }
      const point = ecdh.getPublicKey()
      const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url')
      const jwk = {
        kty: 'EC',
        crv: 'P-256',
        d: scalar.toString('base64url'),
        x: coordinate(1),
        y: coordinate(33),
      }
      return createPrivateKey({ key: jwk, format: 'jwk' })
    }
  }
  const line = (pem: string) => Buffer.from(pem).toString('base64')
  return {
    seed: derive('seed', 16).toString('hex'),
    secret: (name) => derive(`secret/${name}`, 24).toString('hex'),
    privateKey: (name) => line(key(name).export({ type: 'pkcs8', format: 'pem' }).toString()),
    publicKey: (name) => line(createPublicKey(key(name)).export({ type: 'spki', format: 'pem' }).toString()),
    sshKey: (name) => sshLine(createPublicKey(key(name))),
  }
}

/** Public key of the curve P-256 in the form of RFC 5656, as it stands in `authorized_keys`. */
function sshLine(key: KeyObject): string {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  const parts = [Buffer.from('ecdsa-sha2-nistp256'), Buffer.from('nistp256'), point].map((part) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(part.length)
    return Buffer.concat([length, part])
  })
  return `ecdsa-sha2-nistp256 ${Buffer.concat(parts).toString('base64')}`
}

/** What a variable of a service may name beside secrets and keys. */
export interface Surroundings {
  readonly team: string
  readonly seed: string
  /** Ids of all services of the enclave, with commas between them. */
  readonly services: string
}

/** Fills `{{secret:NAME}}`, `{{private-key:NAME}}`, `{{public-key:NAME}}`, `{{team}}`, `{{seed}}` and `{{services}}`; leaves other templates alone. */
export function fillTemplate(text: string, around: Surroundings, secrets: Secrets): string {
  return fillText(text, secrets).replace(
    /\{\{\s*(team|seed|services)\s*\}\}/g,
    (_, name: keyof Surroundings) => around[name],
  )
}

/** Fills only secrets and keys, in every string of a value. */
export function fillSecrets<T>(value: T, secrets: Secrets): T {
  if (typeof value === 'string') return fillText(value, secrets) as T
  if (Array.isArray(value)) return value.map((item) => fillSecrets(item, secrets)) as T
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, fillSecrets(item, secrets)]),
    ) as T
  return value
}

/** The secrets and keys that a script names, by the name it uses (`secret:db-tax`): the probe fills them, filters and all. */
export function namedSecrets(script: unknown, secrets: Secrets): Readonly<Record<string, string>> {
  const names = JSON.stringify(script).matchAll(/\{\{\s*((secret|private-key|public-key):([\w.-]+))/g)
  return Object.fromEntries(
    [...names].map(([, all, kind, name]) => [all, keyOrSecret(secrets, kind ?? '', name ?? '')]),
  )
}

const fillText = (text: string, secrets: Secrets): string =>
  text.replace(/\{\{\s*(secret|private-key|public-key):([\w.-]+)\s*\}\}/g, (_, kind, name) =>
    keyOrSecret(secrets, kind, name),
  )

function keyOrSecret(secrets: Secrets, kind: string, name: string): string {
  if (kind === 'secret') return secrets.secret(name)
  return kind === 'private-key' ? secrets.privateKey(name) : secrets.publicKey(name)
}
