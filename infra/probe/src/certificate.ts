import 'reflect-metadata'
import { createPrivateKey, createPublicKey, type KeyObject, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0])

export const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
/** What the certificate library takes; Node types its own web crypto apart from the browser's. */
type Keys = Parameters<typeof x509.X509CertificateGenerator.createSelfSigned>[0]['keys']
export const YEARS_MS = 5 * 365 * 86_400_000

/** PKCS8 PEM, base64 on one line, as the platform hands keys out. */
export const keyOf = (line: string): KeyObject =>
  createPrivateKey(Buffer.from(line, 'base64').toString('utf8'))

export async function importPair(key: KeyObject): Promise<Keys> {
  const { subtle } = webcrypto
  const privateKey = await subtle.importKey(
    'pkcs8',
    key.export({ type: 'pkcs8', format: 'der' }),
    ALGORITHM,
    true,
    ['sign'],
  )
  const publicKey = await subtle.importKey(
    'spki',
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
    ALGORITHM,
    true,
    ['verify'],
  )
  return { privateKey, publicKey } as unknown as Keys
}

const clientCertificates = new Map<string, { key: string; cert: string }>()

/** What `prepareClient` made for this key; empty before. */
export const clientCertificate = (line: string): { key: string; cert: string } | Record<never, never> =>
  clientCertificates.get(line) ?? {}

/** Makes the self-signed client certificate of a key; X-Road compares the public key only. */
export async function prepareClient(line: string): Promise<void> {
  if (clientCertificates.has(line)) return
  const key = keyOf(line)
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=information system',
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + YEARS_MS),
    signingAlgorithm: ALGORITHM,
    keys: await importPair(key),
  })
  clientCertificates.set(line, {
    key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: certificate.toString('pem'),
  })
}
