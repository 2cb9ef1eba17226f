import { createPublicKey, verify, X509Certificate } from 'node:crypto'
import type { Queryable } from '../../kit/database.ts'
import type { Authorities, Use } from './authority.ts'
import { findCertificate } from './certificates.ts'
import type { Resident } from './resident.ts'
import { findResident } from './residents.ts'

/** What was wrong with a card's answer. The message is for the log; the person sees a plain sentence. */
export class Refused extends Error {
  override name = 'Refused'
}

/** What a card reader gives back: the certificate (DER) and an ECDSA signature (r and s side by side), both base64. */
export interface CardAnswer {
  readonly certificate: string
  readonly signature: string
}

export interface Holder extends Resident {
  /** Serial number of the certificate, hex. */
  readonly serial: string
}

/** What the authentication key signs: where the person logs in, and the challenge. So an answer is good at one place only. */
export const challengeText = (origin: string, challenge: string): string => `${origin}\n${challenge}`

/** Reads JSON `{certificate, signature}`. Throws `Refused`. */
export function readAnswer(text: unknown): CardAnswer {
  let answer: Readonly<Record<string, unknown>>
  try {
    answer = Object(JSON.parse(String(text)))
  } catch {
    throw new Refused('the answer of the card is not JSON')
  }
  const { certificate, signature } = answer
  if (typeof certificate !== 'string' || typeof signature !== 'string')
    throw new Refused('the answer of the card is incomplete')
  return { certificate, signature }
}

/**
 * Whose card signed `text`, with its certificate for `use`: issued by the authority of that use, in its time, not revoked. Throws `Refused`.
 */
export async function verifyCard(
  db: Queryable,
  authorities: Authorities,
  { certificate, signature }: CardAnswer,
  use: Use,
  text: string,
): Promise<Holder> {
  const shown = readCertificate(certificate)
  if (!shown.verify(createPublicKey(authorities[use].key)))
    throw new Refused(`the certificate is not of the authority for ${use}`)
  const now = new Date()
  if (now < new Date(shown.validFrom) || now > new Date(shown.validTo))
    throw new Refused(`the certificate is valid from ${shown.validFrom} to ${shown.validTo}`)
  const known = await findCertificate(db, shown.serialNumber.toLowerCase())
  if (!known) throw new Refused('the authority has no such certificate')
  if (known.revoked) throw new Refused(`the certificate is revoked: ${known.reason}`)
  const key = { key: shown.publicKey, dsaEncoding: 'ieee-p1363' } as const
  if (!verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64')))
    throw new Refused('the card signed something else')
  const resident = await findResident(db, known.number)
  if (!resident) throw new Refused('nobody is registered under the number')
  return { ...resident, serial: known.serial }
}

function readCertificate(base64: string): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'))
  } catch {
    throw new Refused('this is no certificate')
  }
}
