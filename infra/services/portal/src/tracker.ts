import type { Lang } from '../../kit/html.ts'
import { NATION_YEAR } from '../../kit/nation/nation.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { type Answer, familyOf, findUsage, type Usages } from './registers.ts'

/** Registers that journal each use of a person's data. */
export const REGISTERS = ['population', 'tax'] as const
export type Register = (typeof REGISTERS)[number]

export interface RegisterUsage {
  readonly register: Register
  readonly answer: Answer<Usages>
}

/**
 * Who looked at data about `of`: each register is asked live, nothing is kept. Null when `user` has no right to know;
 * people see their own usage and that of their children under age. `from`: not before this moment.
 */
export async function usageOf(
  xroad: XroadClient,
  user: string,
  of: string,
  { lang, from }: { readonly lang: Lang; readonly from?: string | undefined },
): Promise<readonly RegisterUsage[] | null> {
  if (!(await mayActFor(xroad, user, of))) return null
  return Promise.all(
    REGISTERS.map(async (register) => ({
      register,
      answer: await findUsage(xroad, register, { user }, of, { lang, from }),
    })),
  )
}

const AGE_OF_MAJORITY = 18

/** Whether `user` is `of`, or a parent of the child `of` according to the population register as it is now. */
export async function mayActFor(xroad: XroadClient, user: string, of: string): Promise<boolean> {
  if (user === of) return true
  const family = await familyOf(xroad, { user }, user)
  if (!family.asked) return false
  return family.value.some(({ code, tie, birth }) => code === of && tie === 'child' && !ofAge(birth))
}

/** Ages count in the seeded nation's own year. */
const ofAge = (birth: string): boolean => NATION_YEAR - Number(birth.slice(0, 4)) >= AGE_OF_MAJORITY
