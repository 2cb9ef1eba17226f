import type { Queryable } from '../../kit/database.ts'

export interface Pupil {
  readonly code: string
  readonly name: string
  readonly classId: string
}

const COLUMNS = 'pupil.code, pupil.name, pupil.class_id as "classId"'

export async function pupilOf(db: Queryable, code: string): Promise<Pupil | null> {
  const { rows } = await db.query<Pupil>(`select ${COLUMNS} from pupil where code = $1`, [code])
  return rows[0] ?? null
}

/** Children whose parent this person was confirmed to be. */
export async function childrenOf(db: Queryable, parent: string): Promise<readonly Pupil[]> {
  const { rows } = await db.query<Pupil>(
    `select ${COLUMNS} from guardian join pupil on code = pupil where parent = $1 order by pupil.name`,
    [parent],
  )
  return rows
}

/** The pupil, when `reader` is they themselves or a confirmed parent; null otherwise. */
export async function followedPupil(db: Queryable, reader: string, code: string): Promise<Pupil | null> {
  if (reader === code) return pupilOf(db, code)
  return (await childrenOf(db, reader)).find((child) => child.code === code) ?? null
}

export async function isTeacher(db: Queryable, code: string): Promise<boolean> {
  const { rows } = await db.query('select from teacher where code = $1', [code])
  return rows.length > 0
}

/** A class as its teacher sees it. */
export interface TaughtClass {
  readonly id: string
  readonly year: number
  /** What this teacher teaches there. */
  readonly subjects: readonly string[]
  readonly pupils: readonly { readonly code: string; readonly name: string }[]
}

export async function classesOf(db: Queryable, teacher: string): Promise<readonly TaughtClass[]> {
  const { rows } = await db.query<TaughtClass>(
    `select class.id, class.year,
       (select jsonb_agg(subject order by subject) from teaching where class_id = class.id and teacher = $1) as subjects,
       (select coalesce(jsonb_agg(jsonb_build_object('code', code, 'name', name) order by name), '[]')
        from pupil where class_id = class.id) as pupils
     from class where exists (select from teaching where class_id = class.id and teacher = $1) order by class.year`,
    [teacher],
  )
  return rows
}

/** Whether a teacher teaches this subject to this class. */
export async function teaches(
  db: Queryable,
  teacher: string,
  lesson: { readonly classId: string; readonly subject: string },
): Promise<boolean> {
  const { rows } = await db.query(
    'select from teaching where class_id = $1 and subject = $2 and teacher = $3',
    [lesson.classId, lesson.subject, teacher],
  )
  return rows.length > 0
}

/** Who teaches a class what: colleagues of each other. */
export async function teachersOf(
  db: Queryable,
  classId: string,
): Promise<readonly { readonly subject: string; readonly code: string; readonly name: string }[]> {
  const { rows } = await db.query<{ subject: string; code: string; name: string }>(
    `select subject, code, name from teaching join teacher on code = teacher
     where class_id = $1 order by subject`,
    [classId],
  )
  return rows
}
