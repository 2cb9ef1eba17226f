import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { z } from 'zod'
import type { EventLog } from '../engine/ports/ports.ts'

/**
 * `seal.json`, the last entry of an export, on one line:
 *
 * - `head`: hash of the ledger's last line, `manifest`: SHA-256 of `manifest.json`, `sha256`: SHA-256 of every byte of the file before the seal's own header; hex.
 * - `key`: public key, base64 of its 32 bytes, `signature`: Ed25519, base64, over the seal's text without `,"signature":"..."`.
 */
const sealSchema = z.strictObject({
  kilp: z.literal('seal'),
  format: z.literal(1),
  key: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
  head: z.string().regex(/^[0-9a-f]{64}$/),
  manifest: z.string().regex(/^[0-9a-f]{64}$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
})
export type Seal = Readonly<z.infer<typeof sealSchema>>
export type Sealed = Pick<Seal, 'head' | 'manifest' | 'sha256'>

/** The key of an installation, which signs its exports. */
export interface InstallationKey {
  /** Base64 of the 32 bytes. */
  readonly publicKey: string
  sign(text: string): string
}

/** The one setting that holds it, PKCS#8 in base64. It leaves the store in a full dump alone. */
export const KEY_SETTING = 'export-key'

/** What stands before the 32 bytes of an Ed25519 key in SubjectPublicKeyInfo. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

const raw = (key: KeyObject): string =>
  key.export({ type: 'spki', format: 'der' }).subarray(SPKI.length).toString('base64')

/** The installation's key, made when it is first wanted. Not to be called twice at once. */
export async function installationKey(
  log: Pick<EventLog, 'getSetting' | 'putSetting'>,
): Promise<InstallationKey> {
  const kept = await log.getSetting(KEY_SETTING)
  const key =
    typeof kept === 'string'
      ? createPrivateKey({ key: Buffer.from(kept, 'base64'), format: 'der', type: 'pkcs8' })
      : generateKeyPairSync('ed25519').privateKey
  if (typeof kept !== 'string')
    await log.putSetting(KEY_SETTING, key.export({ type: 'pkcs8', format: 'der' }).toString('base64'))
  return {
    publicKey: raw(createPublicKey(key)),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
  }
}

/** As `ssh-keygen -l` shows fingerprints. */
export const fingerprintOf = (publicKey: string): string =>
  `SHA256:${createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('base64').replace(/=+$/, '')}`

/** The fingerprint of a key that somebody gives: itself, or of a public key in PEM or base64. Null: it is none of these. */
export function fingerprintIn(text: string): string | null {
  const given = text.trim()
  if (/^SHA256:[A-Za-z0-9+/]{43}$/.test(given)) return given
  if (/^[A-Za-z0-9+/]{43}=$/.test(given)) return fingerprintOf(given)
  try {
    const key = createPublicKey(given)
    return key.asymmetricKeyType === 'ed25519' ? fingerprintOf(raw(key)) : null
  } catch {
    return null
  }
}

const body = ({ key, head, manifest, sha256 }: Omit<Seal, 'kilp' | 'format' | 'signature'>) => ({
  kilp: 'seal' as const,
  format: 1 as const,
  key,
  head,
  manifest,
  sha256,
})

export function sealText(sealed: Sealed, key: InstallationKey): string {
  const unsigned = body({ ...sealed, key: key.publicKey })
  return `${JSON.stringify({ ...unsigned, signature: key.sign(JSON.stringify(unsigned)) })}\n`
}

/** Every seal has the same length, so that it is found from the end of a file. */
export const SEAL_BYTES = sealText(
  { head: '0'.repeat(64), manifest: '0'.repeat(64), sha256: '0'.repeat(64) },
  { publicKey: `${'A'.repeat(43)}=`, sign: () => `${'A'.repeat(86)}==` },
).length

/** The seal of a text, or why it is none that holds. */
export function readSeal(content: Buffer): Seal | string {
  let seal: Seal
  try {
    seal = sealSchema.parse(JSON.parse(content.toString('utf8')))
  } catch {
    return 'is no seal'
  }
  const signature = Buffer.from(seal.signature, 'base64')
  // Base64 has bits to spare at its end: with others in them it is read all the same.
  const text = `${JSON.stringify({ ...body(seal), signature: signature.toString('base64') })}\n`
  if (!Buffer.from(text).equals(content)) return 'is not written as a seal is'
  const der = Buffer.concat([SPKI, Buffer.from(seal.key, 'base64')])
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
  const right = verify(null, Buffer.from(JSON.stringify(body(seal))), key, signature)
  return right ? seal : 'has a signature that its key did not make'
}
