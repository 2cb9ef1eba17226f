import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import type { Session } from '../../kit/sessions.ts'
import { numberOf } from './api.ts'
import { giveGrade, readGrade } from './grades.ts'
import { resetPassword } from './passwords.ts'
import { classesOf, isTeacher, teachersOf, teaches } from './people.ts'
import { findTask, readTask, setTask, tasksOfTeacher, worksOf } from './tasks.ts'

const body = async (c: Context): Promise<Record<string, unknown>> =>
  Object(await c.req.json().catch(() => null))

/** The JSON interface for teachers. */
export function teacherApi(db: Database, citizens: Citizens): Hono {
  const api = new Hono()
  const teacher = async (session: Session): Promise<string> => {
    if (!(await isTeacher(db, session.code))) throw new HTTPException(403, { message: 'You are no teacher' })
    return session.code
  }
  const reader = async (c: Context) => teacher(await citizens.apiReader(c))
  const writer = async (c: Context) => teacher(await citizens.apiWriter(c))

  api.get('/classes', async (c) => c.json(await classesOf(db, await reader(c))))

  api.get('/pupils/:code', async (c) => {
    const found = await taughtPupil(db, await reader(c), c.req.param('code'))
    if (!found) return c.json({ error: 'You teach no such pupil' }, 404)
    return c.json({ ...found, teachers: await teachersOf(db, found.classId) })
  })
  api.post('/pupils/:code/password', async (c) => {
    const found = await taughtPupil(db, await writer(c), c.req.param('code'))
    const given = found ? await resetPassword(db, found.code) : null
    return given ? c.json(given, 201) : c.json({ error: 'You teach no such pupil' }, 404)
  })

  api.get('/set-tasks', async (c) => c.json(await tasksOfTeacher(db, await reader(c))))
  api.post('/set-tasks', async (c) => {
    const code = await writer(c)
    const task = readTask(await body(c))
    if (typeof task === 'string') return c.json({ error: task }, 400)
    const made = await setTask(db, code, task)
    return made ? c.json(made, 201) : c.json({ error: 'You do not teach this there' }, 403)
  })
  api.get('/set-tasks/:id', async (c) => {
    const code = await reader(c)
    const task = await findTask(db, numberOf(c))
    if (!task || !(await teaches(db, code, task))) return c.json({ error: 'You have no such task' }, 404)
    return c.json({ ...task, works: await worksOf(db, task) })
  })
  api.put('/set-tasks/:id/grades/:pupil', async (c) => {
    const code = await writer(c)
    const grade = readGrade(await body(c))
    if (typeof grade === 'string') return c.json({ error: grade }, 400)
    const { pupil } = c.req.param()
    if (!(await giveGrade(db, code, numberOf(c), pupil, grade)))
      return c.json({ error: 'You do not grade this pupil there' }, 403)
    return c.json({ pupil, ...grade })
  })
  return api
}

/** A pupil whom the teacher teaches, and what; null for anybody else. */
export async function taughtPupil(
  db: Database,
  teacher: string,
  code: string,
): Promise<{
  readonly code: string
  readonly name: string
  readonly classId: string
  readonly subjects: readonly string[]
} | null> {
  for (const { id, subjects, pupils } of await classesOf(db, teacher)) {
    const pupil = pupils.find((one) => one.code === code)
    if (pupil) return { ...pupil, classId: id, subjects }
  }
  return null
}
