import { randomStream } from './random.ts'

/** Numbers with check digits, as their standards define them. All of them are made up. */

const FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1] as const
const SECOND = [3, 4, 5, 6, 7, 8, 9, 1, 2, 3] as const

const weighed = (digits: string, weights: readonly number[]) =>
  weights.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0) % 11

/** Eleventh digit of an Estonian-style personal code (EVS 585): two rounds of weights modulo 11, then 0. */
export function personCheckDigit(tenDigits: string): number {
  const first = weighed(tenDigits, FIRST)
  if (first < 10) return first
  const second = weighed(tenDigits, SECOND)
  return second < 10 ? second : 0
}

/** Personal code: century and sex, birth date `YYYY-MM-DD`, serial 0..999, check digit. */
export function personCode(sex: 'M' | 'F', birth: string, serial: number): string {
  const year = Number(birth.slice(0, 4))
  const century = (Math.floor(year / 100) - 18) * 2 + (sex === 'M' ? 1 : 2)
  const ten = `${century}${birth.slice(2, 4)}${birth.slice(5, 7)}${birth.slice(8, 10)}${String(serial).padStart(3, '0')}`
  return `${ten}${personCheckDigit(ten)}`
}

export const isPersonCode = (code: string): boolean =>
  /^[1-8]\d{10}$/.test(code) && personCheckDigit(code.slice(0, 10)) === Number(code[10])

/** IBAN (ISO 13616) of country `EE` with its two check digits (ISO 7064 mod 97-10) over a 16-digit account. */
export function iban(account: string): string {
  const check = 98n - (BigInt(`${account}141400`) % 97n)
  return `EE${String(check).padStart(2, '0')}${account}`
}

export const isIban = (text: string): boolean => {
  const compact = text.replace(/\s/g, '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(compact)) return false
  const digits = (compact.slice(4) + compact.slice(0, 4)).replace(/[A-Z]/g, (c) =>
    String(c.charCodeAt(0) - 55),
  )
  return BigInt(digits) % 97n === 1n
}

/**
 * My Number of a person from Japan: eleven digits that follow from the personal code, and the check digit (Ordinance 85 of the Ministry of
 * Internal Affairs of 2014, article 5: weights 2..7 and 2..6 from the right, modulo 11).
 */
export function myNumber(code: string): string {
  const next = randomStream(`my number/${code}`)
  const digits = Array.from({ length: 11 }, () => Math.floor(next() * 10)).join('')
  return `${digits}${myNumberCheckDigit(digits)}`
}

export function myNumberCheckDigit(elevenDigits: string): number {
  const sum = [...elevenDigits]
    .reverse()
    .reduce((s, digit, i) => s + Number(digit) * (i < 6 ? i + 2 : i - 4), 0)
  const rest = sum % 11
  return rest <= 1 ? 0 : 11 - rest
}

export const isMyNumber = (text: string): boolean =>
  /^\d{12}$/.test(text) && myNumberCheckDigit(text.slice(0, 11)) === Number(text[11])
