import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Place } from '../../infra/probe/src/app.ts'
import { forgeSignature } from '../../infra/probe/src/apps/forged-vote.ts'
import { encryptChoice, qr, readQr, seal, verifyTally, verifyVote } from '../../infra/probe/src/apps/vote.ts'
import { useCard } from '../../infra/probe/src/card.ts'
import { populationOf } from '../../infra/probe/src/people.ts'
import { cardAuthority, timeStampIdentity } from '../../infra/services/eid/src/authority.ts'
import { timeStampAuthority } from '../../infra/services/eid/src/time-stamp.ts'
import type { Database } from '../../infra/services/kit/database.ts'
import { NATION_YEAR, type Person } from '../../infra/services/kit/nation/nation.ts'
import type { XroadClient } from '../../infra/services/kit/xroad-client.ts'
import { fetchToVerify, stateOfVote, storeVote } from '../../infra/services/vote/src/ballot-box.ts'
import {
  closeMock,
  type Election,
  findElection,
  findTally,
  NATIONAL,
  startMock,
} from '../../infra/services/vote/src/elections.ts'
import { eligibleDistrict, isOfAge } from '../../infra/services/vote/src/eligibility.ts'
import { register, registeredAt } from '../../infra/services/vote/src/registration.ts'
import { RpcError } from '../../infra/services/vote/src/rpc-error.ts'
import { seed } from '../../infra/services/vote/src/seed.ts'
import { readSignedVote } from '../../infra/services/vote/src/signed-vote.ts'
import { countElection } from '../../infra/services/vote/src/tally.ts'
import { litePool } from '../kit/lite-pool.ts'

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const cards = newKey()
const line = (key = cards) => Buffer.from(key.export({ type: 'pkcs8', format: 'pem' })).toString('base64')
const authority = createPublicKey(cards)
const population = populationOf('vote')
const [mari, jaan, anna] = population.citizens as [Person, Person, Person]
const place = { population, cardAuthority: line() } as unknown as Place

const pemOf = (key = newKey()) => key.export({ type: 'pkcs8', format: 'pem' }).toString()
const stamper = timeStampIdentity(pemOf(), cardAuthority(pemOf()))
const stamp = timeStampAuthority(stamper)
let tsa: Server
let db: Database
let mock: Election

beforeAll(async () => {
  tsa = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => response.end(stamp(Buffer.concat(parts))))
  })
  await new Promise<void>((resolve) => tsa.listen(0, '127.0.0.1', resolve))
  process.env.TSA_URL = `http://127.0.0.1:${(tsa.address() as AddressInfo).port}/`
  const stamperKey = createPublicKey(stamper.key).export({ type: 'spki', format: 'pem' })
  process.env.TSA_KEY = Buffer.from(stamperKey).toString('base64')
  process.env.KILP_SEED = 'vote'
  for (let holder = 1; holder <= 5; holder++) process.env[`KEY_HOLDER_${holder}`] = `card ${holder}`
  db = await litePool(['infra/services/vote/src/schema.sql'])
  await seed(db)
  mock = await started()
})
afterAll(async () => {
  tsa.close()
  await db.end()
})

async function started(): Promise<Election> {
  const election = await findElection(db, (await startMock(db, mari.code)) ?? '')
  if (!election) throw new Error('no mock election was started')
  return election
}

interface Ballot {
  readonly signingInput: string
  readonly randomness: string
}

/** A vote as the voting app sends it, and the randomness that its QR code keeps. */
async function voteOf(
  person: Person,
  choice: string,
  { election = mock, certificate = 'signature' as const, ahead = '0', ca = line() } = {},
) {
  const key = election.ceremony.key
  const ballot = encryptChoice({ key, election: election.id, choice, ahead }, place) as Ballot
  const card = await useCard(ca, person, {
    person: person.code,
    origin: '',
    nonce: '',
    certificate,
    digest: ballot.signingInput,
  })
  const { vote } = seal({ ballot: JSON.stringify(ballot), card }, place) as { vote: string }
  return { envelope: Buffer.from(vote, 'base64').toString(), ballot, card }
}

