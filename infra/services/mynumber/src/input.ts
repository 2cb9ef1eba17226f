import { isMyNumber } from '../../kit/nation/codes.ts'
import type { Resident } from './resident.ts'

const LONGEST = 200

/** A text of 1 to 200 characters without its outer spaces; null when it is none. */
export function readText(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const text = value.trim()
  return text.length > 0 && text.length <= LONGEST ? text : null
}

/** A day, `YYYY-MM-DD`; null when the calendar has none such. */
export function readDay(value: unknown): string | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return null
  const date = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value) ? value : null
}

/** A resident as the counter registers one; null when something is missing or the number's check digit is wrong. */
export function readResident(number: string, body: Readonly<Record<string, unknown>>): Resident | null {
  const [name, address, birth] = [readText(body.name), readText(body.address), readDay(body.birth)]
  const { sex } = body
  if (!isMyNumber(number) || !name || !address || !birth || (sex !== 'M' && sex !== 'F')) return null
  return { number, name, address, birth, sex }
}
