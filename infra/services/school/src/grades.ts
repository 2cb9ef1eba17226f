import { type Database, inTransaction } from '../../kit/database.ts'
import { addNotices } from './outbox.ts'
import { pupilOf, teaches } from './people.ts'
import { findTask } from './tasks.ts'

export interface NewGrade {
  /** 1 to 5; 5 is best. */
  readonly grade: number
  readonly comment: string
}

/** Reads a grade from a form or JSON; a sentence when something is wrong with it. */
export function readGrade(input: Readonly<Record<string, unknown>>): NewGrade | string {
  const { grade, comment = '' } = input
  const value = Number(grade)
  if (!Number.isInteger(value) || value < 1 || value > 5) return 'grade must be 1 to 5'
  if (typeof comment !== 'string' || comment.length > 1000)
    return 'comment must be a text of at most 1000 characters'
  return { grade: value, comment: comment.trim() }
}

/**
 * Grades a pupil's work and leaves word for the parents, both or neither. Only a teacher who teaches the task's subject to its class may;
 * false for anybody else, and for a pupil of another class.
 */
export async function giveGrade(
  db: Database,
  teacher: string,
  taskId: number,
  pupilCode: string,
  { grade, comment }: NewGrade,
): Promise<boolean> {
  const [task, pupil] = await Promise.all([findTask(db, taskId), pupilOf(db, pupilCode)])
  if (!task || !pupil || pupil.classId !== task.classId) return false
  if (!(await teaches(db, teacher, task))) return false
  await inTransaction(db, async (client) => {
    await client.query(
      `insert into grade (task_id, pupil, grade, comment, teacher) values ($1, $2, $3, $4, $5)
       on conflict (task_id, pupil) do update
         set grade = excluded.grade, comment = excluded.comment, teacher = excluded.teacher, given_at = now()`,
      [taskId, pupilCode, grade, comment, teacher],
    )
    await addNotices(client, task, pupil, grade)
  })
  return true
}
