import { type Context, Hono } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import { languageOf } from '../../kit/html.ts'
import type { RelyingParty } from '../../kit/relying-party.ts'
import { environment } from '../../kit/secrets.ts'
import type { Sessions } from '../../kit/sessions.ts'
import type { Authorities } from './authority.ts'
import { challengeText, Refused, readAnswer, verifyCard } from './card.ts'
import type { Challenges } from './challenges.ts'
import { messagePage } from './pages.ts'
import { bornOn, findResident, linkCode } from './residents.ts'
import { loginPage } from './welcome-pages.ts'

interface Parts {
  readonly db: Database
  readonly authorities: () => Authorities
  readonly challenges: Challenges
  readonly sessions: Sessions
  readonly citizens: Citizens
  /** Meremaa's eID, where the person proves their code there. */
  readonly eid: RelyingParty
}

/** Login with the My Number card, and the link with the person's code in Meremaa. */
export function loginRoutes({ db, authorities, challenges, sessions, citizens, eid }: Parts): Hono {
  const routes = new Hono()
  const origin = environment('BASE_URL')
  const showLogin = (c: Context, refused: boolean): Response | Promise<Response> =>
    c.html(loginPage(languageOf(c), challenges.issue('login'), refused), refused ? 400 : 200)

  routes.get('/login', (c) => showLogin(c, false))
  routes.post('/login', async (c) => {
    const form = await c.req.parseBody()
    const challenge = String(form.challenge ?? '')
    try {
      if (!challenges.take(challenge, 'login')) throw new Refused('the challenge is not open')
      const text = challengeText(origin, challenge)
      const holder = await verifyCard(db, authorities(), readAnswer(form.token), 'authentication', text)
      await sessions.start(c, { code: holder.number, name: holder.name })
      return c.redirect('/', 303)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      console.log(`login refused: ${error.message}`)
      return showLogin(c, true)
    }
  })

  routes.post('/link', async (c) => {
    await citizens.writer(c)
    return c.redirect(await eid.start(c, languageOf(c)), 303)
  })

  // Back from eID: the person holds the cards of both countries. They must be made out to the same person.
  routes.get('/login/callback', async (c) => {
    const session = await citizens.reader(c)
    const lang = languageOf(c)
    const failed = (why: string): Response | Promise<Response> => {
      console.error(`link refused: ${why}`)
      return c.html(messagePage(lang, session, 'linkRefused'), 403)
    }
    const person = await eid.finish(c).catch((error: unknown) => {
      console.error(`login at eid refused: ${String(error)}`)
      return null
    })
    if (person === 'cancelled') return c.redirect('/', 303)
    const resident = await findResident(db, session.code)
    if (!person || !resident) return failed('eid named nobody')
    if (person.name.toUpperCase() !== resident.name.toUpperCase() || !bornOn(person.code, resident.birth))
      return failed('the cards are of two persons')
    await linkCode(db, resident.number, person.code)
    return c.redirect('/?said=linked', 303)
  })
  return routes
}
