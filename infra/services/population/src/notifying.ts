import type { Queryable } from '../../kit/database.ts'
import type { Caller } from '../../kit/xroad-provider.ts'

/** Authorities whose officials register where anybody lives. All others pass on what the person says. */
const AUTHORITIES: readonly string[] = ['municipality']

/**
 * Whether the caller's user may say where this person lives from now on: an official of a municipality for anybody, everybody else for
 * themselves and for their children under age.
 */
export async function mayNotify(db: Queryable, { subsystem, user }: Caller, code: string): Promise<boolean> {
  if (AUTHORITIES.includes(subsystem) || user === code) return true
  const { rowCount } = await db.query(
    `select from family_tie join person on person.code = family_tie.person
     where family_tie.person = $1 and relative = $2 and tie = 'parent' and birth > current_date - interval '18 years'`,
    [code, user],
  )
  return rowCount === 1
}
