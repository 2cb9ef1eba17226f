import type { Queryable } from '../../kit/database.ts'

export interface Person {
  readonly code: string
  readonly given: string
  readonly family: string
  readonly birth: string
  readonly sex: string
  /** Null for a person under protection. */
  readonly address: string | null
  readonly municipality: string | null
  readonly phone: string
  readonly status: 'alive' | 'deceased'
}

export interface Relative {
  readonly code: string
  readonly given: string
  readonly family: string
  readonly birth: string
  readonly tie: 'parent' | 'child' | 'spouse' | 'guardian' | 'ward'
}

export interface Notice {
  readonly id: string
  readonly address: string
  readonly municipality: string
  readonly validFrom: string
  readonly registered: Date
  readonly notifiedBy: string
}

/** The person with a personal code, address as of today; null when there is none. */
export async function findPerson(db: Queryable, code: string): Promise<Person | null> {
  const { rows } = await db.query(
    `select code, given, family, birth, sex, phone,
            case when protected then null else coalesce(notice.address, person.address) end as address,
            case when protected then null else coalesce(notice.municipality, person.municipality) end as municipality,
            case when deceased is null then 'alive' else 'deceased' end as status
     from person left join lateral (
       select address, municipality from residence_notice
       where person = person.code and valid_from <= current_date order by registered desc limit 1) notice on true
     where code = $1`,
    [code],
  )
  return rows[0] ?? null
}

export async function findFamily(db: Queryable, code: string): Promise<readonly Relative[]> {
  const { rows } = await db.query(
    `select relative.code, relative.given, relative.family, relative.birth, tie
     from family_tie join person relative on relative.code = family_tie.relative
     where family_tie.person = $1 order by tie, relative.birth, relative.code`,
    [code],
  )
  return rows
}

/** Residence notices of a person, newest first. */
export async function findNotices(db: Queryable, code: string): Promise<readonly Notice[]> {
  const { rows } = await db.query(
    `select id, address, municipality, valid_from as "validFrom", registered, notified_by as "notifiedBy"
     from residence_notice where person = $1 order by registered desc limit 200`,
    [code],
  )
  return rows
}

/** Registers where a person lives from a day on; returns the notice's id. */
export async function registerResidence(
  db: Queryable,
  code: string,
  notice: { address: string; municipality: string; validFrom: string; notifiedBy: string; receiver: string },
): Promise<string> {
  const { rows } = await db.query(
    `insert into residence_notice (person, address, municipality, valid_from, notified_by, receiver)
     values ($1, $2, $3, $4, $5, $6) returning id`,
    [code, notice.address, notice.municipality, notice.validFrom, notice.notifiedBy, notice.receiver],
  )
  return rows[0].id
}
