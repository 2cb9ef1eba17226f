import {
  addressLine,
  citizens,
  employerOf,
  fullName,
  type Nation,
  nation,
  officials,
  type Person,
  parents,
} from '../../services/kit/nation/nation.ts'
import { randomStream } from '../../services/kit/nation/random.ts'

/** Everybody that a script may name; the same within one run. */
export interface Cast {
  readonly citizen: Person
  readonly citizen2: Person
  readonly official: Person
  readonly doctor: Person
  readonly parent: Person
  readonly child: Person
}

const nations = new Map<string, Nation>()

export function nationOf(seed: string): Nation {
  const known = nations.get(seed)
  if (known) return known
  const made = nation(seed)
  nations.set(seed, made)
  return made
}

/** Draws the cast of one run from the nation. */
export function castFor(land: Nation, runSeed: string): Cast {
  const next = randomStream(`cast/${runSeed}`)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const citizen = pick(citizens(land))
  const related = new Set([citizen.code, citizen.partner, ...citizen.children, ...citizen.parents])
  const parent = pick(parents(land))
  const child = land.byCode.get(pick(parent.children)) as Person
  return {
    citizen,
    citizen2: pick(citizens(land).filter((person) => !related.has(person.code))),
    official: pick(officials(land, 'tax-officer')),
    doctor: pick(officials(land, 'doctor')),
    parent,
    child,
  }
}

const FIELDS: Readonly<Record<string, (land: Nation, person: Person) => string>> = {
  code: (_, person) => person.code,
  name: (_, person) => fullName(person),
  given: (_, person) => person.given,
  family: (_, person) => person.family,
  birth: (_, person) => person.birth,
  phone: (_, person) => person.phone,
  address: (_, person) => addressLine(person),
  iban: (_, person) => person.iban,
  income: (_, person) => String(person.work?.monthlyGross ?? 0),
  employer: (land, person) => employerOf(land, person)?.code ?? '',
}

/** `citizen.code`, `child.name` ...; undefined for what there is not. */
export function castValue(land: Nation, cast: Cast, name: string): string | undefined {
  const [who = '', field = ''] = name.split('.')
  const person = (cast as unknown as Record<string, Person | undefined>)[who]
  return person && FIELDS[field]?.(land, person)
}
