import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { selfSigned } from '../../kit/certificates.ts'
import { pem } from '../../kit/secrets.ts'

/** A private key with the certificate that an authority gave it. */
export interface Certified {
  /** PKCS8 PEM. */
  readonly key: string
  /** DER in base64, as the header `x5c` of a JWT carries it. */
  readonly certificate: string
}

/**
 * Certifies `key` under the authority of `authorityKey` (both PKCS8 PEM, base64 on one line). `alternativeName` is an openssl subjectAltName
 * such as `DNS:wallet`. The authority's own certificate is not part of it: who relies on it knows the authority's key already.
 */
export function certify(options: {
  readonly authorityKey: string
  readonly authority: string
  readonly key: string
  readonly name: string
  readonly alternativeName: string
}): Certified {
  const folder = mkdtempSync(join(tmpdir(), 'certify-'))
  const file = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text, { mode: 0o600 })
    return path
  }
  const openssl = (args: readonly string[]): string =>
    execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  try {
    const authority = selfSigned(options.authorityKey, options.authority)
    const key = pem(options.key)
    const request = openssl(['req', '-new', '-key', file('key', key), '-subj', `/CN=${options.name}`])
    const certificate = openssl([
      ...['x509', '-req', '-sha256', '-days', '3650', '-in', file('request', request)],
      ...['-CA', file('ca', authority.cert), '-CAkey', file('ca-key', authority.key)],
      ...[
        '-extfile',
        file(
          'extensions',
          `subjectAltName=${options.alternativeName}\nkeyUsage=critical,digitalSignature\nbasicConstraints=critical,CA:false\n`,
        ),
      ],
    ])
    return { key, certificate: certificate.replace(/-----[^-]+-----|\s/g, '') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
