import { iban, personCode } from './codes.ts'
import {
  EMPLOYERS,
  FAMILY_NAMES,
  FEMALE_NAMES,
  JAPANESE_NAMES,
  MALE_NAMES,
  PLACES,
  STREETS,
} from './names.ts'
import { randomStream } from './random.ts'

/** The people of one enclave: the same seed gives the same people to every service and to the probe. */
export interface Nation {
  readonly seed: string
  readonly persons: readonly Person[]
  readonly byCode: ReadonlyMap<string, Person>
  readonly employers: readonly Employer[]
}

export interface Employer {
  /** Registry code, eight digits. The first is the state. */
  readonly code: string
  readonly name: string
}

export interface Person {
  readonly code: string
  readonly given: string
  readonly family: string
  readonly sex: 'M' | 'F'
  /** `YYYY-MM-DD` */
  readonly birth: string
  readonly address: {
    readonly street: string
    readonly town: string
    readonly county: string
    readonly postcode: string
  }
  /** The address must not be told to anybody but the person and the police. */
  readonly protectedAddress: boolean
  readonly phone: string
  readonly email: string
  readonly iban: string
  /** Codes. */
  readonly partner: string | null
  readonly parents: readonly string[]
  readonly children: readonly string[]
  /** Code of the guardian of a person under guardianship. */
  readonly guardian: string | null
  readonly work: Work | null
}

export interface Work {
  readonly employer: string
  readonly role: 'employee' | 'tax-officer' | 'population-officer' | 'police' | 'doctor' | 'teacher'
  /** Gross a month and income tax withheld a month, in whole euros. */
  readonly monthlyGross: number
  readonly monthlyWithheld: number
}

const HOUSEHOLDS = 200
/** Year in which everybody's age is counted. */
export const NATION_YEAR = 2026

type Draft = { -readonly [K in keyof Person]: Person[K] } & { children: string[] }

/** Generates about 600 people in 200 households. Pure: no clock, no chance but the seed. */
export function nation(seed: string): Nation {
  const next = randomStream(`nation/${seed}`)
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const employers = EMPLOYERS.map((name, i) => ({ code: String(70_000_001 + i * 1_013), name }))
  const taken = new Set<string>()
  const persons: Draft[] = []

  const born = (fromAge: number, toAge: number) =>
    `${NATION_YEAR - int(fromAge, toAge)}-${String(int(1, 12)).padStart(2, '0')}-${String(int(1, 28)).padStart(2, '0')}`

  const person = (sex: 'M' | 'F', family: string, birth: string, address: Person['address']): Draft => {
    let code = personCode(sex, birth, int(0, 999))
    while (taken.has(code)) code = personCode(sex, birth, int(0, 999))
    taken.add(code)
    const given = pick(sex === 'M' ? MALE_NAMES : FEMALE_NAMES)
    const made: Draft = {
      code,
      given,
      family,
      sex,
      birth,
      address,
      protectedAddress: next() < 0.02,
      phone: `+3725${String(1_000_000 + persons.length * 7_919).slice(0, 7)}`,
      email: `citizen${persons.length + 1}@post.meremaa.example`,
      iban: iban(
        `22${String(int(0, 99_999_999)).padStart(8, '0')}${String(persons.length).padStart(6, '0')}`,
      ),
      partner: null,
      parents: [],
      children: [],
      guardian: null,
      work: null,
    }
    persons.push(made)
    return made
  }

  const employ = (who: Draft, role: Work['role'], employer: Employer) => {
    const monthlyGross = int(900, 4_800)
    who.work = {
      employer: employer.code,
      role,
      monthlyGross,
      monthlyWithheld: Math.round(monthlyGross * 0.22),
    }
  }

  for (let home = 0; home < HOUSEHOLDS; home++) {
    const place = pick(PLACES)
    const address = { street: `${pick(STREETS)} ${int(1, 99)}-${int(1, 40)}`, ...place }
    const family = FAMILY_NAMES[home % FAMILY_NAMES.length] as string
    const mother = person('F', family, born(26, 58), address)
    const father = person('M', next() < 0.8 ? family : pick(FAMILY_NAMES), born(26, 60), address)
    mother.partner = father.code
    father.partner = mother.code
    for (const adult of [mother, father])
      if (next() < 0.9) employ(adult, 'employee', pick(employers.slice(1)))
    const children = int(0, 3)
    for (let i = 0; i < children; i++) {
      const child = person(next() < 0.5 ? 'M' : 'F', family, born(1, 17), address)
      child.parents = [mother.code, father.code]
      mother.children.push(child.code)
      father.children.push(child.code)
    }
    if (home % 10 === 3) person(next() < 0.5 ? 'M' : 'F', family, born(68, 94), address)
  }
  staff(persons, employers, employ)
  const old = persons.filter((p) => Number(p.birth.slice(0, 4)) < NATION_YEAR - 66)
  for (const elder of old.slice(0, 2)) elder.guardian = persons[0]?.code ?? null
  return { seed, persons, byCode: new Map(persons.map((p) => [p.code, p])), employers }
}

/** Place of the school among the employers. */
const SCHOOL = 10

/** Officials, doctors and teachers: the last adults of the list, so that the first households stay ordinary citizens. */
function staff(
  persons: readonly Draft[],
  employers: readonly Employer[],
  employ: (who: Draft, role: Work['role'], employer: Employer) => void,
): void {
  const adults = persons.filter((p) => p.partner !== null).toReversed()
  const roles: readonly Work['role'][] = ['tax-officer', 'population-officer', 'police', 'doctor']
  const [state, , hospital] = employers
  const school = employers[SCHOOL]
  if (!state || !hospital || !school) return
  for (let i = 0; i < 24; i++) {
    const role = roles[i % roles.length] as Work['role']
    const who = adults[i]
    if (who) employ(who, role, role === 'doctor' ? hospital : state)
  }
  for (const who of adults.slice(24, 32)) employ(who, 'teacher', school)
}

/** `YYYY-MM-DD` before which a person is an adult. */
const isAdult = (person: Person) => Number(person.birth.slice(0, 4)) <= NATION_YEAR - 19

/** Working adults with an ordinary job: the citizens of journeys. */
export const citizens = (land: Nation): readonly Person[] =>
  land.persons.filter((p) => isAdult(p) && p.work?.role === 'employee' && !p.protectedAddress)

export const officials = (land: Nation, role: Work['role']): readonly Person[] =>
  land.persons.filter((p) => p.work?.role === role)

/** Citizens who came from Japan and have a My Number there (`myNumber` of codes.ts). */
export const residentsFromJapan = (land: Nation): readonly Person[] =>
  citizens(land).filter((p) => JAPANESE_NAMES.includes(p.family))

/** Retired people without a guardian. */
export const elders = (land: Nation): readonly Person[] =>
  land.persons.filter((p) => Number(p.birth.slice(0, 4)) < NATION_YEAR - 66 && p.guardian === null)

/** Pairs of parent and child. */
export const parents = (land: Nation): readonly Person[] =>
  citizens(land).filter((p) => p.children.length > 0)

export const fullName = (person: Pick<Person, 'given' | 'family'>): string =>
  `${person.given} ${person.family}`
export const addressLine = ({ address }: Pick<Person, 'address'>): string =>
  `${address.street}, ${address.postcode} ${address.town}, ${address.county}`
export const employerOf = (land: Nation, person: Person): Employer | undefined =>
  land.employers.find((e) => e.code === person.work?.employer)
