import { G, Malformed, type Point, pointFromHex, pointToHex, randomScalar, times } from './group.ts'

/** The inner envelope: ElGamal of a choice under an election's key, `a = r G` and `b = M + r K`, as hex. */
export interface Cipher {
  readonly a: string
  readonly b: string
}

export interface Pair {
  readonly a: Point
  readonly b: Point
}

const MOST_BYTES = 29
const TRIES = 128

/**
 * A text as an element of the group: bytes 2..30 of the encoding are the text, padded with zeros, byte 1 is its length and byte 0 an even counter, taken
 * as the first that gives an element. One text is in 2^95 of all elements, so what decodes was encoded. Throws `Malformed`.
 */
export function encodeChoice(choice: string): Point {
  const text = new TextEncoder().encode(choice)
  if (text.length === 0 || text.length > MOST_BYTES) throw new Malformed('a choice has 1 to 29 bytes')
  const bytes = Buffer.alloc(32)
  bytes[1] = text.length
  bytes.set(text, 2)
  for (let i = 0; i < TRIES; i++) {
    bytes[0] = 2 * i
    try {
      return pointFromHex(bytes.toString('hex'))
    } catch (error) {
      if (!(error instanceof Malformed)) throw error
    }
  }
  throw new Malformed('this text can not be encoded')
}

/** The text that was encoded; null for an element that encodes none. */
export function decodeChoice(point: Point): string | null {
  const bytes = Buffer.from(pointToHex(point), 'hex')
  const length = bytes[1] ?? 0
  if (length === 0 || length > MOST_BYTES || bytes.subarray(2 + length).some((byte) => byte !== 0))
    return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(2, 2 + length))
  } catch {
    return null
  }
}

/** Throws `Malformed`. An `a` of zero would show the choice to everybody. */
export function readCipher(value: unknown): Pair {
  const { a, b } = Object(value)
  const pair = { a: pointFromHex(a), b: pointFromHex(b) }
  if (pair.a.is0()) throw new Malformed('the ballot is not encrypted')
  return pair
}

export const writeCipher = ({ a, b }: Pair): Cipher => ({ a: pointToHex(a), b: pointToHex(b) })

/** Encrypts a choice. Whoever knows the randomness can open this one ballot: only the voter's own devices see it. */
export function encrypt(key: Point, choice: string): { readonly cipher: Pair; readonly randomness: bigint } {
  const randomness = randomScalar()
  const cipher = { a: times(G, randomness), b: encodeChoice(choice).add(times(key, randomness)) }
  return { cipher, randomness }
}

/** Opens a ballot with the randomness it was made with. Throws `Malformed` when it was made with another or holds no choice. */
export function openWithRandomness(key: Point, { a, b }: Pair, randomness: bigint): string {
  if (!times(G, randomness).equals(a)) throw new Malformed('the ballot was not made with this randomness')
  const choice = decodeChoice(b.subtract(times(key, randomness)))
  if (choice === null) throw new Malformed('the ballot holds no choice')
  return choice
}
