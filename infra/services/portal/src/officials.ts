import { nation } from '../../kit/nation/nation.ts'

export interface Official {
  readonly role: 'tax-officer' | 'population-officer' | 'police'
}

const ROLES: readonly string[] = ['tax-officer', 'population-officer', 'police'] satisfies Official['role'][]

/** People whom the state employs to look things up, by personal code. */
export function officialsOf(seed: string): ReadonlyMap<string, Official> {
  const found = nation(seed).persons.flatMap(({ code, work }) =>
    work && ROLES.includes(work.role) ? [[code, { role: work.role } as Official] as const] : [],
  )
  return new Map(found)
}
