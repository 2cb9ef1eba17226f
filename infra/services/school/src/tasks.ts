import type { Queryable } from '../../kit/database.ts'
import { teaches } from './people.ts'

export interface NewTask {
  readonly classId: string
  readonly subject: string
  readonly title: string
  readonly body: string
  /** `YYYY-MM-DD` */
  readonly due: string
}

export interface Task extends NewTask {
  readonly id: number
}

/** A task as a pupil and the pupil's parents see it. */
export interface PupilTask extends Task {
  readonly submission: { readonly id: number; readonly fileName: string; readonly handedInAt: string } | null
  readonly grade: { readonly grade: number; readonly comment: string; readonly givenAt: string } | null
}

/** What a teacher sees of one pupil's work. `notice`: whether parents have been told of the grade; null when there is nobody to tell. */
export interface Work {
  readonly pupil: string
  readonly name: string
  readonly submission: PupilTask['submission']
  readonly grade: PupilTask['grade']
  readonly notice: 'delivered' | 'waiting' | null
}

/** Reads a new task; a sentence when something is wrong with it. */
export function readTask(input: Readonly<Record<string, unknown>>): NewTask | string {
  const { classId, subject, title, body = '', due } = input
  if (typeof classId !== 'string' || typeof subject !== 'string') return 'classId and subject must be texts'
  if (typeof title !== 'string' || !title.trim() || title.length > 200)
    return 'title must be a text of 1 to 200 characters'
  if (typeof body !== 'string' || body.length > 5000) return 'body must be a text of at most 5000 characters'
  if (typeof due !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(due) || Number.isNaN(Date.parse(due)))
    return 'due must be a day, YYYY-MM-DD'
  return { classId, subject, title: title.trim(), body, due }
}

const TASK = 'task.id, task.class_id as "classId", task.subject, task.title, task.body, task.due'
const SUBMISSION = `case when submission.id is not null then jsonb_build_object('id', submission.id,
  'fileName', file_name, 'handedInAt', handed_in_at) end as submission`
const GRADE = `case when grade.grade is not null then jsonb_build_object('grade', grade.grade,
  'comment', comment, 'givenAt', given_at) end as grade`

/** Sets a task; null when the teacher does not teach this subject to this class. */
export async function setTask(db: Queryable, teacher: string, task: NewTask): Promise<Task | null> {
  if (!(await teaches(db, teacher, task))) return null
  const { rows } = await db.query<Task>(
    `insert into task (class_id, subject, title, body, due) values ($1, $2, $3, $4, $5) returning ${TASK}`,
    [task.classId, task.subject, task.title, task.body, task.due],
  )
  return rows[0] ?? null
}

/** The last fifty tasks that a teacher set or shares the subject of, newest first. */
export async function tasksOfTeacher(db: Queryable, teacher: string): Promise<readonly Task[]> {
  const { rows } = await db.query<Task>(
    `select ${TASK} from task join teaching using (class_id, subject)
     where teaching.teacher = $1 order by task.id desc limit 50`,
    [teacher],
  )
  return rows
}

/** The last fifty tasks of a pupil's class, with the pupil's own work. */
export async function tasksOfPupil(db: Queryable, pupil: string): Promise<readonly PupilTask[]> {
  const { rows } = await db.query<PupilTask>(
    `select ${TASK}, ${SUBMISSION}, ${GRADE} from pupil join task using (class_id)
       left join submission on submission.task_id = task.id and submission.pupil = pupil.code
       left join grade on grade.task_id = task.id and grade.pupil = pupil.code
     where pupil.code = $1 order by task.id desc limit 50`,
    [pupil],
  )
  return rows
}

export async function findTask(db: Queryable, id: number): Promise<Task | null> {
  const { rows } = await db.query<Task>(`select ${TASK} from task where id = $1`, [id])
  return rows[0] ?? null
}

/** The whole class's work on a task. */
export async function worksOf(db: Queryable, task: Task): Promise<readonly Work[]> {
  const { rows } = await db.query<Work>(
    `select pupil.code as pupil, pupil.name, ${SUBMISSION}, ${GRADE},
       (select case when bool_and(delivered_at is not null) then 'delivered' when count(*) > 0 then 'waiting' end
        from outbox where outbox.task_id = $1 and outbox.pupil = pupil.code) as notice
     from pupil left join submission on submission.task_id = $1 and submission.pupil = pupil.code
       left join grade on grade.task_id = $1 and grade.pupil = pupil.code
     where pupil.class_id = $2 order by pupil.name, pupil.code`,
    [task.id, task.classId],
  )
  return rows
}
