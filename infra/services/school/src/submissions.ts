import type { Queryable } from '../../kit/database.ts'
import { followedPupil, teaches } from './people.ts'
import type { Upload } from './upload.ts'

/** Hands a pupil's work in, in place of what was handed in before; null when it is no task of the pupil's class. */
export async function handIn(
  db: Queryable,
  pupil: string,
  taskId: number,
  { name, type, content }: Upload,
): Promise<number | null> {
  const { rows } = await db.query<{ id: number }>(
    `insert into submission (task_id, pupil, file_name, file_type, file)
     select task.id, pupil.code, $3, $4, $5 from task join pupil using (class_id) where task.id = $1 and pupil.code = $2
     on conflict (task_id, pupil) do update
       set file_name = excluded.file_name, file_type = excluded.file_type, file = excluded.file, handed_in_at = now()
     returning id`,
    [taskId, pupil, name, type, content],
  )
  return rows[0]?.id ?? null
}

/** A file that was handed in, when `reader` is the pupil, a parent or the teacher; null otherwise. */
export async function fileFor(db: Queryable, reader: string, id: number): Promise<Upload | null> {
  const { rows } = await db.query<Upload & { pupil: string; classId: string; subject: string }>(
    `select file_name as name, file_type as type, file as content, pupil, class_id as "classId", subject
     from submission join task on task.id = task_id where submission.id = $1`,
    [id],
  )
  const found = rows[0]
  if (!found) return null
  const allowed = (await teaches(db, reader, found)) || (await followedPupil(db, reader, found.pupil))
  return allowed ? found : null
}
