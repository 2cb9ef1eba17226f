import { createHash, randomBytes, verify, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { ristretto255 } from '../../../infra/node_modules/@noble/curves/ed25519.js'
import { useCard } from '../../../infra/probe/src/card.ts'
import { citizens, type Person } from '../../../infra/services/kit/nation/nation.ts'
import { readTimestamp } from '../../../infra/services/kit/timestamp.ts'
import { type Browser, field, logIn, openBrowser } from '../../kit/browser.ts'
import type { State } from '../../kit/state.ts'
import { type PublishedTally, verifyPublishedTally } from './published-tally.ts'

const { BASE, Fn } = ristretto255.Point
const SITE = 'http://vote'

interface Answer {
  readonly error: string | null
  readonly result: Readonly<Record<string, string>> & { readonly Qualification: { readonly tspreg: string } }
}

/** A voting app by hand: the collector's JSON-RPC, encryption and envelope as the README gives them. */
async function openVotingApp(state: State, person: Person) {
  const browser = openBrowser()
  const csrf = field(await logIn(state, browser, 'vote', person), /name="csrf" value="([^"]+)"/)
  const call = (method: string, params: object) =>
    rpc(browser, method, { AuthMethod: 'ticket', AuthToken: csrf, OS: 'test,1', ...params })
  const post = (path: string) =>
    browser.open(`${SITE}${path}`, { method: 'POST', headers: { 'x-csrf-token': csrf } })

  async function vote(election: string, choice?: string) {
    const list = (await call('VoterChoices', { Election: election })).result
    const offered: Record<string, Record<string, Record<string, string>>> = JSON.parse(atob(list.List ?? ''))
    const choices = Object.values(offered).flatMap((lists) => Object.values(lists).flatMap(Object.keys))
    const chosen = choice ?? choices[0] ?? ''
    const r = Fn.create(BigInt(`0x${randomBytes(31).toString('hex')}`))
    const K = ristretto255.Point.fromHex(list.Key ?? '')
    const a = BASE.multiply(r).toHex()
    const b = encoded(chosen).add(K.multiply(r)).toHex()
    const head = Buffer.from('{"alg":"ES256"}').toString('base64url')
    const payload = Buffer.from(JSON.stringify({ election, a, b })).toString('base64url')
    const card = await useCard(state.secrets.privateKey('card-ca'), person, {
      person: person.code,
      origin: SITE,
      nonce: '',
      certificate: 'signature',
      digest: Buffer.from(`${head}.${payload}`).toString('base64'),
    })
    const { signature, certificate } = JSON.parse(card)
    const jws = {
      protected: head,
      payload,
      signature: Buffer.from(signature, 'base64').toString('base64url'),
      header: { x5c: [certificate] },
    }
    const answer = await call('Vote', {
      SessionID: list.SessionID,
      Election: election,
      Choices: list.Choices,
      Type: 'jws',
      Vote: btoa(JSON.stringify(jws)),
    })
    return { answer, choices, chosen, list, r, K }
  }
  return { browser, csrf, call, post, vote }
}

async function rpc(browser: Browser, method: string, params: object): Promise<Answer> {
  const page = await browser.open(`${SITE}/rpc`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: 7, method: `RPC.${method}`, params: [params] }),
  })
  expect(page.status, page.text).toBe(200)
  const answer = JSON.parse(page.text)
  expect(answer.id).toBe(7)
  return answer
}

/** The first even counter that makes the padded text an element. */
function encoded(choice: string) {
  const bytes = Buffer.alloc(32)
  bytes[1] = Buffer.byteLength(choice)
  bytes.write(choice, 2)
  for (let counter = 0; counter < 256; counter += 2) {
    bytes[0] = counter
    try {
      return ristretto255.Point.fromHex(bytes.toString('hex'))
    } catch {
      // The next counter, then.
    }
  }
  throw new Error(`${choice} can not be encoded`)
}

