import type { Queryable } from '../../kit/database.ts'

export interface Found {
  readonly code: string
  readonly given: string
  readonly family: string
  readonly birth: string
}

/** Living residents whose name holds `name` (any case), in one municipality when it is given; at most 50, by name. */
export async function searchByName(
  db: Queryable,
  name: string,
  municipality: string,
): Promise<readonly Found[]> {
  const { rows } = await db.query(
    `select code, given, family, birth from person
     where given || ' ' || family ilike $1 and ($2 = '' or municipality = $2) and deceased is null
     order by family, given, code limit 50`,
    [`%${likeLiteral(name)}%`, municipality],
  )
  return rows
}

/** Text as itself in a LIKE pattern. */
function likeLiteral(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