const read = (envelope: string, at = new Date()) => readSignedVote(envelope, authority, at)
const codeOf = async (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'none',
    (error: unknown) => (error instanceof RpcError ? error.code : String(error)),
  )

async function cast(person: Person, choice: string, options: Parameters<typeof voteOf>[2] = {}) {
  const { envelope, ballot } = await voteOf(person, choice, options)
  const signed = await read(envelope)
  const token = await register(signed)
  const session = 'a'.repeat(32)
  const id = await storeVote(db, {
    session,
    election: signed.election,
    voter: person.code,
    district: choice[0] ?? '',
    envelope,
    digest: signed.digest,
    token,
    registeredAt: registeredAt(signed, token),
  })
  return { id, session, envelope, randomness: ballot.randomness, signed, token }
}

test('a vote is read when the card signed it, and says who signed what', async () => {
  const { envelope } = await voteOf(mari, '1.101')
  expect(await read(envelope)).toMatchObject({ voter: mari.code, election: mock.id })
  expect(envelope).not.toContain('1.101')
})

test('a vote is refused when its signature or certificate does not hold', async () => {
  const { envelope, ballot } = await voteOf(mari, '1.101')
  const jws = JSON.parse(envelope)
  const other = JSON.parse((await voteOf(mari, '1.102')).envelope)
  const wrong = (change: object) => codeOf(read(JSON.stringify({ ...jws, ...change })))
  expect(await wrong({ payload: other.payload })).toBe('BAD_REQUEST')
  expect(await wrong({ signature: other.signature })).toBe('BAD_REQUEST')
  expect(await wrong({ protected: Buffer.from('{"alg":"none"}').toString('base64url') })).toBe('BAD_REQUEST')
  expect(await wrong({ signature: undefined })).toBe('BAD_REQUEST')
  expect(await wrong({ header: {} })).toBe('BAD_CERTIFICATE')
  for (const x5c of [['aGVsbG8='], 'x', [5]]) expect(await wrong({ header: { x5c } })).toBe('BAD_CERTIFICATE')
  for (const text of ['', '5', 'null', '[]', '{"protected":1}'])
    expect(await codeOf(read(text))).toBe('BAD_REQUEST')

  const login = await voteOf(mari, '1.101', { certificate: 'authentication' as never })
  expect(await codeOf(read(login.envelope))).toBe('BAD_CERTIFICATE')
  // A card of another state: the probe makes each card once, so this one is nobody's elsewhere in this test.
  const foreign = await voteOf(anna, '1.101', { ca: line(newKey()) })
  expect(await codeOf(read(foreign.envelope))).toBe('BAD_CERTIFICATE')
  expect(await codeOf(read(envelope, new Date('2001-01-01')))).toBe('BAD_CERTIFICATE')
  const card = await forgeSignature({ ballot: JSON.stringify(ballot), person: mari.code }, place)
  const { vote } = seal({ ballot: JSON.stringify(ballot), card: JSON.stringify(card) }, place) as {
    vote: string
  }
  expect(await codeOf(read(Buffer.from(vote, 'base64').toString()))).toBe('BAD_CERTIFICATE')
})

test('the time-stamp orders votes, whatever the device says about the time', async () => {
  const { signed, token } = await cast(jaan, '1.101', { ahead: '600' })
  const at = registeredAt(signed, token)
  expect(Math.abs(at.getTime() - Date.now())).toBeLessThan(60_000)
  expect(signed.signedAt?.getTime()).toBeGreaterThan(at.getTime() + 3_600_000)
  const another = await read((await voteOf(jaan, '1.102')).envelope)
  expect(() => registeredAt(another, token)).toThrow('something else')
})

test('the voter opens the own vote with the code, three times and for ten minutes', async () => {
  const { id, session, randomness } = await cast(mari, '1.102')
  const code = readQr(qr({ session, randomness, vote: id ?? '' }, place) as { code: string }, place)
  expect(code).toEqual({ session, randomness, vote: id })
  expect(await fetchToVerify(db, 'b'.repeat(32), id ?? '')).toBeNull()
  for (let time = 1; time <= 3; time++) {
    const fetched = await fetchToVerify(db, session, id ?? '')
    const vote = Buffer.from(fetched?.envelope ?? '').toString('base64')
    expect(verifyVote({ vote, randomness, key: mock.ceremony.key }, place)).toEqual({
      choice: '1.102',
      voter: mari.code,
      election: mock.id,
    })
  }
  expect(await fetchToVerify(db, session, id ?? '')).toBeNull()

  const late = await cast(mari, '1.103')
  await db.query(`update vote set stored_at = now() - interval '11 minutes' where id = $1`, [late.id])
  expect(await fetchToVerify(db, late.session, late.id ?? '')).toBeNull()
})

