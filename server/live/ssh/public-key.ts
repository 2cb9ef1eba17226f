import { createPublicKey } from 'node:crypto'
import ssh2 from 'ssh2'
import { fingerprintOf } from './host-key.ts'

const TYPES = /^(ssh-ed25519|ecdsa-sha2-nistp(256|384|521)|ssh-rsa)$/
const LEAST_RSA_BITS = 3_072

/** A line as in `id_ed25519.pub`. Null for all else: private keys, certificates, DSA, short RSA, several lines. */
export function readPublicKey(line: string): { readonly key: string; readonly fingerprint: string } | null {
  const text = line.trim()
  const [type = '', blob = ''] = text.split(/[ \t]+/)
  if (/[\r\n]/.test(text) || !TYPES.test(type)) return null
  const key = ssh2.utils.parseKey(`${type} ${blob}`)
  if (key instanceof Error || key.isPrivateKey() || key.type !== type) return null
  if (type === 'ssh-rsa' && bitsOf(key.getPublicPEM()) < LEAST_RSA_BITS) return null
  const bytes = key.getPublicSSH()
  return { key: bytes.toString('base64'), fingerprint: fingerprintOf(bytes) }
}

const bitsOf = (pem: string): number => createPublicKey(pem).asymmetricKeyDetails?.modulusLength ?? 0
