import { insertRows, type Queryable } from '../../kit/database.ts'
import { fullName, nation, officials } from '../../kit/nation/nation.ts'
import { SUBJECTS, schoolClasses, timetable } from '../../kit/nation/schools.ts'
import { environment } from '../../kit/secrets.ts'

/** The classes, pupils, teachers and timetable of the seeded nation. */
export async function seed(db: Queryable): Promise<void> {
  const land = nation(environment('KILP_SEED'))
  const classes = schoolClasses(land)
  const nameOf = (code: string): string => {
    const person = land.byCode.get(code)
    return person ? fullName(person) : code
  }
  const pupils = classes.flatMap(({ id, pupils }) =>
    pupils.map((code) => ({ code, name: nameOf(code), class_id: id })),
  )
  await insertRows(
    db,
    'class',
    classes.map(({ id, year }) => ({ id, year })),
  )
  await insertRows(db, 'pupil', pupils)
  await insertRows(
    db,
    'teacher',
    officials(land, 'teacher').map(({ code }) => ({ code, name: nameOf(code) })),
  )
  await insertRows(
    db,
    'teaching',
    classes.flatMap(({ id, teachers }) =>
      SUBJECTS.map((subject) => ({ class_id: id, subject, teacher: teachers[subject] })),
    ),
  )
  await insertRows(
    db,
    'lesson',
    timetable(classes).map(({ classId, day, period, subject, room }) => ({
      class_id: classId,
      day,
      period,
      subject,
      room,
    })),
  )
  // Nobody has a password until a teacher gives one.
  await db.query(
    `insert into password (pupil, username) select pupil, username
     from jsonb_to_recordset($1) as given (pupil text, username text)`,
    [JSON.stringify(pupils.map(({ code, name }, i) => ({ pupil: code, username: usernameOf(name, i) })))],
  )
}

/** `mari.ounapuu.17`: the name in plain letters, and the pupil's number. */
export function usernameOf(name: string, number: number): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.')
    .replace(/^\.+|\.+$/g, '')
  return `${plain}.${number + 1}`
}