/** Internet voting with a voting, a verification and an auditor's app that share no code with the service. */
export function vote(state: () => State): void {
  const people = () => citizens(state().land) as [Person, Person, Person]

  test('a hand-written app votes, verifies, votes again, and the last vote is counted with proofs that hold', async () => {
    const [mari, jaan] = people()
    const app = await openVotingApp(state(), mari)
    const { id, ceremony } = JSON.parse((await app.post('/api/elections')).text)
    const first = await app.vote(id)
    expect(first.answer.error).toBeNull()
    expect(first.list.Key).toBe(ceremony.key)

    const { SessionID, VoteID } = first.answer.result
    const verifier = openBrowser()
    for (let time = 1; time <= 3; time++) {
      const fetched = await rpc(verifier, 'Verify', { SessionID, VoteID })
      const jws = JSON.parse(atob(fetched.result.Vote ?? ''))
      const certificate = new X509Certificate(Buffer.from(jws.header.x5c[0], 'base64'))
      const key = { key: certificate.publicKey, dsaEncoding: 'ieee-p1363' } as const
      const signed = Buffer.from(`${jws.protected}.${jws.payload}`)
      expect(verify('sha256', signed, key, Buffer.from(jws.signature, 'base64url'))).toBe(true)
      const { a, b, election } = JSON.parse(Buffer.from(jws.payload, 'base64url').toString())
      expect(election).toBe(id)
      expect(BASE.multiply(first.r).toHex()).toBe(a)
      const open = ristretto255.Point.fromHex(b).subtract(first.K.multiply(first.r))
      expect(open.toHex()).toBe(encoded(first.chosen).toHex())
      const digest = createHash('sha256').update(`${jws.protected}.${jws.payload}.${jws.signature}`).digest()
      const tsa = Buffer.from(state().secrets.publicKey('tsa'), 'base64').toString()
      const { at } = readTimestamp(Buffer.from(fetched.result.Qualification.tspreg, 'base64'), digest, tsa)
      expect(Math.abs(at.getTime() - Date.now())).toBeLessThan(120_000)
    }
    expect((await rpc(verifier, 'Verify', { SessionID, VoteID })).error).toBe('BAD_REQUEST')

    const second = await app.vote(id, first.choices[1])
    expect(second.list).toMatchObject({ Voted: true })
    const other = await openVotingApp(state(), jaan)
    const third = await other.vote(id)
    const mine = await app.browser.open(`${SITE}/api/elections/${id}/mine`)
    expect(JSON.parse(mine.text)).toMatchObject({ voted: true, count: 2 })
    expect((await other.post(`/api/elections/${id}/close`)).status).toBe(404)
    expect((await app.post(`/api/elections/${id}/close`)).status).toBe(200)

    const tally: PublishedTally = JSON.parse((await verifier.open(`${SITE}/api/elections/${id}/tally`)).text)
    expect(tally).toMatchObject({ received: 3, replaced: 1, refused: 0 })
    const expected: Record<string, number> = {}
    for (const choice of [second.chosen, third.chosen]) expected[choice] = (expected[choice] ?? 0) + 1
    expect(verifyPublishedTally(tally)).toEqual(expected)
    const [ballot] = tally.districts.flatMap(({ mixed }) => mixed)
    const swapped = JSON.parse(JSON.stringify(tally).replaceAll(ballot?.b ?? '', BASE.toHex()))
    expect(() => verifyPublishedTally(swapped)).toThrow()
    expect((await app.call('VoterChoices', { Election: id })).error).toBe('VOTING_END')
  })

  test('the ballot box says who voted and not how, and no share of a key is readable in it', async () => {
    const [, , anna] = people()
    const app = await openVotingApp(state(), anna)
    const { answer, chosen } = await app.vote('RK2026')
    expect(answer.error).toBeNull()
    const sql = `select voter, envelope, session, digest, token from vote.vote where voter = '${anna.code}'`
    const dump = await state().exec('registry-db', ['su', 'postgres', '-c', `psql -At nation -c "${sql}"`])
    expect(dump.stdout).toContain(anna.code)
    expect(dump.stdout).not.toContain(chosen)
    const files = await state().exec('vote', ['sh', '-c', 'find /srv/data -type f | head'])
    expect(files.stdout.trim()).toBe('')
    const page = await app.browser.open(`${SITE}/?lang=en`)
    expect(page.text).toContain('Your vote is in the ballot box')
  })

  test('the protocol refuses with its own errors', async () => {
    const [mari] = people()
    const stranger = openBrowser()
    expect((await rpc(stranger, 'VoterChoices', {})).error).toBe('UNAUTHENTICATED')
    expect((await rpc(stranger, 'Verify', { SessionID: 'x', VoteID: 5 })).error).toBe('BAD_REQUEST')
    expect((await rpc(stranger, 'Nothing', {})).error).toBe('BAD_REQUEST')
    const app = await openVotingApp(state(), mari)
    const wrong = { Election: 'RK2026', Choices: '1', Type: 'jws' }
    for (const params of [
      { ...wrong, Vote: 'x' },
      { ...wrong, Vote: btoa('{}') },
      { ...wrong, Type: 'bdoc', Vote: '' },
      { ...wrong, Election: 'none' },
    ])
      expect((await app.call('Vote', params)).error).toBe('BAD_REQUEST')
    const child = state().land.persons.find(({ birth }) => birth > '2012') as Person
    expect((await (await openVotingApp(state(), child)).call('VoterChoices', {})).error).toBe(
      'VOTER_TOO_YOUNG',
    )
    for (const body of ['', 'null', '[]', '{"method":"constructor","params":[]}', '{"method":{"a":1}}']) {
      const page = await stranger.open(`${SITE}/rpc`, { method: 'POST', body })
      expect([page.status, JSON.parse(page.text).error]).toEqual([200, 'BAD_REQUEST'])
    }
    for (const path of ['/api/elections/none', '/api/elections/RK2026/tally', '/elections/none/results']) {
      const page = await stranger.open(`${SITE}${path}`)
      expect(page.status).toBe(404)
      expect(page.text).not.toMatch(/\n\s+at /)
    }
  })
}
