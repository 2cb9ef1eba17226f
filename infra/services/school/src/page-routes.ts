import { Hono } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import { type Html, html, languageOf } from '../../kit/html.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { numberOf } from './api.ts'
import { linkChild } from './guardians.ts'
import { childrenSection, frame, messagePage, tasksTable, timetablePage, welcomePage } from './pages.ts'
import { childrenOf, classesOf, followedPupil, isTeacher, pupilOf } from './people.ts'
import { fileFor, handIn } from './submissions.ts'
import { tasksOfPupil, tasksOfTeacher } from './tasks.ts'
import { teacherSection } from './teacher-pages.ts'
import { textsOf } from './texts.ts'
import { classWeek, teacherWeek } from './timetable.ts'
import { downloadHeaders, readUpload } from './upload.ts'

/** The pages of pupils and parents; the front page is everybody's. */
export function pageRoutes(db: Database, xroad: XroadClient, citizens: Citizens): Hono {
  const pages = new Hono()
  const { reader, writer } = citizens

  pages.get('/', async (c) => {
    const session = await citizens.session(c)
    const lang = languageOf(c)
    if (!session) return c.html(welcomePage(lang, null))
    const { code } = session
    const parts: Html[] = []
    if (await isTeacher(db, code))
      parts.push(teacherSection(lang, session, await classesOf(db, code), await tasksOfTeacher(db, code)))
    if (await pupilOf(db, code)) parts.push(tasksTable(lang, session, await tasksOfPupil(db, code), true))
    else parts.push(childrenSection(lang, session, await childrenOf(db, code)))
    return c.html(frame(lang, session, session.name, html`<p>${textsOf(lang).welcome}</p>${parts}`))
  })

  pages.get('/timetable', async (c) => {
    const session = await reader(c)
    const { code } = session
    const lang = languageOf(c)
    const asked = c.req.query('pupil')
    if (!asked && (await isTeacher(db, code)))
      return c.html(timetablePage(lang, session, await teacherWeek(db, code)))
    const pupil = await followedPupil(db, code, asked || code)
    return pupil
      ? c.html(timetablePage(lang, session, await classWeek(db, pupil.classId)))
      : c.html(messagePage(lang, session, 'notFound'), 404)
  })

  pages.get('/pupils/:code', async (c) => {
    const session = await reader(c)
    const lang = languageOf(c)
    const pupil = await followedPupil(db, session.code, c.req.param('code'))
    if (!pupil) return c.html(messagePage(lang, session, 'notFound'), 404)
    const own = pupil.code === session.code
    const table = tasksTable(lang, session, await tasksOfPupil(db, pupil.code), own)
    return c.html(frame(lang, session, `${pupil.name}, ${pupil.classId}`, table))
  })

  pages.post('/tasks/:id/submission', async (c) => {
    const { session, form } = await writer(c)
    const upload = await readUpload(form.file)
    if (typeof upload === 'string') return c.html(messagePage(languageOf(c), session, 'badFile'), 415)
    if (!(await handIn(db, session.code, numberOf(c), upload)))
      return c.html(messagePage(languageOf(c), session, 'notFound'), 404)
    return c.redirect('/', 303)
  })

  pages.get('/submissions/:id/file', async (c) => {
    const session = await reader(c)
    const file = await fileFor(db, session.code, numberOf(c))
    if (!file) return c.html(messagePage(languageOf(c), session, 'notFound'), 404)
    return c.body(new Uint8Array(file.content), 200, downloadHeaders(file))
  })

  pages.post('/children', async (c) => {
    const { session, form } = await writer(c)
    const child = await linkChild(db, xroad, session.code, String(form.code))
    if (child === 'refused') return c.html(messagePage(languageOf(c), session, 'refused'), 403)
    if (child === 'silent') return c.html(messagePage(languageOf(c), session, 'silent'), 502)
    return c.redirect(`/pupils/${child.code}`, 303)
  })
  return pages
}
