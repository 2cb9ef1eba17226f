import { readFile } from 'node:fs/promises'
import { PGlite, types } from '@electric-sql/pglite'
import type { Database } from '../../infra/services/kit/database.ts'

/** A database in this process that looks like a service's pool, with these schemas: one connection, types as in kit/database.ts. */
export async function litePool(schemas: readonly (string | URL)[]): Promise<Database> {
  const lite = await PGlite.create({
    parsers: { [types.DATE]: (value) => value, [types.INT8]: Number },
  })
  for (const schema of schemas) await lite.exec(await readFile(schema, 'utf8'))
  const query = async (text: string, values: unknown[] = []) => {
    const { rows, affectedRows } = await lite.query(text, values)
    return { rows, rowCount: affectedRows || rows.length }
  }
  const connect = async () => ({ query, release: () => undefined })
  return { query, connect, end: () => lite.close() } as unknown as Database
}
