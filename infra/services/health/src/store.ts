import { randomUUID } from 'node:crypto'
import type { Queryable } from '../../kit/database.ts'
import type { Resource } from './fhir.ts'
import { indexValues } from './index-values.ts'
import type { Search } from './parameters.ts'

/** A resource as it is kept. */
export interface Stored {
  readonly type: string
  readonly id: string
  readonly version: number
  readonly updated: Date
  readonly patient: string | null
  readonly author: string | null
  /** The patient closed it to the profession, alone, with its visit, or with everything. */
  readonly closed: boolean
  readonly body: Resource
}

/** Types of documents that a patient can close. */
export const CLOSABLE: readonly string[] = ['Encounter', 'Observation', 'MedicationRequest', 'Immunization']

const CLOSED = `r.type in (${CLOSABLE.map((type) => `'${type}'`).join(', ')}) and exists (
  select from closure where closure.patient = r.patient
  and target in ('*', r.type || '/' || r.id, 'Encounter/' || r.encounter))`
const COLUMNS = `type, id, version, updated, patient, author, body, ${CLOSED} as closed`

/** The resource with its `id` and `meta`. */
export const resourceOf = ({
  id,
  version,
  updated,
  body,
}: Pick<Stored, 'id' | 'version' | 'updated' | 'body'>): Resource => {
  const { resourceType, ...rest } = body
  return {
    resourceType,
    id,
    meta: { versionId: String(version), lastUpdated: updated.toISOString() },
    ...rest,
  }
}

/** A resource as it is now; null when there is none. */
export async function findResource(db: Queryable, type: string, id: string): Promise<Stored | null> {
  const { rows } = await db.query<Stored>(`select ${COLUMNS} from resource r where type = $1 and id = $2`, [
    type,
    id,
  ])
  return rows[0] ?? null
}

/** The resource as it was in one version; whose it is and whether it is closed are as of now. */
export async function findVersion(
  db: Queryable,
  type: string,
  id: string,
  version: number,
): Promise<Stored | null> {
  const { rows } = await db.query<Stored>(
    `select r.type, r.id, v.version, v.updated, r.patient, r.author, v.body, ${CLOSED} as closed
     from resource r join resource_version v on v.type = r.type and v.id = r.id and v.version = $3
     where r.type = $1 and r.id = $2`,
    [type, id, version],
  )
  return rows[0] ?? null
}

/** One page of a search in one patient's record (or in what belongs to no patient), and how many there are in all. */
export async function searchResources(
  db: Queryable,
  type: string,
  patient: string | null,
  search: Search,
  seesClosed: boolean,
): Promise<{ readonly total: number; readonly page: readonly Stored[] }> {
  const n = search.values.length
  const where = [
    `type = $${n + 1}`,
    `($${n + 2}::text is null or patient = $${n + 2})`,
    ...(seesClosed ? [] : [`not (${CLOSED})`]),
    ...search.conditions,
  ].join(' and ')
  const values = [...search.values, type, patient]
  const total = await db.query(`select count(*)::int as n from resource r where ${where}`, values)
  const order = search.newestFirst ? 'starts desc nulls last, updated desc' : 'starts nulls last, updated'
  const { rows } = await db.query<Stored>(
    `select ${COLUMNS} from resource r where ${where} order by ${order}, id limit $${n + 3} offset $${n + 4}`,
    [...values, search.count, search.offset],
  )
  return { total: total.rows[0].n, page: rows }
}

const MOST_DOCUMENTS = 300

/** The newest documents of a patient's record, of all types that can be closed. */
export async function recordDocuments(
  db: Queryable,
  patient: string,
  seesClosed: boolean,
): Promise<readonly Stored[]> {
  const { rows } = await db.query<Stored>(
    `select ${COLUMNS} from resource r where patient = $1 and type = any($2) ${seesClosed ? '' : `and not (${CLOSED})`}
     order by starts desc nulls last, id limit $3`,
    [patient, CLOSABLE, MOST_DOCUMENTS],
  )
  return rows
}

/** Practitioners to whom these tokens of resources refer. */
export async function findPractitioners(db: Queryable, ids: readonly string[]): Promise<readonly Stored[]> {
  if (ids.length === 0) return []
  const { rows } = await db.query<Stored>(
    `select ${COLUMNS} from resource r where type = 'Practitioner' and id = any($1) order by id`,
    [ids],
  )
  return rows
}

/** Keeps a new resource, with an id of the server's own. */
export async function insertResource(db: Queryable, body: Resource, author: string | null): Promise<Stored> {
  return keep(db, { id: randomUUID(), version: 1, author, body })
}

/** Keeps the next version of a resource. */
export async function updateResource(db: Queryable, before: Stored, body: Resource): Promise<Stored> {
  return keep(db, { id: before.id, version: before.version + 1, author: before.author, body })
}

async function keep(
  db: Queryable,
  { id, version, author, body }: Pick<Stored, 'id' | 'version' | 'author' | 'body'>,
): Promise<Stored> {
  const type = body.resourceType
  const v = indexValues(body)
  const { rows } = await db.query<Stored>(
    `insert into resource as r (type, id, version, author, patient, status, starts, ends, encounter, tokens, closes, body)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (type, id) do update set version = excluded.version, updated = now(), status = excluded.status,
       starts = excluded.starts, ends = excluded.ends, encounter = excluded.encounter, tokens = excluded.tokens,
       closes = excluded.closes, body = excluded.body
     returning ${COLUMNS}`,
    [
      type,
      id,
      version,
      author,
      v.patient,
      v.status,
      v.starts,
      v.ends,
      v.encounter,
      v.tokens,
      v.closes,
      JSON.stringify(body),
    ],
  )
  const stored = rows[0] as Stored
  await db.query(
    'insert into resource_version (type, id, version, updated, body) values ($1, $2, $3, $4, $5)',
    [type, id, version, stored.updated, JSON.stringify(body)],
  )
  return stored
}
