import { insertRows, type Queryable } from '../../kit/database.ts'
import { employerOf, nation } from '../../kit/nation/nation.ts'
import { randomStream } from '../../kit/nation/random.ts'
import { environment } from '../../kit/secrets.ts'
import { TAX_YEAR } from './api.ts'

/** What employers, schools, charities and banks reported about the seeded nation, and where refunds go. */
export async function seed(db: Queryable): Promise<void> {
  const land = nation(environment('KILP_SEED'))
  const year = TAX_YEAR
  const income: object[] = []
  const deductible: object[] = []
  for (const person of land.persons) {
    if (!person.work) continue
    const { code, work } = person
    const payer = employerOf(land, person)?.name ?? work.employer
    income.push({ code, year, payer, gross: work.monthlyGross * 12, withheld: work.monthlyWithheld * 12 })
    const next = randomStream(`tax/${land.seed}/${code}`)
    const euros = (most: number): number => Math.round(next() * most * 100) / 100
    if (next() < 0.4) deductible.push({ code, year, kind: 'training', amount: euros(400) })
    if (next() < 0.3) deductible.push({ code, year, kind: 'donations', amount: euros(150) })
    if (next() < 0.5) deductible.push({ code, year, kind: 'interest', amount: euros(300) })
  }
  await insertRows(db, 'income', income)
  await insertRows(db, 'deductible', deductible)
  await insertRows(
    db,
    'account',
    land.persons.map(({ code, iban }) => ({ code, iban })),
  )
}
