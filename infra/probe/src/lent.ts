import { fullName, type Person } from '../../services/kit/nation/nation.ts'
import type { Population } from './people.ts'

/** A citizen as whom people at the exercise may sign in. */
export interface Lent {
  readonly code: string
  readonly name: string
  readonly role: string
  readonly birth: string
}

/** How many of each role: the rest is for the runs. */
const OF_EACH = 3

/**
 * Some of the nation, always the same, as whom people at the exercise may sign in. From then on no run plays those of them who would be somebody's own: what is done in their name
 * must not fail a check. Doctors and teachers work for many at once, as in runs.
 */
export function lendPeople(population: Population): readonly Lent[] {
  const { citizens, parents, elders, residents, doctors, teachers, lent } = population
  const crowds: readonly (readonly [string, readonly Person[], boolean])[] = [
    ['worker', citizens.filter(({ children }) => children.length === 0), true],
    ['parent', parents, true],
    ['elder', elders, true],
    ['resident', residents, true],
    ['doctor', doctors, false],
    ['teacher', teachers, false],
  ]
  const known = new Set<string>()
  return crowds.flatMap(([role, crowd, own]) =>
    crowd
      .filter(({ code, protectedAddress }) => !known.has(code) && !protectedAddress)
      .slice(-OF_EACH)
      .map((person) => {
        known.add(person.code)
        if (own) for (const code of [person.code, ...person.children]) lent.add(code)
        return { code: person.code, name: fullName(person), role, birth: person.birth }
      }),
  )
}
