import { readStatus } from '../../kit/ocsp.ts'
import { readTimestamp } from '../../kit/timestamp.ts'
import { signingCertificate, type Trust, wasValid } from './certificate.ts'
import { type Container, readContainer, sha256 } from './container.ts'
import { holds } from './core-validation.ts'
import { parseSignature } from './signature-parts.ts'
import type { Signer } from './xades.ts'
import { BadContainer } from './zip-error.ts'

export interface SignatureReport {
  readonly id: string
  readonly signer: Signer | null
  /** When the time-stamping authority saw the signature. */
  readonly at: Date | null
  /** Names of the files that it covers. */
  readonly covers: readonly string[]
  /** Why it does not hold; null when it does. */
  readonly problem: string | null
}

export interface Report {
  readonly files: Container['files']
  readonly signatures: readonly SignatureReport[]
  /** Why the container as a whole is not accepted; null when it is. */
  readonly problem: string | null
}

/** The status of the certificate must have been asked soon after the time-stamp. */
const STATUS_WITHIN_MS = 15 * 60_000
const CLOCKS_MS = 5_000

/** Validates a container from its bytes alone: form, integrity, signatures, certificates, time-stamps and certificate status. */
export async function validate(archive: Buffer, trust: Trust): Promise<Report> {
  let container: Container
  try {
    container = readContainer(archive)
  } catch (error) {
    return { files: [], signatures: [], problem: said(error) }
  }
  const signatures: SignatureReport[] = []
  const valid = new Map<string, string>()
  for (const xml of container.signatures)
    signatures.push(await validateSignature(xml, { container, trust, valid, place: signatures.length }))
  const problem =
    signatures.length === 0
      ? 'nobody has signed this container'
      : (signatures.find((signature) => signature.problem)?.problem ?? null)
  return { files: container.files, signatures, problem }
}

interface Around {
  readonly container: Container
  readonly trust: Trust
  /** Ids of the signatures that held so far, by what each signed. */
  readonly valid: Map<string, string>
  readonly place: number
}

async function validateSignature(
  xml: string,
  { container, trust, valid, place }: Around,
): Promise<SignatureReport> {
  const report: { -readonly [K in keyof SignatureReport]: SignatureReport[K] } = {
    id: `signatures${place}`,
    signer: null,
    at: null,
    covers: [],
    problem: null,
  }
  try {
    const parts = parseSignature(xml)
    report.id = parts.id
    report.covers = parts.references.map(({ name }) => name)
    for (const { name, digest } of parts.references) {
      const file = container.files.find((one) => one.name === name)
      if (!file) throw new BadContainer(`${name} is signed but not in the container`)
      if (!sha256(file.data).equals(digest)) throw new BadContainer(`${name} was changed after it was signed`)
    }
    for (const { name, mediaType } of container.files) {
      const signed = parts.references.find((one) => one.name === name)
      if (!signed) throw new BadContainer(`${name} is in the container but not signed`)
      if (signed.mediaType !== mediaType)
        throw new BadContainer(`the manifest states another media type of ${name} than was signed`)
    }
    const card = signingCertificate(parts.certificate, trust)
    report.signer = card.signer
    if (!sha256(parts.certificate).equals(parts.certificateDigest))
      throw new BadContainer('another certificate was signed than the one that is there')
    if (!(await holds(parts.element, card.key, container.files)))
      throw new BadContainer('the signature value does not fit what is said to be signed')
    const { at } = readTimestamp(parts.timestamp, sha256(parts.signatureValue), trust.timeStamps)
    report.at = at
    if (!wasValid(card, at)) throw new BadContainer('the certificate was not valid when it was used')
    const status = readStatus(parts.ocsp, parts.certificate, trust.cardAuthority)
    const after = status.at.getTime() - at.getTime()
    if (after < -CLOCKS_MS || after > STATUS_WITHIN_MS)
      throw new BadContainer('the status of the certificate is not from the time of signing')
    if (status.status !== 'good')
      throw new BadContainer(`the certificate was ${status.status} when it was used`)
    const original = valid.get(parts.signedInfo)
    if (original) throw new BadContainer(`this is a copy of the signature ${original}, which counts once`)
    valid.set(parts.signedInfo, parts.id)
  } catch (error) {
    report.problem = said(error)
  }
  return report
}

/** Whatever a hostile container makes a library throw is a reason to refuse it, never a fault of ours. */
const said = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 300)
