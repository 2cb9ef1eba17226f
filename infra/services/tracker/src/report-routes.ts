import { Hono } from 'hono'
import type { Database } from '../../kit/database.ts'
import { callerOf, fromXroadOnly } from '../../kit/xroad-provider.ts'
import { addReport, hidingDecision, readReport, withdrawReport } from './reports.ts'

/** For offices without a register of their own, over X-Road: they report each use of a person's data here. */
export function reportRoutes(db: Database): Hono {
  const routes = new Hono()
  routes.use(fromXroadOnly())

  routes.post('/', async (c) => {
    const caller = callerOf(c)
    const report = readReport(Object(await c.req.json().catch(() => null)))
    if (typeof report === 'string') return c.json({ error: report }, 400)
    const decision = report.hidden ? hidingDecision(caller, c.req.header('x-road-issue')) : null
    if (report.hidden && !decision)
      return c.json({ error: 'Only the police may hide a look, with the decision in X-Road-Issue' }, 403)
    const { id, logtime } = await addReport(db, caller, report, decision)
    return c.json({ id, logtime, hidden: report.hidden }, 201)
  })

  routes.post('/:id/withdrawal', async (c) => {
    const { reason } = Object(await c.req.json().catch(() => null))
    if (typeof reason !== 'string' || !reason.trim() || reason.length > 200)
      return c.json({ error: 'reason must be a text of 1 to 200 characters' }, 400)
    const id = /^\d{1,12}$/.test(c.req.param('id')) ? Number(c.req.param('id')) : 0
    if (!(await withdrawReport(db, callerOf(c), id, reason.trim())))
      return c.json({ error: 'Your office has no such report' }, 404)
    return c.json({ id, withdrawn: true })
  })
  return routes
}
