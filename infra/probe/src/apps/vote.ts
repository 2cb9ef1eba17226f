import { createPublicKey, verify, X509Certificate } from 'node:crypto'
import { randomStream } from '../../../services/kit/nation/random.ts'
import {
  decodeChoice,
  encrypt,
  openWithRandomness,
  readCipher,
  writeCipher,
} from '../../../services/kit/voting/ballot.ts'
import { pointFromHex, scalarFromHex, scalarToHex, timesPublic } from '../../../services/kit/voting/group.ts'
import { checkTally, type Tally } from '../../../services/kit/voting/tally-check.ts'
import { combine } from '../../../services/kit/voting/threshold.ts'
import type { App } from '../app.ts'
import { keyOf } from '../certificate.ts'

const json = (value: unknown): string => JSON.stringify(value)
const base64url = (text: string): string => Buffer.from(text).toString('base64url')
const given = (input: Readonly<Record<string, string>>, name: string): string => {
  const value = input[name]
  if (value === undefined || value === '') throw new Error(`${name} is missing`)
  return value
}

/** The voter's finger on the list: `{first, second}`, two different choices out of `list`, as `luck` has it. */
export const choose: App = (input) => {
  const lists: unknown = JSON.parse(Buffer.from(given(input, 'list'), 'base64').toString('utf8'))
  const choices = Object.values(Object(lists))
    .flatMap((district) => Object.values(Object(district)))
    .flatMap((list) => Object.keys(Object(list)))
    .toSorted()
  if (choices.length < 2) throw new Error('there is nothing to choose from')
  const at = Math.floor(randomStream(given(input, 'luck'))() * choices.length)
  return { first: choices[at], second: choices[(at + 1) % choices.length] }
}

/**
 * The voting app encrypts `choice` under the election's `key`: the ballot's parts, `signingInput` (base64) for the card, and the randomness, which never
 * leaves the device but in the QR code. `ahead`: minutes by which the device's clock is wrong.
 */
export const encryptChoice: App = (input) => {
  const { cipher, randomness } = encrypt(pointFromHex(input.key), given(input, 'choice'))
  const { a, b } = writeCipher(cipher)
  const iat = Math.floor(Date.now() / 1000) + Number(input.ahead ?? 0) * 60
  const head = base64url(json({ alg: 'ES256', iat }))
  const payload = base64url(json({ election: given(input, 'election'), a, b }))
  const signingInput = Buffer.from(`${head}.${payload}`).toString('base64')
  return { protected: head, payload, signingInput, randomness: scalarToHex(randomness), a, b }
}

/** Puts the encrypted ballot and what the card gave back into the outer envelope: `{vote}`, base64 of a flattened JWS. */
export const seal: App = (input) => {
  const { protected: head, payload } = JSON.parse(given(input, 'ballot'))
  const { certificate, signature } = JSON.parse(given(input, 'card'))
  const jws = {
    protected: head,
    payload,
    header: { x5c: [certificate] },
    signature: Buffer.from(signature, 'base64').toString('base64url'),
  }
  return { vote: Buffer.from(json(jws)).toString('base64') }
}

/** What the voting app shows as a QR code: session, randomness and vote, a line each. */
export const qr: App = (input) => ({
  code: ['session', 'randomness', 'vote'].map((name) => given(input, name)).join('\n'),
})

export const readQr: App = (input) => {
  const [session, randomness, vote] = given(input, 'code').split('\n')
  return { session, randomness, vote }
}

/** The verification app: checks who signed the fetched vote, opens it with the randomness and shows `{choice, voter, election}`. */
export const verifyVote: App = (input, place) => {
  const jws = JSON.parse(Buffer.from(given(input, 'vote'), 'base64').toString('utf8'))
  const certificate = new X509Certificate(Buffer.from(jws.header.x5c[0], 'base64'))
  if (!certificate.verify(createPublicKey(keyOf(place.cardAuthority))))
    throw new Error('the signing certificate is not of the card authority')
  const key = { key: certificate.publicKey, dsaEncoding: 'ieee-p1363' } as const
  if (
    !verify(
      'sha256',
      Buffer.from(`${jws.protected}.${jws.payload}`),
      key,
      Buffer.from(jws.signature, 'base64url'),
    )
  )
    throw new Error('the signature does not hold')
  const { election, a, b } = JSON.parse(Buffer.from(jws.payload, 'base64url').toString('utf8'))
  const randomness = scalarFromHex(input.randomness)
  return {
    choice: openWithRandomness(pointFromHex(input.key), readCipher({ a, b }), randomness),
    voter: /^serialNumber=PNOEE-(\d{11})$/m.exec(certificate.subject)?.[1],
    election,
  }
}

/**
 * The auditor's app: checks a published tally from the key to the counts. `expected` (choices, blanks between) is compared with what was counted, `cast`:
 * `asCast`. Throws with what does not hold.
 */
export const verifyTally: App = (input) => {
  const tally: Tally = JSON.parse(given(input, 'tally'))
  const counted = Object.entries(checkTally(tally)).flatMap(([choice, votes]) => Array(votes).fill(choice))
  const expected = (input.expected ?? '').split(' ').filter(Boolean)
  const cast = counted.toSorted().join(' ')
  return { valid: true, counted: counted.length, cast, asCast: cast === expected.toSorted().join(' ') }
}

/** What somebody with stolen key shares does: opens a ballot that is not theirs. `shares`: hex by holder, from 1. */
export const openWithShares: App = (input) => {
  const shares: readonly string[] = JSON.parse(given(input, 'shares'))
  const { a, b } = readCipher(JSON.parse(given(input, 'ballot')))
  const parts = shares
    .slice(0, 3)
    .map((share, i) => ({ holder: i + 1, d: timesPublic(a, scalarFromHex(share)) }))
  return { choice: decodeChoice(b.subtract(combine(parts))) }
}
