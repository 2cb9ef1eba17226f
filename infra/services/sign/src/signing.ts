import { randomUUID } from 'node:crypto'
import { askStatus, readStatus } from '../../kit/ocsp.ts'
import { timestamp } from '../../kit/timestamp.ts'
import { signedBy, signingCertificate, type Trust, wasValid } from './certificate.ts'
import { type Container, sha256 } from './container.ts'
import { dataToSign, type Intent, intentOf, signatureDocument, signatureValue } from './xades.ts'
import { BadContainer } from './zip-error.ts'

/** What a person with this certificate (DER) is to sign so that all files of the container are covered. Throws `BadContainer`. */
export function prepareSignature(files: Container['files'], certificate: Buffer, trust: Trust): Intent {
  const card = signingCertificate(certificate, trust)
  const now = new Date()
  if (!wasValid(card, now)) throw new BadContainer('the certificate is not valid now')
  return intentOf(`S-${randomUUID()}`, files, certificate, now)
}

/**
 * Makes the lasting signature: the card's value is checked, time-stamped, and the status of the certificate put with it. The files must
 * still be what was to be signed. Throws `BadContainer`; rejects with another error when the state's trust services do not answer.
 */
export async function finishSignature(
  intent: Intent,
  signature: Buffer,
  container: Container,
  trust: Trust,
): Promise<Container> {
  const certificate = Buffer.from(intent.certificate, 'base64')
  const { key } = signingCertificate(certificate, trust)
  const same =
    intent.files.length === container.files.length &&
    intent.files.every(
      ({ name, digest }, i) =>
        container.files[i]?.name === name && sha256(container.files[i].data).toString('base64') === digest,
    )
  if (!same) throw new BadContainer('the files have changed since the signature was prepared')
  if (!signedBy(key, dataToSign(intent), signature))
    throw new BadContainer('the signature is not of this certificate, or of something else')
  const stamp = await timestamp(sha256(signatureValue(intent.id, signature)))
  const ocsp = await askStatus(certificate, trust.cardAuthority)
  const { status } = readStatus(ocsp, certificate, trust.cardAuthority)
  if (status !== 'good')
    throw new BadContainer(`the certificate is ${status}: the card is on hold or not known`)
  const document = signatureDocument(intent, { signature, timestamp: stamp, ocsp })
  return { ...container, signatures: [...container.signatures, document] }
}
