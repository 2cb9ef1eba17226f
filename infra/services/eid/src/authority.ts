import { execFileSync } from 'node:child_process'
import { createHash, createPublicKey } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A private key (PKCS8) and its certificate, both PEM. */
export interface Identity {
  readonly key: string
  readonly cert: string
}

/** Subject of the card authority, as every card's certificate names its issuer. */
const CARD_CA = ['CN=Meremaa Card CA', 'O=Meremaa', 'C=EE']

/** The card authority's own certificate. Made again at each start: who checks a card needs only the same name and key. */
export const cardAuthority = (key: string): Identity =>
  issue(key, CARD_CA, ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'])

/** The certificate of the time-stamping authority (RFC 3161, 2.3: its only purpose, and critical). */
export const timeStampIdentity = (key: string, authority: Identity): Identity =>
  issue(
    key,
    ['CN=Meremaa Time-Stamping Authority', 'O=Meremaa', 'C=EE'],
    [
      'basicConstraints=critical,CA:FALSE',
      'keyUsage=critical,digitalSignature',
      'extendedKeyUsage=critical,timeStamping',
    ],
    authority,
  )

/** The certificate of the responder that the card authority delegates to (RFC 6960, 4.2.2.2). */
export const responderIdentity = (key: string, authority: Identity): Identity =>
  issue(
    key,
    ['CN=Meremaa Card Status', 'O=Meremaa', 'C=EE'],
    [
      'basicConstraints=critical,CA:FALSE',
      'keyUsage=critical,digitalSignature',
      'extendedKeyUsage=OCSPSigning',
      'noCheck=ignored',
    ],
    authority,
  )

/** A certificate over the key (PEM) for ten years; signed by itself when there is no issuer. */
function issue(
  key: string,
  subject: readonly string[],
  extensions: readonly string[],
  issuer?: Identity,
): Identity {
  const folder = mkdtempSync(join(tmpdir(), 'issue-'))
  const file = (name: string, content: string): string => {
    const path = join(folder, name)
    writeFileSync(path, content, { mode: 0o600 })
    return path
  }
  try {
    // Strings as the cards have them (PrintableString where it fits): the hash of the issuer's name goes over these bytes.
    const config = file(
      'config',
      `[req]
prompt=no
string_mask=pkix
utf8=yes
distinguished_name=subject
x509_extensions=extensions
[subject]
${subject.join('\n')}
[extensions]
subjectKeyIdentifier=hash
${extensions.join('\n')}
`,
    )
    const by = issuer
      ? ['-CA', file('issuer.pem', issuer.cert), '-CAkey', file('issuer.key', issuer.key)]
      : []
    // The same at each start, so that what was issued stays known.
    const serial = createHash('sha256')
      .update(subject.join())
      .update(createPublicKey(key).export({ type: 'spki', format: 'der' }))
      .digest('hex')
    const args = ['req', '-x509', '-new', '-sha256', '-days', '3650', '-config', config]
    args.push('-set_serial', `0x1${serial.slice(0, 29)}`)
    const cert = execFileSync('openssl', [...args, '-key', file('key', key), ...by], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return { key, cert }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
