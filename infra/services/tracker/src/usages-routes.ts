import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { acceptedLanguage } from '../../kit/html.ts'
import { callerOf, fromXroadOnly } from '../../kit/xroad-provider.ts'
import { readMoment } from './period.ts'
import { type Tracker, usageOf } from './usage.ts'
import type { RegisterUsage } from './usages.ts'

/** Rows of each register on a page. */
const ROWS = 100

/** For portals, over X-Road in their citizen's name: who looked at a person's data, register by register, the silent ones named. */
export function usagesRoutes(tracker: Tracker): Hono {
  const routes = new Hono()
  routes.use(fromXroadOnly())
  routes.get('/:code', async (c) => {
    const { user } = callerOf(c)
    if (!user) return c.json({ error: 'The header X-Road-UserId is missing' }, 400)
    const of = c.req.param('code')
    const only = c.req.query('register')
    const lang = acceptedLanguage(c.req.header('accept-language'))
    const registers = /^\d{11}$/.test(of)
      ? await usageOf(tracker, user, { of, only, lang, limit: ROWS, ...periodOf(c, 'from', 'to') })
      : null
    if (!registers) return c.json({ error: 'This person has not given you a mandate' }, 403)
    if (registers.length === 0) throw noRegister(only)
    return c.json({ of, registers: registers.map(told) })
  })
  return routes
}

/** What the JSON interfaces say about one register. */
export const told = ({ register, name, answer }: RegisterUsage): object =>
  answer.asked
    ? { register, name, asked: true, ...answer.value }
    : { register, name, asked: false, why: answer.why }

export const noRegister = (only = ''): HTTPException =>
  new HTTPException(400, { message: `There is no register ${only} that says who looked` })

/** The period in two parameters of the query. Answers 400 when one is no time. */
export function periodOf(c: Context, start: string, end: string): { from: string | null; to: string | null } {
  const [from, to] = [start, end].map((name) => {
    try {
      return readMoment(c.req.query(name))
    } catch {
      throw new HTTPException(400, { message: `${name} is not a time` })
    }
  })
  return { from: from ?? null, to: to ?? null }
}
