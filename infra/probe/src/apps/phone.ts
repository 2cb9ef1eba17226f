import { p256 } from '@noble/curves/nist.js'
import type { AppPlace } from '../app.ts'
import { cardOf, type Holder } from '../card.ts'

/** What the phone sends back: certificate (DER) and signature (r and s side by side), both base64. */
export interface PhoneAnswer {
  readonly certificate: string
  readonly signature: string
}

/** The key in the phone signs a hash (base64) as it is: it is not hashed once more. */
export async function signOnPhone(authority: string, holder: Holder, hash: string): Promise<PhoneAnswer> {
  const { key, certificate } = await cardOf(authority, holder, 'authentication')
  const secret = Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url')
  const signature = p256.sign(Buffer.from(hash, 'base64'), secret, { prehash: false })
  return { certificate, signature: Buffer.from(signature).toString('base64') }
}

/** Mobile-ID and Smart-ID: the person enters their PIN. With `person` (personal code) and `hash` (base64). */
export async function sign(
  { person = '', hash = '' }: Readonly<Record<string, string>>,
  place: AppPlace,
): Promise<PhoneAnswer> {
  const holder = place.population.land.byCode.get(person)
  if (!holder) throw new Error(`nobody has the code ${person}`)
  return signOnPhone(place.cardAuthority, holder, hash)
}
