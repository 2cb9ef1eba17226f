import { insertRows, type Queryable } from '../../kit/database.ts'
import { citizens, fullName, NATION_YEAR, nation, type Person } from '../../kit/nation/nation.ts'
import { randomStream } from '../../kit/nation/random.ts'
import { environment } from '../../kit/secrets.ts'
import { announce, type District, NATIONAL } from './elections.ts'
import { COUNTIES, districtOf, isOfAge } from './eligibility.ts'

const DAY = `${NATION_YEAR}-12-13`
const TITLE = {
  en: 'Election of the Parliament of Meremaa',
  et: 'Meremaa parlamendi valimised',
  ja: 'メレマー国会議員選挙',
}
const LISTS = ['Rannarahva Liit', 'Saarte Koostöö', 'Digiriik 2030'] as const
const CANDIDATES = 6

/** Draws up the voter list of the seeded nation and announces the national election. */
export async function seed(db: Queryable): Promise<void> {
  const land = nation(environment('KILP_SEED'))
  const voters = land.persons.filter(({ birth }) => isOfAge(birth, DAY))
  await insertRows(
    db,
    'voter',
    voters.map(({ code, birth, address }) => ({ code, birth, district: districtOf(address.county) })),
  )
  const districts = COUNTIES.map((name) => districtAt(name, land.seed, citizens(land)))
  await announce(db, { id: NATIONAL, kind: 'national', title: TITLE, day: DAY, districts, startedBy: null })
}

/** Candidates stand where they live: six of each district, two a list, numbered from 101. */
function districtAt(name: string, seed: string, people: readonly Person[]): District {
  const district = districtOf(name)
  const next = randomStream(`candidates/${seed}/${district}`)
  const draw = people
    .filter(({ address }) => address.county === name)
    .map((person) => ({ person, place: next() }))
    .sort((a, b) => a.place - b.place)
    .slice(0, CANDIDATES)
  const candidates = draw.map(({ person }, i) => ({
    choice: `${district}.${101 + i}`,
    name: fullName(person),
    list: LISTS[i % LISTS.length] as string,
  }))
  return { district, name, candidates }
}
