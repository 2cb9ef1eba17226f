import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JWKS } from 'oidc-provider'

export interface Keys {
  readonly jwks: JWKS
  readonly cookieKeys: readonly string[]
}

/** The RS256 key and the cookie keys of this installation: made at the first start, the same ever after. */
export function loadKeys(folder: string): Keys {
  const file = join(folder, 'keys.json')
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const kid = randomBytes(8).toString('hex')
  const keys: Keys = {
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] } as JWKS,
    cookieKeys: [randomBytes(32).toString('base64url')],
  }
  // A crash in the middle must not leave half a key.
  writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return keys
}
