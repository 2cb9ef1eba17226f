import { createPublicKey, type KeyObject } from 'node:crypto'
import { zipSync } from 'fflate'
import { environment, pem } from '../../kit/secrets.ts'
import type { SecurityServer } from './security-server.ts'

/** `GET /verificationconf`: the public keys against which signed documents are verified, PEM files in a zip. */
export function verificationConf({ instance, signer, peers }: SecurityServer): Response {
  const file = (key: KeyObject) => Buffer.from(key.export({ type: 'spki', format: 'pem' }))
  const signing = [
    [instance, signer.certificate.publicKey] as const,
    ...peers.map((peer) => [peer.instance, peer.signKey] as const),
  ]
  const zip = zipSync({
    'verificationconf/instance-identifier': Buffer.from(instance),
    ...Object.fromEntries(signing.map(([name, key]) => [`verificationconf/${name}/sign.pem`, file(key)])),
    'verificationconf/tsa.pem': file(createPublicKey(pem(environment('TSA_KEY')))),
  })
  return new Response(new Uint8Array(zip), {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="verificationconf.zip"',
    },
  })
}
