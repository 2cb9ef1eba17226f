import { type KeyObject, randomBytes } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import { csrfHolds, type Session } from '../../kit/sessions.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { fetchToVerify, stateOfVote, storeVote } from './ballot-box.ts'
import { type District, type Election, findElection, NATIONAL } from './elections.ts'
import { eligibleDistrict } from './eligibility.ts'
import { register, registeredAt } from './registration.ts'
import { RpcError } from './rpc-error.ts'
import { readSignedVote } from './signed-vote.ts'

type Params = Readonly<Record<string, unknown>>
type Method = (c: Context, params: Params) => Promise<Readonly<Record<string, unknown>>>

const LONGEST_VOTE = 8192

/**
 * The collector service's interface for voting and verification apps: JSON-RPC 1.0 over `POST /rpc`, methods, fields and error codes as
 * IVXV has them. The voter comes from the session of the web login, whose token is `AuthToken`.
 */
export function rpcRoutes(options: {
  readonly db: Database
  readonly xroad: XroadClient
  readonly citizens: Citizens
  readonly authority: KeyObject
}): Hono {
  const { db, xroad, citizens, authority } = options

  const voterOf = async (c: Context, params: Params): Promise<Session> => {
    const session = await citizens.session(c)
    if (params.AuthMethod !== 'ticket' || !session || !csrfHolds(session, params.AuthToken))
      throw new RpcError('UNAUTHENTICATED', 'nobody is logged in, or AuthToken is of another session')
    return session
  }
  const openElection = async (params: Params): Promise<Election> => {
    const election = await findElection(db, String(params.Election ?? NATIONAL))
    if (!election) throw new RpcError('BAD_REQUEST', 'there is no such election')
    if (election.state !== 'open') throw new RpcError('VOTING_END', `${election.id} is closed`)
    return election
  }

  const methods: Readonly<Record<string, Method>> = {
    async 'RPC.VoterChoices'(c, params) {
      const { code } = await voterOf(c, params)
      const election = await openElection(params)
      const district = await eligibleDistrict(db, xroad, election, code)
      const { voted } = await stateOfVote(db, election.id, code)
      return {
        SessionID: sessionId(params),
        Choices: district,
        List: Buffer.from(JSON.stringify(choiceList(election, district))).toString('base64'),
        Election: election.id,
        Key: election.ceremony.key,
        ...(voted ? { Voted: true } : {}),
      }
    },

    async 'RPC.Vote'(c, params) {
      const { code } = await voterOf(c, params)
      const election = await openElection(params)
      const { Type: type, Vote: vote } = params
      if (type !== 'jws' || typeof vote !== 'string' || vote.length > LONGEST_VOTE)
        throw new RpcError('BAD_REQUEST', 'Type must be jws, and Vote its base64')
      const envelope = Buffer.from(vote, 'base64').toString('utf8')
      const signed = await readSignedVote(envelope, authority, new Date())
      if (signed.voter !== code)
        throw new RpcError('IDENTITY_MISMATCH', `${code} is logged in and ${signed.voter} signed`)
      if (signed.election !== election.id)
        throw new RpcError('BAD_REQUEST', 'the ballot is for another election')
      const district = await eligibleDistrict(db, xroad, election, code)
      if (params.Choices !== district)
        throw new RpcError('OUTDATED_CHOICES', `the voter's district is ${district}`)
      const token = await register(signed)
      const session = sessionId(params)
      const id = await storeVote(db, {
        session,
        election: election.id,
        voter: code,
        district,
        envelope,
        digest: signed.digest,
        token,
        registeredAt: registeredAt(signed, token),
      })
      if (!id) throw new RpcError('BAD_REQUEST', 'this vote was cast before, or voting has just ended')
      return { SessionID: session, VoteID: id, Qualification: { tspreg: token } }
    },

    async 'RPC.Verify'(_c, params) {
      const { SessionID: session, VoteID: id } = params
      const vote =
        typeof session === 'string' && typeof id === 'string' ? await fetchToVerify(db, session, id) : null
      if (!vote) throw new RpcError('BAD_REQUEST', 'no such vote, or it can no longer be verified')
      return {
        SessionID: session,
        Type: 'jws',
        Vote: Buffer.from(vote.envelope).toString('base64'),
        Qualification: { tspreg: vote.token },
      }
    },
  }

  const routes = new Hono()
  routes.post('/rpc', async (c) => {
    const request: Params = Object(await c.req.json().catch(() => null))
    const id = request.id ?? null
    try {
      const { method, params } = request
      const handler =
        typeof method === 'string' && Object.hasOwn(methods, method) ? methods[method] : undefined
      if (!handler || !Array.isArray(params))
        throw new RpcError('BAD_REQUEST', 'no such method, or no params')
      return c.json({ id, error: null, result: await handler(c, Object(params[0])) })
    } catch (error) {
      console.error(`rpc ${String(request.method).slice(0, 40)}: ${String(error)}`)
      const code = error instanceof RpcError ? error.code : 'INTERNAL_SERVER_ERROR'
      return c.json({ id, error: code, result: null })
    }
  })
  return routes
}

/** A session only ties the requests of one visit together; the first request gets its identifier here. */
const sessionId = ({ SessionID: given }: Params): string =>
  typeof given === 'string' && /^[0-9a-f]{32}$/.test(given) ? given : randomBytes(16).toString('hex')

/** `{ district: { list: { choice: candidate } } }` */
function choiceList({ districts }: Election, district: string) {
  const found = districts.find((one) => one.district === district) as District
  const lists: Record<string, Record<string, string>> = {}
  for (const { choice, name, list } of found.candidates) lists[list] = { ...lists[list], [choice]: name }
  return { [found.name]: lists }
}
