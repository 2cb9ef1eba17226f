import { createHash, randomBytes } from 'node:crypto'
import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js'

/**
 * The group of all votes: ristretto255 (RFC 9496), of prime order, every element with exactly one encoding of 32 bytes. Elements are written
 * additively and travel as 64 hex digits; numbers modulo the order as 64 hex digits, most significant first.
 */
export type Point = InstanceType<typeof ristretto255.Point>

const { Fn } = ristretto255.Point
export const G: Point = ristretto255.Point.BASE
export const ZERO: Point = ristretto255.Point.ZERO
export const ORDER: bigint = Fn.ORDER

/** What was handed over is no element, number or ballot. The message says what, and is safe to show. */
export class Malformed extends Error {
  override name = 'Malformed'
}

export const mod = (n: bigint): bigint => ((n % ORDER) + ORDER) % ORDER
export const inverse = (n: bigint): bigint => Fn.inv(mod(n))

/** n times the element. Also for 0, which the library refuses. */
export const times = (point: Point, n: bigint): Point => {
  const scalar = mod(n)
  return scalar === 0n || point.is0() ? ZERO : point.multiply(scalar)
}

/** As `times`, for numbers that everybody knows: faster, and its duration depends on them. */
export const timesPublic = (point: Point, n: bigint): Point => {
  const scalar = mod(n)
  return scalar === 0n || point.is0() ? ZERO : point.multiplyUnsafe(scalar)
}

export const sum = (points: readonly Point[]): Point => points.reduce((all, point) => all.add(point), ZERO)

/** Uniform in 1..ORDER-1. */
export function randomScalar(): bigint {
  const n = BigInt(`0x${randomBytes(64).toString('hex')}`)
  return (n % (ORDER - 1n)) + 1n
}

export const scalarToHex = (n: bigint): string => mod(n).toString(16).padStart(64, '0')
export const pointToHex = (point: Point): string => point.toHex()

/** Throws `Malformed` unless it is the one encoding of a number below the order. */
export function scalarFromHex(value: unknown): bigint {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value)) throw new Malformed('not 64 hex digits')
  const n = BigInt(`0x${value}`)
  if (n >= ORDER) throw new Malformed('the number is not below the order of the group')
  return n
}

/** Throws `Malformed` unless it is the one encoding of an element. */
export function pointFromHex(value: unknown): Point {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value)) throw new Malformed('not 64 hex digits')
  try {
    return ristretto255.Point.fromHex(value)
  } catch {
    throw new Malformed('not an element of the group')
  }
}

/**
 * Challenge of a proof (Fiat-Shamir): SHA-512 over all parts, each as UTF-8 with its length in four bytes before it, modulo the order. The
 * first part names the proof, so that no two kinds of proof share challenges.
 */
export function challenge(...parts: readonly (string | Point)[]): bigint {
  const hash = createHash('sha512')
  for (const part of parts) {
    const bytes = Buffer.from(typeof part === 'string' ? part : pointToHex(part))
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    hash.update(length).update(bytes)
  }
  return mod(BigInt(`0x${hash.digest('hex')}`))
}

const known: Point[] = []

/** Elements of which nobody knows a relation: hash_to_ristretto255 (RFC 9380) of `kilp-vote generator <i>`, from 0. */
export function generators(count: number): readonly Point[] {
  while (known.length < count) {
    const name = new TextEncoder().encode(`kilp-vote generator ${known.length}`)
    known.push(ristretto255_hasher.hashToCurve(name) as Point)
  }
  return known.slice(0, count)
}
