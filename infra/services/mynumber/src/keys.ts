import 'reflect-metadata'
import { createPrivateKey, createPublicKey, type KeyObject, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import { pem } from '../../kit/secrets.ts'

x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0])

export const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/** What the certificate library takes; Node types its own web crypto apart from the browser's. */
type Keys = Parameters<typeof x509.X509CertificateGenerator.createSelfSigned>[0]['keys']

/** A private key, PKCS8 PEM in base64 on one line. */
export const keyOf = (line: string): KeyObject => createPrivateKey(pem(line))

export async function importPair(key: KeyObject): Promise<Keys> {
  const { subtle } = webcrypto
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' })
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const privateKey = await subtle.importKey('pkcs8', pkcs8, ALGORITHM, true, ['sign'])
  const publicKey = await subtle.importKey('spki', spki, ALGORITHM, true, ['verify'])
  return { privateKey, publicKey } as unknown as Keys
}
