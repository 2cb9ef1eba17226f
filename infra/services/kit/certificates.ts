import { execFileSync } from 'node:child_process'
import { createPublicKey, type X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pem } from './secrets.ts'

export interface Identity {
  /** PEM. */
  readonly key: string
  readonly cert: string
}

/** A self-signed certificate for a private key (PKCS8 PEM, base64 on one line). Who checks it compares the public key only. */
export function selfSigned(privateKey: string, commonName: string): Identity {
  const key = pem(privateKey)
  const folder = mkdtempSync(join(tmpdir(), 'key-'))
  try {
    const file = join(folder, 'key.pem')
    writeFileSync(file, key, { mode: 0o600 })
    const args = [
      'req',
      '-x509',
      '-new',
      '-sha256',
      '-days',
      '3650',
      '-key',
      file,
      '-subj',
      `/CN=${commonName}`,
    ]
    return {
      key,
      cert: execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Whether a certificate carries this public key (SPKI PEM, base64 on one line). */
export function carriesKey(certificate: X509Certificate, publicKey: string): boolean {
  return certificate.publicKey.equals(createPublicKey(pem(publicKey)))
}
