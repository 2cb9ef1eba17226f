import type { Database } from '../../kit/database.ts'
import type { Intent } from './xades.ts'

/** Keeps what a card is to sign for ten minutes. `place` says for what: `contract/7/49001011234`, `container/<id>`. */
export async function keepIntent(db: Database, place: string, intent: Intent): Promise<void> {
  await db.query("delete from prepared where at < now() - interval '10 minutes'")
  await db.query('insert into prepared (id, place, intent) values ($1, $2, $3)', [
    intent.id,
    place,
    JSON.stringify(intent),
  ])
}

/** Gives it out once; null when there is none for this place. */
export async function takeIntent(db: Database, place: string, id: string): Promise<Intent | null> {
  const { rows } = await db.query<{ intent: Intent }>(
    "delete from prepared where id = $1 and place = $2 and at > now() - interval '10 minutes' returning intent",
    [id, place],
  )
  return rows[0]?.intent ?? null
}
