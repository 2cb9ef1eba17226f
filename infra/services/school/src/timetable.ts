import type { Queryable } from '../../kit/database.ts'

export interface Lesson {
  readonly day: number
  readonly period: number
  readonly classId: string
  readonly subject: string
  readonly teacher: string
  readonly room: string
}

const LESSONS = `select day, period, lesson.class_id as "classId", lesson.subject, teacher.name as teacher, room
  from lesson join teaching using (class_id, subject) join teacher on teacher.code = teaching.teacher`

/** The week of a class, Monday first. */
export async function classWeek(db: Queryable, classId: string): Promise<readonly Lesson[]> {
  const { rows } = await db.query<Lesson>(`${LESSONS} where class_id = $1 order by day, period`, [classId])
  return rows
}

/** The week of a teacher. */
export async function teacherWeek(db: Queryable, teacher: string): Promise<readonly Lesson[]> {
  const { rows } = await db.query<Lesson>(`${LESSONS} where teaching.teacher = $1 order by day, period`, [
    teacher,
  ])
  return rows
}
