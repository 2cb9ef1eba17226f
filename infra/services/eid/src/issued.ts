import { X509Certificate } from 'node:crypto'
import { CARD_USES, cardSerial } from '../../kit/card-serial.ts'
import type { Identity } from './authority.ts'
import { plainSerial } from './cards.ts'

/** Which certificates (serial number, hex) the card authority has issued: those on the cards of these people, and of its own services. */
export function issuedTo(
  people: readonly { readonly code: string }[],
  services: readonly Identity[],
): (serial: string) => boolean {
  const serials = new Set([
    ...people.flatMap(({ code }) => CARD_USES.map((use) => plainSerial(cardSerial(code, use)))),
    ...services.map(({ cert }) => plainSerial(new X509Certificate(cert).serialNumber)),
  ])
  return (serial) => serials.has(plainSerial(serial))
}
