import type { Database } from '../../kit/database.ts'
import { familyOf, ofAge } from '../../kit/family.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { type Pupil, pupilOf } from './people.ts'

/**
 * Lets a parent follow a child's schooling, once the population register confirms that this is their child and under age. `silent`: the
 * register could not be asked; parents who were confirmed before go on as they are.
 */
export async function linkChild(
  db: Database,
  xroad: XroadClient,
  parent: string,
  child: string,
): Promise<Pupil | 'refused' | 'silent'> {
  const family = await familyOf(xroad, { user: parent }, parent)
  if (!family.asked) return 'silent'
  const confirmed = family.value.some(
    ({ code, tie, birth }) => code === child && tie === 'child' && !ofAge(birth),
  )
  const pupil = confirmed ? await pupilOf(db, child) : null
  if (!pupil) return 'refused'
  await db.query(
    `insert into guardian (parent, pupil) values ($1, $2)
     on conflict (parent, pupil) do update set confirmed_at = now()`,
    [parent, child],
  )
  return pupil
}
