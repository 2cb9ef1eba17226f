import type { Database } from '../../kit/database.ts'
import type { Login } from './login.ts'

export interface LoginRecord {
  readonly id: string
  readonly at: Date
  readonly service: string
  readonly method: string
}

/** No record, no login: rejects when the database does not take it. */
export async function recordLogin(db: Database, { person, method }: Login, service: string): Promise<void> {
  await db.query('insert into logins (code, method, service) values ($1, $2, $3)', [
    person.code,
    method,
    service,
  ])
}

/** The last hundred logins of a person, newest first. */
export async function loginsOf(db: Database, code: string): Promise<readonly LoginRecord[]> {
  const { rows } = await db.query<LoginRecord>(
    'select id, at, service, method from logins where code = $1 order by at desc limit 100',
    [code],
  )
  return rows
}
