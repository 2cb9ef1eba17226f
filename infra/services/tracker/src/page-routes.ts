import { Hono } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import { represented } from '../../kit/family.ts'
import { languageOf } from '../../kit/html.ts'
import { refusedPage, usagePage, welcomePage } from './pages.ts'
import { readDay } from './period.ts'
import { type Tracker, usageOf } from './usage.ts'

const ROWS = 100

/** The pages that a citizen sees. */
export function pageRoutes(tracker: Tracker, citizens: Citizens): Hono {
  const pages = new Hono()
  pages.get('/', async (c) => {
    const session = await citizens.session(c)
    const lang = languageOf(c)
    if (!session) return c.html(welcomePage(lang, null))
    const of = c.req.query('of') || session.code
    const { from = '', to = '', register } = c.req.query()
    const choices = [...(await tracker.registers()), 'tracker' as const]
    // One that is not offered is as none chosen.
    const only = choices.find((offered) => offered === register) ?? ''
    const question = { of, only, lang, limit: ROWS, from: readDay(from, 'first'), to: readDay(to, 'last') }
    const [registers, people] = await Promise.all([
      /^\d{11}$/.test(of) ? usageOf(tracker, session.code, question) : null,
      represented(tracker.xroad, session.code),
    ])
    if (!registers) return c.html(refusedPage(lang, session), 403)
    return c.html(usagePage(lang, session, { of, only, from, to, people, choices, registers }))
  })
  return pages
}
