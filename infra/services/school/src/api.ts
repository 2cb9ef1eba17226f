import { type Context, Hono } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { linkChild } from './guardians.ts'
import { childrenOf, followedPupil, isTeacher, pupilOf } from './people.ts'
import { fileFor, handIn } from './submissions.ts'
import { tasksOfPupil } from './tasks.ts'
import { classWeek, teacherWeek } from './timetable.ts'
import { downloadHeaders, readUpload } from './upload.ts'

const STRANGER = { error: 'This is neither you nor a child whom you follow' }

/** The JSON interface for pupils and parents; changes need the session's token in `X-CSRF-Token`. */
export function apiRoutes(db: Database, xroad: XroadClient, citizens: Citizens): Hono {
  const api = new Hono()
  const { apiReader: reader, apiWriter: writer } = citizens

  api.get('/session', async (c) => {
    const session = await reader(c)
    const { code } = session
    const [pupil, teacher, children] = await Promise.all([
      pupilOf(db, code),
      isTeacher(db, code),
      childrenOf(db, code),
    ])
    return c.json({ ...session, pupil, teacher, children })
  })

  api.get('/timetable', async (c) => {
    const { code } = await reader(c)
    if (!c.req.query('pupil') && (await isTeacher(db, code))) return c.json(await teacherWeek(db, code))
    const pupil = await followedPupil(db, code, c.req.query('pupil') || code)
    return pupil ? c.json(await classWeek(db, pupil.classId)) : c.json(STRANGER, 403)
  })

  /** Tasks with work and grades of a pupil: one's own, or a child's (`?pupil=`). */
  api.get('/tasks', async (c) => {
    const { code } = await reader(c)
    const pupil = await followedPupil(db, code, c.req.query('pupil') || code)
    return pupil ? c.json(await tasksOfPupil(db, pupil.code)) : c.json(STRANGER, 403)
  })

  api.post('/tasks/:id/submission', async (c) => {
    const { code } = await writer(c)
    const upload = await readUpload((await c.req.parseBody()).file)
    if (typeof upload === 'string')
      return c.json({ error: 'The file can not be taken', why: upload }, upload === 'tooLarge' ? 413 : 415)
    const id = await handIn(db, code, numberOf(c), upload)
    return id ? c.json({ id }, 201) : c.json({ error: 'You have no such task' }, 404)
  })

  api.get('/submissions/:id/file', async (c) => {
    const file = await fileFor(db, (await reader(c)).code, numberOf(c))
    if (!file) return c.json({ error: 'There is no such file for you' }, 404)
    return c.body(new Uint8Array(file.content), 200, downloadHeaders(file))
  })

  api.get('/children', async (c) => c.json(await childrenOf(db, (await reader(c)).code)))
  api.post('/children', async (c) => {
    const { code } = await writer(c)
    const asked = Object(await c.req.json().catch(() => null))
    const child = await linkChild(db, xroad, code, String(asked.code))
    if (child === 'silent') return c.json({ error: 'The population register does not answer' }, 502)
    if (child === 'refused')
      return c.json({ error: 'The population register knows no such child of yours' }, 403)
    return c.json(child, 201)
  })
  return api
}

/** Number in the path. Anything else is a number that nothing has. */
export const numberOf = (c: Context): number =>
  /^\d{1,12}$/.test(c.req.param('id') ?? '') ? Number(c.req.param('id')) : 0
