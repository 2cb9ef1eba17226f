import type { KeyObject } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import { type Html, languageOf } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { endMock } from './api.ts'
import { stateOfVote } from './ballot-box.ts'
import {
  type District,
  type Election,
  electionsFor,
  findElection,
  findTally,
  NATIONAL,
  startMock,
} from './elections.ts'
import { eligibleDistrict } from './eligibility.ts'
import { messagePage, resultsPage, trainingPage, verifyPage, voterPage, welcomePage } from './pages.ts'
import { RpcError } from './rpc-error.ts'
import type { TextName } from './texts.ts'

/** The pages of voters and of who trains with mock elections. */
export function pageRoutes(options: {
  readonly db: Database
  readonly xroad: XroadClient
  readonly citizens: Citizens
  readonly authority: KeyObject
}): Hono {
  const { db, xroad, citizens, authority } = options
  const pages = new Hono()

  const districtFor = async (election: Election, code: string): Promise<District | TextName> => {
    try {
      const district = await eligibleDistrict(db, xroad, election, code)
      return election.districts.find((one) => one.district === district) ?? 'ineligible'
    } catch (error) {
      if (error instanceof RpcError && error.code === 'VOTER_TOO_YOUNG') return 'tooYoung'
      if (error instanceof RpcError && error.code === 'INELIGIBLE_VOTER') return 'ineligible'
      console.error(`population register: ${String(error)}`)
      return 'registerSilent'
    }
  }
  const voterView = async (c: Context, session: Session, election: Election): Promise<Html> =>
    voterPage(
      languageOf(c),
      session,
      election,
      await stateOfVote(db, election.id, session.code),
      await districtFor(election, session.code),
    )
  const electionOf = (c: Context) => findElection(db, c.req.param('id') ?? '')

  pages.get('/', async (c) => {
    const session = await citizens.session(c)
    const election = await findElection(db, NATIONAL)
    if (!session || !election) return c.html(welcomePage(languageOf(c), null))
    return c.html(await voterView(c, session, election))
  })
  pages.get('/elections/:id', async (c) => {
    const session = await citizens.reader(c)
    const election = await electionOf(c)
    if (!election) return c.html(messagePage(languageOf(c), session, 'notFound'), 404)
    return c.html(await voterView(c, session, election))
  })
  pages.get('/elections/:id/results', async (c) => {
    const session = await citizens.session(c)
    const election = await electionOf(c)
    if (!election) return c.html(messagePage(languageOf(c), session, 'notFound'), 404)
    return c.html(resultsPage(languageOf(c), session, election, await findTally(db, election.id)))
  })
  pages.get('/verify', async (c) => c.html(verifyPage(languageOf(c), await citizens.session(c))))

  const training = async (c: Context, session: Session, said: TextName | null): Promise<Html> => {
    const mine = (await electionsFor(db, session.code)).filter(({ kind }) => kind === 'mock')
    return trainingPage(languageOf(c), session, mine, said)
  }
  pages.get('/training', async (c) => c.html(await training(c, await citizens.reader(c), null)))
  pages.post('/training', async (c) => {
    const { session } = await citizens.writer(c)
    const id = await startMock(db, session.code)
    return id ? c.redirect('/training', 303) : c.html(await training(c, session, 'tooMany'), 409)
  })
  pages.post('/elections/:id/close', async (c) => {
    const { session } = await citizens.writer(c)
    if (!(await endMock(db, c.req.param('id'), session.code, authority)))
      return c.html(messagePage(languageOf(c), session, 'notFound'), 404)
    return c.redirect(`/elections/${c.req.param('id')}/results`, 303)
  })
  return pages
}
