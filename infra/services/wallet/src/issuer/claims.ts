import type { DisclosureFrame } from './credential.ts'

/** What the population register says about a person. */
export interface Registered {
  readonly code: string
  readonly given: string
  readonly family: string
  /** `YYYY-MM-DD` */
  readonly birth: string
  readonly sex: string
  /** Null when it is protected. */
  readonly address: string | null
  readonly municipality: string | null
}

const AGES = [14, 16, 18, 21, 65] as const

/** Full years between two days, `YYYY-MM-DD` each. Somebody born on 29 February has a birthday on 1 March in common years. */
export function ageOn(birth: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4))
  return today.slice(5) < birth.slice(5) ? years - 1 : years
}

/** Person identification data in the names of the EU's PID rulebook for SD-JWT VC. */
export function pidClaims(person: Registered, today: string) {
  const age = ageOn(person.birth, today)
  return {
    given_name: person.given,
    family_name: person.family,
    birthdate: person.birth,
    sex: person.sex === 'M' ? 1 : 2,
    personal_administrative_number: person.code,
    age_equal_or_over: Object.fromEntries(AGES.map((years) => [String(years), age >= years])),
    ...(person.address
      ? { address: { formatted: person.address, locality: person.municipality ?? '', country: 'EE' } }
      : {}),
    issuing_authority: 'Police and Border Guard of Meremaa',
    issuing_country: 'EE',
  }
}

/** Everything about the person is disclosed one by one, each age limit for itself. */
export function pidFrame(claims: ReturnType<typeof pidClaims>): DisclosureFrame {
  const open = ['issuing_authority', 'issuing_country', 'age_equal_or_over']
  return {
    _sd: Object.keys(claims).filter((name) => !open.includes(name)),
    age_equal_or_over: { _sd: Object.keys(claims.age_equal_or_over) },
  }
}
