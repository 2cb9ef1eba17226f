import { type Answer, type Asker, askRegister } from './ask-register.ts'
import { NATION_YEAR } from './nation/nation.ts'
import type { XroadClient } from './xroad-client.ts'

/** A relative of a person in the population register. `tie`: what the relative is to the person. */
export interface Relative {
  readonly code: string
  readonly given: string
  readonly family: string
  readonly birth: string
  readonly tie: 'parent' | 'child' | 'spouse' | 'guardian' | 'ward'
}

/** Relatives of `code` as the population register has them now. */
export const familyOf = (
  xroad: XroadClient,
  asker: Asker,
  code: string,
): Promise<Answer<readonly Relative[]>> =>
  askRegister(
    xroad,
    { service: 'population/persons', path: `/${code}/family`, ...asker },
    ({ relatives }) => {
      if (!Array.isArray(relatives)) throw new Error('the register names no relatives')
      return relatives as Relative[]
    },
  )

const AGE_OF_MAJORITY = 18

/** Ages count in the seeded nation's own year. */
export const ofAge = (birth: string): boolean => NATION_YEAR - Number(birth.slice(0, 4)) >= AGE_OF_MAJORITY

/** For whom `user` may act: their children under age, and people under their guardianship. */
export async function represented(xroad: XroadClient, user: string): Promise<Answer<readonly Relative[]>> {
  const family = await familyOf(xroad, { user }, user)
  if (!family.asked) return family
  const value = family.value.filter(({ tie, birth }) => tie === 'ward' || (tie === 'child' && !ofAge(birth)))
  return { asked: true, value }
}

/** Whether `user` may act for `of`: it is they themselves, or one whom they represent. No mandate can be shown while the register is silent. */
export async function mayActFor(xroad: XroadClient, user: string, of: string): Promise<boolean> {
  if (user === of) return true
  const people = await represented(xroad, user)
  return people.asked && people.value.some(({ code }) => code === of)
}
