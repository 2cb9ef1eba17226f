import { createPrivateKey, type JsonWebKey } from 'node:crypto'
import { SDJwtVcInstance, type SdJwtVcPayload } from '@sd-jwt/sd-jwt-vc'
import type { Certified } from '../certify.ts'
import { hasher, saltGenerator, seconds, signature } from '../jws.ts'
import type { StatusPlace } from '../status-list.ts'
import { VCT } from './metadata.ts'

/** Which claims are disclosed one by one (`_sd`), level by level. */
export interface DisclosureFrame {
  readonly _sd?: readonly string[]
  readonly [name: string]: DisclosureFrame | readonly string[] | undefined
}

export const CREDENTIAL_SECONDS = 90 * 86_400

export interface Signer {
  /**
   * An SD-JWT VC (`dc+sd-jwt`, ES256, certificate in `x5c`) bound to the holder's key.
   * `claims` are disclosed as `frame` says.
   */
  issue(options: {
    readonly claims: Readonly<Record<string, unknown>>
    readonly frame: DisclosureFrame
    readonly holder: JsonWebKey
    readonly status: StatusPlace
  }): Promise<string>
}

/** The state's signer of identity credentials. */
export function openSigner(issuer: string, { key, certificate }: Certified): Signer {
  const privateKey = createPrivateKey(key)
  const library = new SDJwtVcInstance({
    signer: (data) => signature(data, privateKey),
    signAlg: 'ES256',
    hasher,
    hashAlg: 'sha-256',
    saltGenerator,
  })
  return {
    issue({ claims, frame, holder, status }) {
      // Whole days: the moment of issue would let verifiers recognise one credential among many.
      const today = Math.floor(seconds() / 86_400) * 86_400
      const payload: SdJwtVcPayload = {
        ...claims,
        iss: issuer,
        vct: VCT,
        iat: today,
        exp: today + CREDENTIAL_SECONDS,
        cnf: { jwk: holder },
        status: { status_list: status },
      }
      // The library derives the frame's type from a payload that is known while compiling; ours is known when a person asks.
      return library.issue(payload, frame as never, { header: { x5c: [certificate] } })
    },
  }
}
