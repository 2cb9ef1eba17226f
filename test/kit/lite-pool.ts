import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { PGlite, types } from '@electric-sql/pglite'
import type { Database } from '../../infra/services/kit/database.ts'

const CACHE = resolve(import.meta.dirname, '../../.kilp/cache')

/** An empty database on disk, made once: to copy it takes a fifth of what it takes to make one. */
export async function emptyDatabase(): Promise<string> {
  const manifest = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'))
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string }
  const folder = join(CACHE, `empty-database-${version}`)
  const making = `${folder}-${randomUUID()}`
  if (existsSync(join(folder, 'PG_VERSION'))) return folder
  await mkdir(CACHE, { recursive: true })
  await (await PGlite.create(making)).close()
  // Another worker may have been first: either is as good.
  await rename(making, folder).catch(() => rm(making, { recursive: true }))
  return folder
}

/** A database in this process that looks like a service's pool, with these schemas: one connection, types as in kit/database.ts. */
export async function litePool(schemas: readonly (string | URL)[]): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), 'kilp-lite-'))
  await cp(await emptyDatabase(), folder, { recursive: true })
  const lite = await PGlite.create(folder, {
    parsers: { [types.DATE]: (value) => value, [types.NUMERIC]: Number, [types.INT8]: Number },
  })
  for (const schema of schemas) await lite.exec(await readFile(schema, 'utf8'))
  // Several statements are one text without values, as with the service's own driver.
  const query = async (text: string, values?: unknown[]) => {
    const results = values ? [await lite.query(text, values)] : await lite.exec(text)
    const { rows = [], affectedRows = 0 } = results.at(-1) ?? {}
    return { rows, rowCount: affectedRows || rows.length }
  }
  const connect = async () => ({ query, release: () => undefined })
  const end = async () => {
    await lite.close()
    await rm(folder, { recursive: true })
  }
  return { query, connect, end } as unknown as Database
}
