import { randomInt } from 'node:crypto'
import { NATION_YEAR } from '../../../services/kit/nation/nation.ts'
import type { AppPlace } from '../app.ts'

const RETIRED = 66

/**
 * Somebody who is retired: no other script plays these people, so what happens to their card disturbs nobody. `group` (`a` or `b`) gives
 * one half of them.
 */
export function retired(
  { group = 'a' }: Readonly<Record<string, string>>,
  place: AppPlace,
): { readonly code: string } {
  const people = place.population.land.persons
    .filter(({ birth }) => NATION_YEAR - Number(birth.slice(0, 4)) > RETIRED)
    .filter((_, i) => i % 2 === (group === 'a' ? 0 : 1))
  const person = people[randomInt(people.length)]
  if (!person) throw new Error('nobody is retired')
  return { code: person.code }
}
