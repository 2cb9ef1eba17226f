import { describe, expect, test } from 'vitest'
import { CROWDS, castValue, openCast } from '../../infra/probe/src/people.ts'
import { JAPANESE_NAMES } from '../../infra/services/kit/nation/names.ts'
import type { Person } from '../../infra/services/kit/nation/nation.ts'
import { NATION_YEAR } from '../../infra/services/kit/nation/nation.ts'
import { PERSONA_ROLES, type PersonaRole } from '../../server/exercise/scenario/citizens.ts'
import { population } from './probe-here.ts'

const ageOf = ({ birth }: Person) => NATION_YEAR - Number(birth.slice(0, 4))

const IS: Readonly<Record<PersonaRole, (person: Person) => boolean>> = {
  worker: ({ work }) => work?.role === 'employee',
  elder: (person) => ageOf(person) > 66,
  parent: ({ children }) => children.length > 0,
  pupil: (person) => ageOf(person) < 20 && person.parents.length > 0,
  resident: ({ family }) => JAPANESE_NAMES.includes(family),
  doctor: ({ work }) => work?.role === 'doctor',
  teacher: ({ work }) => work?.role === 'teacher',
  'tax-officer': ({ work }) => work?.role === 'tax-officer',
  'population-officer': ({ work }) => work?.role === 'population-officer',
  police: ({ work }) => work?.role === 'police',
}

describe('roles of personas', () => {
  test('are those that the probe finds people for', () => {
    expect(Object.keys(CROWDS).toSorted()).toEqual([...PERSONA_ROLES].toSorted())
  })

  test.each(PERSONA_ROLES)('%s: the citizen is one', (role) => {
    for (const run of ['a', 'b', 'c', 'd']) {
      const cast = openCast(population, run, role)
      const person = cast.person('citizen')
      expect(person && IS[role](person)).toBe(true)
      cast.release()
    }
  })

  test('nobody of them is under protection, whom a look-up must not find', () => {
    const crowd = PERSONA_ROLES.flatMap((role) => CROWDS[role]?.(population) ?? [])
    expect(crowd.some(({ protectedAddress }) => protectedAddress)).toBe(true)
    for (const role of PERSONA_ROLES)
      for (let run = 0; run < 300; run += 1) {
        const cast = openCast(population, `${run}`, role)
        expect(cast.person('citizen')?.protectedAddress).toBe(false)
        cast.release()
      }
  })

  test('a role that the nation does not offer is nobody, and never somebody else', () => {
    const cast = openCast(population, 'run', 'astronaut')
    expect(castValue(cast, population.land, 'citizen.code')).toBeUndefined()
  })
})

describe('somebody retired', () => {
  test('is somebody else in every run that goes on, and nobody whom a visitor plays; when it is over, anybody may', () => {
    const visitor = openCast(population, 'visit', 'elder')
    const played = new Set([visitor.person('citizen')?.code])
    const [one, other] = [openCast(population, 'one'), openCast(population, 'other')]
    // As many as there are, in turns.
    for (let n = 1; n < population.elders.length; n += 1) {
      const { code } = (n % 2 ? one : other).retired()
      expect([n, played.has(code)]).toEqual([n, false])
      played.add(code)
    }
    for (const cast of [visitor, one, other]) cast.release()
    expect(population.elders.filter(({ code }) => population.busy.has(code))).toEqual([])
  })
})
