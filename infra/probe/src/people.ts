import { myNumber } from '../../services/kit/nation/codes.ts'
import {
  addressLine,
  citizens,
  elders,
  employerOf,
  fullName,
  type Nation,
  nation,
  officials,
  type Person,
  parents,
  residentsFromJapan,
} from '../../services/kit/nation/nation.ts'
import { randomStream } from '../../services/kit/nation/random.ts'
import {
  classOf,
  type SchoolClass,
  schoolClasses,
  schoolYear,
  teaches,
} from '../../services/kit/nation/schools.ts'

/** Those of whom a script may name one, by role. */
export interface Population {
  readonly land: Nation
  readonly citizens: readonly Person[]
  readonly officials: readonly Person[]
  readonly doctors: readonly Person[]
  readonly parents: readonly Person[]
  readonly teachers: readonly Person[]
  readonly elders: readonly Person[]
  /** Pupils of the school whose first parent is one of `citizens`. */
  readonly pupils: readonly Person[]
  readonly classes: readonly SchoolClass[]
  /** From Japan, with a My Number. */
  readonly residents: readonly Person[]
  /** Codes of citizens whom a run plays just now: two runs at once never play the same. */
  readonly busy: Set<string>
  /** Codes of citizens whom people at the exercise may be, see lent.ts: no run plays them, so that what is done in their name fails no check. */
  readonly lent: Set<string>
}

export function populationOf(seed: string): Population {
  const land = nation(seed)
  const ordinary = new Set(citizens(land).map(({ code }) => code))
  return {
    land,
    citizens: citizens(land),
    officials: officials(land, 'tax-officer'),
    doctors: officials(land, 'doctor'),
    parents: parents(land),
    teachers: officials(land, 'teacher'),
    elders: elders(land),
    pupils: land.persons.filter((p) => schoolYear(p) !== null && ordinary.has(p.parents[0] ?? '')),
    classes: schoolClasses(land),
    residents: residentsFromJapan(land),
    busy: new Set(),
    lent: new Set(),
  }
}

/** Everybody that a script may name; the same within one run. */
export interface Cast {
  person(role: string): Person | undefined
  /** Somebody retired, another one each time: what happens to their card disturbs nobody, since no other run plays them until this one is over. */
  retired(): Person
  /** The run is over: others may play these people. */
  release(): void
}

/** Whom of the nation a background user may be, by the roles that scenarios name: PERSONA_ROLES of the platform are these. */
export const CROWDS: Readonly<Record<string, (population: Population) => readonly Person[]>> = {
  worker: (population) => population.citizens,
  elder: (population) => population.elders,
  parent: (population) => population.parents,
  pupil: (population) => population.pupils,
  resident: (population) => population.residents,
  doctor: (population) => population.doctors,
  teacher: (population) => population.teachers,
  'tax-officer': (population) => population.officials,
  'population-officer': ({ land }) => officials(land, 'population-officer'),
  police: ({ land }) => officials(land, 'police'),
}

/** Draws the cast of one run, each role when it is first named; `role` says whom the citizen is. */
export function openCast(population: Population, runSeed: string, role = 'worker'): Cast {
  const { land, busy, lent } = population
  const taken = new Map<string, Person>()
  const related = new Set<string | null>()
  const draw = (role: string, from: readonly Person[]): Person => {
    const next = randomStream(`cast/${role}/${runSeed}`)
    const free = from.filter(({ code }) => !busy.has(code) && !lent.has(code) && !related.has(code))
    const list = free.length > 0 ? free : from
    return list[Math.floor(next() * list.length)] as Person
  }
  const take = (role: string, from: readonly Person[]): Person => {
    const person = draw(role, from)
    busy.add(person.code)
    for (const code of [person.code, person.partner, ...person.children, ...person.parents]) related.add(code)
    return person
  }
  const retired: Person[] = []
  const roles: Readonly<Record<string, () => Person | undefined>> = {
    citizen: () => {
      // Whose address is protected no register shows to others: a complaint about that would be one about a service that works.
      const crowd = CROWDS[role]?.(population).filter(({ protectedAddress }) => !protectedAddress)
      return crowd && take('citizen', crowd)
    },
    citizen2: () => take('citizen2', population.citizens),
    parent: () => take('parent', population.parents),
    child: () => land.byCode.get(cast.person('parent')?.children[0] ?? ''),
    // Officials do their work for many at once.
    official: () => draw('official', population.officials),
    doctor: () => draw('doctor', population.doctors),
    teacher: () => draw('teacher', population.teachers),
    resident: () => take('resident', population.residents),
    pupil: () => {
      const pupil = take(
        'pupil',
        population.pupils.filter((one) => !busy.has(one.parents[0] ?? '')),
      )
      // The pupil's parent plays along, whether the script names them or not.
      busy.add(pupil.parents[0] ?? '')
      return pupil
    },
    guardian: () => land.byCode.get(cast.person('pupil')?.parents[0] ?? ''),
    classteacher: () => draw('classteacher', staff(true)),
    otherteacher: () => draw('otherteacher', staff(false)),
  }
  /** Teachers who teach the pupil's class, or those who do not. */
  const staff = (own: boolean): readonly Person[] => {
    const schoolClass = classOf(population.classes, cast.person('pupil')?.code ?? '')
    return population.teachers.filter(
      ({ code }) => (schoolClass ? teaches(schoolClass, code) : false) === own,
    )
  }
  const cast: Cast = {
    person(role) {
      const known = taken.get(role)
      if (known) return known
      const person = roles[role]?.()
      if (person) taken.set(role, person)
      return person
    },
    retired() {
      const person = take(`retired ${retired.length}`, population.elders)
      retired.push(person)
      return person
    },
    release() {
      for (const { code } of retired) busy.delete(code)
      for (const role of ['citizen', 'citizen2', 'parent', 'resident', 'pupil'])
        busy.delete(taken.get(role)?.code ?? '')
      busy.delete(taken.get('pupil')?.parents[0] ?? '')
    },
  }
  return cast
}

const FIELDS: Readonly<Record<string, (person: Person, land: Nation) => string | number>> = {
  code: (person) => person.code,
  name: (person) => fullName(person),
  given: (person) => person.given,
  family: (person) => person.family,
  birth: (person) => person.birth,
  phone: (person) => person.phone,
  address: (person) => addressLine(person),
  iban: (person) => person.iban,
  // Gross a year, in whole euros.
  income: (person) => (person.work?.monthlyGross ?? 0) * 12,
  mynumber: (person) => myNumber(person.code),
  employer: (person, land) => employerOf(land, person)?.name ?? '',
}

/** `citizen.code`, `child.name` ...; undefined for what there is not. */
export function castValue(cast: Cast, land: Nation, name: string): string | number | undefined {
  const [role = '', field = ''] = name.split('.')
  const read = FIELDS[field]
  const person = read && cast.person(role)
  return person && read(person, land)
}