test('an envelope gets in once, and nothing gets in when voting has ended', async () => {
  const election = await started()
  const { signed, envelope, token, session } = await cast(mari, '1.101', { election })
  const again = {
    session,
    election: election.id,
    voter: mari.code,
    district: '1',
    envelope,
    digest: signed.digest,
    token,
    registeredAt: registeredAt(signed, token),
  }
  expect(await storeVote(db, again)).toBeNull()
  expect(await stateOfVote(db, election.id, mari.code)).toMatchObject({ voted: true, count: 1 })
  expect(await closeMock(db, election.id, jaan.code)).toBe(false)
  expect(await closeMock(db, election.id, mari.code)).toBe(true)
  expect((await cast(jaan, '1.101', { election })).id).toBeNull()
  expect(await closeMock(db, NATIONAL, mari.code)).toBe(false)
})

test('the count checks every vote again and publishes what holds', async () => {
  const election = await started()
  await cast(mari, '1.101', { election, ahead: '90' })
  await cast(mari, '1.102', { election })
  await cast(jaan, '2.103', { election })
  const child = population.land.persons.find(({ birth }) => birth > `${NATION_YEAR - 10}`) as Person
  await cast(child, '1.103', { election })
  const meddled = await cast(mari, '1.104', { election })
  await db.query('update vote set voter = $2 where id = $1', [meddled.id, jaan.code])
  await closeMock(db, election.id, mari.code)
  await countElection(db, election, authority)
  const tally = await findTally(db, election.id)
  expect(tally).toMatchObject({ received: 5, replaced: 1, refused: 2 })
  const published = JSON.stringify(tally)
  expect(verifyTally({ tally: published, expected: '2.103 1.102' }, place)).toMatchObject({ asCast: true })
  expect(verifyTally({ tally: published, expected: '2.103 1.101' }, place)).toMatchObject({ asCast: false })
  for (const { code } of [mari, jaan, child]) expect(published).not.toContain(code)
  expect(() => verifyTally({ tally: published.replace('"received":5', '"received":6') }, place)).toThrow()
})

test('who may vote, and where, is as the population register has it now', async () => {
  const answer =
    (status: number, body: object): XroadClient =>
    async () =>
      ({ status, xroadError: null, json: () => body }) as never
  const asked = (person: object, code = mari.code) =>
    eligibleDistrict(
      db,
      answer(200, { birth: mari.birth, status: 'alive', municipality: 'Kivilinn', ...person }),
      mock,
      code,
    )
  expect(await asked({})).toBe('2')
  expect(await asked({ municipality: 'Saarepea' })).toBe('4')
  const listed = await asked({ municipality: null })
  expect(listed).toBe(await asked({ municipality: mari.address.town }))
  expect(await codeOf(asked({ birth: `${NATION_YEAR - 18}-12-14` }))).toBe('VOTER_TOO_YOUNG')
  expect(await codeOf(asked({ birth: `${NATION_YEAR - 18}-12-13` }))).toBe('none')
  expect(await codeOf(asked({ status: 'deceased' }))).toBe('INELIGIBLE_VOTER')
  expect(await codeOf(asked({}, '38001010000'))).toBe('INELIGIBLE_VOTER')
  expect(await codeOf(eligibleDistrict(db, answer(404, {}), mock, mari.code))).toBe('INELIGIBLE_VOTER')
  expect(await codeOf(eligibleDistrict(db, answer(500, {}), mock, mari.code))).toBe('INTERNAL_SERVER_ERROR')
  expect(isOfAge('2008-02-29', '2026-02-28')).toBe(false)
  expect(isOfAge('2008-02-29', '2026-03-01')).toBe(true)
})
