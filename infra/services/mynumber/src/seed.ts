import { insertRows, type Queryable } from '../../kit/database.ts'
import { myNumber } from '../../kit/nation/codes.ts'
import { addressLine, fullName, nation, residentsFromJapan } from '../../kit/nation/nation.ts'
import { environment } from '../../kit/secrets.ts'

/** Registers the people of the seeded nation who came from Japan. They have no card yet: the counter issues it. */
export async function seed(db: Queryable): Promise<void> {
  await insertRows(
    db,
    'resident',
    residentsFromJapan(nation(environment('KILP_SEED'))).map((person) => ({
      number: myNumber(person.code),
      name: fullName(person),
      birth: person.birth,
      sex: person.sex,
      address: addressLine(person),
    })),
  )
}
