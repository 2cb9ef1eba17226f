import { timingSafeEqual } from 'node:crypto'

/** A variable of the environment that service.yaml promises. Throws, naming it, when it is not there. */
export function environment(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set in the environment (see service.yaml)`)
  return value
}

/** PEM text from a key that came base64-encoded on one line. */
export const pem = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8')

/** Compares secrets in constant time. */
export function sameSecret(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
