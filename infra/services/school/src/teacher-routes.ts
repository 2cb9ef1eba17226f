import { Hono } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import { languageOf } from '../../kit/html.ts'
import { numberOf } from './api.ts'
import { giveGrade, readGrade } from './grades.ts'
import { messagePage } from './pages.ts'
import { resetPassword } from './passwords.ts'
import { teaches } from './people.ts'
import { findTask, readTask, setTask, worksOf } from './tasks.ts'
import { taughtPupil } from './teacher-api.ts'
import { newPasswordPage, taskPage } from './teacher-pages.ts'

/** The pages of teachers. What somebody does not teach is not there for them. */
export function teacherRoutes(db: Database, citizens: Citizens): Hono {
  const pages = new Hono()
  const { reader, writer } = citizens

  pages.post('/set-tasks', async (c) => {
    const { session, form } = await writer(c)
    const [classId, subject] = String(form.lesson ?? '').split('/')
    const task = readTask({ ...form, classId, subject })
    if (typeof task === 'string') return c.html(messagePage(languageOf(c), session, 'badInput'), 400)
    const made = await setTask(db, session.code, task)
    return made
      ? c.redirect(`/set-tasks/${made.id}`, 303)
      : c.html(messagePage(languageOf(c), session, 'notFound'), 403)
  })

  pages.get('/set-tasks/:id', async (c) => {
    const session = await reader(c)
    const task = await findTask(db, numberOf(c))
    if (!task || !(await teaches(db, session.code, task)))
      return c.html(messagePage(languageOf(c), session, 'notFound'), 404)
    return c.html(taskPage(languageOf(c), session, task, await worksOf(db, task)))
  })

  pages.post('/set-tasks/:id/grades/:pupil', async (c) => {
    const { session, form } = await writer(c)
    const grade = readGrade(form)
    if (typeof grade === 'string') return c.html(messagePage(languageOf(c), session, 'badInput'), 400)
    const id = numberOf(c)
    return (await giveGrade(db, session.code, id, c.req.param('pupil'), grade))
      ? c.redirect(`/set-tasks/${id}`, 303)
      : c.html(messagePage(languageOf(c), session, 'notFound'), 403)
  })

  pages.post('/pupils/:code/password', async (c) => {
    const { session } = await writer(c)
    const pupil = await taughtPupil(db, session.code, c.req.param('code'))
    const given = pupil ? await resetPassword(db, pupil.code) : null
    return pupil && given
      ? c.html(newPasswordPage(languageOf(c), session, pupil.name, given))
      : c.html(messagePage(languageOf(c), session, 'notFound'), 404)
  })
  return pages
}
