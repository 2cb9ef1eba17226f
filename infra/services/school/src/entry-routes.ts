import { Hono } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import { languageOf } from '../../kit/html.ts'
import { passwordPage } from './pages.ts'
import { enter } from './passwords.ts'

/** The way in for pupils without e-ID: username and password, given by a teacher. */
export function entryRoutes(db: Database, citizens: Citizens): Hono {
  const routes = new Hono()
  routes.get('/password', (c) => c.html(passwordPage(languageOf(c), null)))
  routes.post('/password', async (c) => {
    const { username, password } = await c.req.parseBody()
    const entered = await enter(db, String(username ?? ''), String(password ?? ''))
    if (entered === 'closed') return c.html(passwordPage(languageOf(c), 'closed'), 429)
    if (entered === 'wrong') return c.html(passwordPage(languageOf(c), 'wrong'), 401)
    await citizens.sessions.start(c, entered)
    return c.redirect('/', 303)
  })
  return routes
}
