import type { KeyObject } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import { stateOfVote } from './ballot-box.ts'
import { closeMock, type Election, electionsFor, findElection, findTally, startMock } from './elections.ts'
import { countElection } from './tally.ts'

/** Closes and counts a mock election of its starter. False when there is none such. */
export async function endMock(
  db: Database,
  id: string,
  startedBy: string,
  authority: KeyObject,
): Promise<boolean> {
  if (!(await closeMock(db, id, startedBy))) return false
  const election = await findElection(db, id)
  if (election && !election.counted) await countElection(db, election, authority)
  return true
}

/** What everybody may know of an election. */
const shown = ({ startedBy: _, ...election }: Election) => election

/** JSON interface: elections and their published records for everybody; mock elections and the own vote's state for who is logged in. */
export function apiRoutes(db: Database, citizens: Citizens, authority: KeyObject): Hono {
  const api = new Hono()
  const { apiReader: reader, apiWriter: writer } = citizens
  const idOf = (c: Context): string => c.req.param('id') ?? ''
  const unknown = (c: Context) => c.json({ error: 'There is no such election' }, 404)

  api.get('/session', async (c) => c.json(await reader(c)))

  api.get('/elections', async (c) => {
    const session = await citizens.session(c)
    return c.json((await electionsFor(db, session?.code ?? null)).map(shown))
  })
  api.post('/elections', async (c) => {
    const id = await startMock(db, (await writer(c)).code)
    if (!id) return c.json({ error: 'Close some of your open mock elections first' }, 409)
    const election = await findElection(db, id)
    return election ? c.json(shown(election), 201) : unknown(c)
  })
  api.get('/elections/:id', async (c) => {
    const election = await findElection(db, idOf(c))
    return election ? c.json(shown(election)) : unknown(c)
  })
  api.get('/elections/:id/ceremony', async (c) => {
    const election = await findElection(db, idOf(c))
    return election ? c.json(election.ceremony) : unknown(c)
  })
  api.get('/elections/:id/mine', async (c) => {
    const { code } = await reader(c)
    const election = await findElection(db, idOf(c))
    return election ? c.json(await stateOfVote(db, election.id, code)) : unknown(c)
  })
  api.post('/elections/:id/close', async (c) => {
    const { code } = await writer(c)
    if (!(await endMock(db, idOf(c), code, authority)))
      return c.json({ error: 'You have no such mock election' }, 404)
    return c.json(await findTally(db, idOf(c)))
  })
  api.get('/elections/:id/tally', async (c) => {
    const tally = await findTally(db, idOf(c))
    return tally ? c.json(tally) : c.json({ error: 'This election is not counted' }, 404)
  })
  return api
}
