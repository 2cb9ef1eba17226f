import { Hono } from 'hono'
import type { Database } from '../../kit/database.ts'
import { mayActFor } from '../../kit/family.ts'
import { MEMBERS } from '../../kit/members.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { callerOf, fromXroadOnly, recordUsage } from '../../kit/xroad-provider.ts'
import { pupilOf } from './people.ts'

const CONFIRMED = {
  en: 'Asked whether the person goes to school',
  et: 'Küsiti, kas isik õpib koolis',
  ja: '在学の確認',
}
const SUMMARY = {
  en: 'Open tasks and new grades were looked at',
  et: 'Vaadati tegemata ülesandeid ja uusi hindeid',
  ja: '課題と成績の概要の閲覧',
}

/** For other authorities, over X-Road. Nothing is said about a person before it is on record. */
export function xroadRoutes(db: Database, xroad: XroadClient): Hono {
  const routes = new Hono()
  routes.use(fromXroadOnly())

  /** Confirmation of schooling. */
  routes.get('/pupils/:code', async (c) => {
    const code = c.req.param('code')
    if (!/^\d{11}$/.test(code)) return c.json({ error: 'This is not a personal code' }, 400)
    await recordUsage(db, callerOf(c), { subject: code, action: CONFIRMED })
    const pupil = await pupilOf(db, code)
    if (!pupil) return c.json({ error: 'No pupil has this code' }, 404)
    const { memberCode: registrar } = MEMBERS.school
    return c.json({ code, name: pupil.name, schooling: true, class: pupil.classId, registrar })
  })

  /** For the portal, in the name of the pupil or of somebody who may act for the pupil. */
  routes.get('/summary/:code', async (c) => {
    const code = c.req.param('code')
    const caller = callerOf(c)
    if (!caller.user || !(await mayActFor(xroad, caller.user, code)))
      return c.json({ error: 'This person has not given you a mandate' }, 403)
    if (!(await pupilOf(db, code))) return c.json({ summary: null })
    await recordUsage(db, caller, { subject: code, action: SUMMARY })
    const { rows } = await db.query(
      `select (select count(*)::int from pupil join task using (class_id) where pupil.code = $1 and due >= current_date
                 and not exists (select from submission where task_id = task.id and submission.pupil = $1)) as "openTasks",
              (select count(*)::int from grade where pupil = $1 and given_at > now() - interval '7 days') as "newGrades"`,
      [code],
    )
    return c.json({ summary: rows[0] })
  })
  return routes
}
