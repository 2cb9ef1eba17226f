import { Hono } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import { represented } from '../../kit/family.ts'
import { languageOf } from '../../kit/html.ts'
import { type Tracker, usageOf } from './usage.ts'
import { noRegister, periodOf, told } from './usages-routes.ts'

const ROWS = 100

/** The JSON interface of the pages' own session. */
export function apiRoutes(tracker: Tracker, citizens: Citizens): Hono {
  const api = new Hono()
  api.get('/session', async (c) => c.json(await citizens.apiReader(c)))

  api.get('/mandates', async (c) => {
    const { code } = await citizens.apiReader(c)
    const people = await represented(tracker.xroad, code)
    if (!people.asked) return c.json({ error: 'The population register does not answer' }, 502)
    return c.json(people.value)
  })

  api.get('/usages', async (c) => {
    const { code } = await citizens.apiReader(c)
    const of = c.req.query('of') || code
    const asOf = new Date().toISOString()
    const only = c.req.query('register')
    const question = { of, only, lang: languageOf(c), limit: ROWS, ...periodOf(c, 'from', 'to') }
    const registers = /^\d{11}$/.test(of) ? await usageOf(tracker, code, question) : null
    if (!registers)
      return c.json(
        { error: 'You may see your own usage, that of your children under age and your wards' },
        403,
      )
    if (registers.length === 0) throw noRegister(only)
    return c.json({ of, asOf, registers: registers.map(told) })
  })
  return api
}
