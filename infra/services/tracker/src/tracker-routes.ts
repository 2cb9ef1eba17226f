import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type Answer, askRegister } from '../../kit/ask-register.ts'
import { acceptedLanguage } from '../../kit/html.ts'
import { callerOf, fromXroadOnly, personalCode } from '../../kit/xroad-provider.ts'
import { merged, silent } from './aggregate.ts'
import { type Tracker, usageOf } from './usage.ts'
import { periodOf } from './usages-routes.ts'

/** Rows that one answer may hold. */
const MOST = 1000
/** How deep one may page: each register is asked for all rows before. */
const DEEPEST = 10_000

/**
 * Data Tracker interface 2.x over all registers together. It has no word for "some could not be asked", so then the answer is its error (500):
 * a list that lacks a register would say that nobody looked there.
 */
export function trackerRoutes(tracker: Tracker): Hono {
  const { db, xroad } = tracker
  const routes = new Hono()
  routes.use(fromXroadOnly())

  routes.get('/findUsage', async (c) => {
    const { user } = callerOf(c)
    if (!user) throw new HTTPException(400, { message: 'The header X-Road-UserId is missing' })
    const of = personalCode(c.req.query('userCode') ?? '')
    if (!/^\d{11}$/.test(of)) throw new HTTPException(400, { message: 'userCode must be a personal code' })
    const offset = whole(c, 'offset', 0)
    const limit = Math.min(whole(c, 'limit', MOST), MOST)
    if (offset + limit > DEEPEST) throw new HTTPException(400, { message: `offset is over ${DEEPEST}` })
    const lang = acceptedLanguage(c.req.header('accept-language'))
    const period = periodOf(c, 'periodStart', 'periodEnd')
    const registers = await usageOf(tracker, user, { of, lang, limit: offset + limit, ...period })
    if (!registers) return c.json({ error: 'This person has not given you a mandate' }, 403)
    if (silent(registers).length > 0)
      return c.json({ error: 'Some registers do not answer', silent: silent(registers) }, 500)
    return c.json(merged(registers, { offset, limit }))
  })

  routes.get('/usagePeriod', async (c) => {
    const starts = await askAll('usagePeriod', ({ periodStart }) =>
      new Date(String(periodStart)).toISOString(),
    )
    const missing = starts.filter(({ answer }) => !answer.asked).map(({ register }) => register)
    if (missing.length > 0) return c.json({ error: 'Some registers do not answer', silent: missing }, 500)
    const known = starts.flatMap(({ answer }) => (answer.asked ? [answer.value] : []))
    return c.json({ periodStart: known.toSorted()[0] ?? new Date().toISOString() })
  })

  routes.get('/heartbeat', async (c) => {
    await db.query('select')
    const answers = await askAll('heartbeat', ({ status }) => status === 'OK')
    const failing = answers.filter(({ answer }) => !(answer.asked && answer.value))
    if (failing.length === 0) return c.json({ status: 'OK', message: 'All registers are ready' })
    return c.json({
      status: 'FAIL',
      message: `Silent: ${failing.map(({ register }) => register).join(', ')}`,
    })
  })

  const askAll = async <T>(
    what: string,
    read: (body: Record<string, unknown>) => T,
  ): Promise<readonly { readonly register: string; readonly answer: Answer<T> }[]> =>
    Promise.all(
      (await tracker.registers()).map(async (register) => ({
        register,
        answer: await askRegister(xroad, { service: `${register}/findUsage`, path: `/v2/${what}` }, read),
      })),
    )
  return routes
}

function whole(c: Context, name: string, otherwise: number): number {
  const text = c.req.query(name) ?? String(otherwise)
  if (!/^\d{1,9}$/.test(text)) throw new HTTPException(400, { message: `${name} is not a whole number` })
  return Number(text)
}
