import { insertRows, type Queryable } from '../../kit/database.ts'
import { addressLine, nation } from '../../kit/nation/nation.ts'

/** Registers the seeded nation: persons and their family ties. */
export async function seedPersons(db: Queryable, seed: string): Promise<void> {
  const { persons } = nation(seed)
  await insertRows(
    db,
    'person',
    persons.map((person) => ({
      code: person.code,
      given: person.given,
      family: person.family,
      birth: person.birth,
      sex: person.sex,
      address: addressLine(person),
      municipality: person.address.town,
      phone: person.phone,
      deceased: null,
      protected: person.protectedAddress,
    })),
  )
  const ties = persons.flatMap(({ code, partner, parents, children, guardian }) => [
    ...parents.map((relative) => ({ person: code, relative, tie: 'parent' })),
    ...children.map((relative) => ({ person: code, relative, tie: 'child' })),
    ...(partner ? [{ person: code, relative: partner, tie: 'spouse' }] : []),
    ...(guardian
      ? [
          { person: code, relative: guardian, tie: 'guardian' },
          { person: guardian, relative: code, tie: 'ward' },
        ]
      : []),
  ])
  await insertRows(db, 'family_tie', ties)
}
