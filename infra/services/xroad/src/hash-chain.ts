import { der } from '../../kit/der.ts'
import { sha512 } from './rest-message.ts'

/** Namespaces and form are those of the hash chains that real security servers make; all digests are SHA-512. */
const START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const NAMESPACES = 'xmlns="http://www.w3.org/2000/09/xmldsig#" xmlns:ns2="http://cyber.ee/hashchain"'
export const SHA512 = 'http://www.w3.org/2001/04/xmlenc#sha512'

/** A digest of the one step of a chain: of a file of the container (`uri`), or of something that is not in it. */
export interface ChainValue {
  readonly digest: Buffer
  readonly uri?: string
}

/** A hash chain of one step, and its result, which is what gets signed or time-stamped in place of all that the step names. */
export function hashChain(
  values: readonly ChainValue[],
  chainUri: string,
): { chain: string; result: string } {
  const items = values.map(({ digest, uri }) => {
    const value = `<DigestValue>${digest.toString('base64')}</DigestValue>`
    return uri
      ? `<ns2:DataRef URI="${uri}">${value}</ns2:DataRef>`
      : `<ns2:HashValue>${value}</ns2:HashValue>`
  })
  const digest = stepDigest(values.map((value) => value.digest)).toString('base64')
  return {
    chain: `${START}<ns2:HashChain ${NAMESPACES}><ns2:DefaultDigestMethod Algorithm="${SHA512}"/><ns2:HashStep id="STEP0">${items.join('')}</ns2:HashStep></ns2:HashChain>`,
    result: `${START}<ns2:HashChainResult URI="${chainUri}#STEP0" ${NAMESPACES}><DigestMethod Algorithm="${SHA512}"/><DigestValue>${digest}</DigestValue></ns2:HashChainResult>`,
  }
}

/** Digest of a step: over the DER of a SEQUENCE OF { digest OCTET STRING, algorithm UTF8String, transforms SEQUENCE }. */
export function stepDigest(digests: readonly Buffer[]): Buffer {
  const items = digests.map((digest) =>
    der(0x30, der(0x04, digest), der(0x0c, Buffer.from(SHA512)), der(0x30)),
  )
  return sha512(der(0x30, ...items))
}
