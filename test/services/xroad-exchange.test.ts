import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders, RequestListener } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { errorResponse } from '../../infra/services/xroad/src/errors.ts'
import { exchange } from '../../infra/services/xroad/src/exchange.ts'
import { parseCall } from '../../infra/services/xroad/src/identifiers.ts'
import { type LogRecord, recordHash } from '../../infra/services/xroad/src/message-log.ts'
import { checkSignature } from '../../infra/services/xroad/src/signature.ts'
import { openTimestamping } from '../../infra/services/xroad/src/timestamping.ts'
import { listening, openLogDatabase, openServer, subsystem } from './xroad-fixture.ts'

const URL = '/r1/MM/GOV/70000001/population/persons/1?x=%20'
let opened: Awaited<ReturnType<typeof openLogDatabase>>
let stop: () => void = () => undefined

beforeAll(async () => {
  process.env.PROVIDER_TOKEN_POPULATION = 'token'
  opened = await openLogDatabase()
}, 60_000)
beforeEach(() => opened.clear())
afterAll(() => opened.db.end())
afterEach(() => stop())

/** Asks a population register that `provider` plays, as the municipality. */
async function asking(
  provider: RequestListener,
  headers: IncomingHttpHeaders = {},
  { body = '', mayLog = () => undefined as undefined }: { body?: string; mayLog?: () => void } = {},
) {
  const server = await openServer('MM', opened.db, [], mayLog)
  const { url, close } = await listening(provider)
  stop = close
  const population = {
    ...subsystem('population'),
    services: [
      {
        code: 'persons',
        type: 'REST' as const,
        url,
        endpoints: [
          { method: 'GET', path: '/*' },
          { method: 'POST', path: '/*' },
        ],
        access: [{ client: 'MM/GOV/70000005/municipality', to: 'all' as const }],
      },
    ],
  }
  const call = { ...parseCall(URL), provider: population }
  const request = { client: subsystem('municipality'), call, headers, body: Buffer.from(body) }
  return { server, answer: () => exchange({ ...request, method: body ? 'POST' : 'GET' }, server) }
}

const failure = async (answer: () => Promise<Response>) =>
  errorResponse(
    await answer().then(
      (response) => Promise.reject(new Error(`${response.status}`)),
      (e) => e,
    ),
  )

describe('exchange', () => {
  test('headers are filtered both ways and X-Road adds its own', async () => {
    let seen: IncomingHttpHeaders = {}
    const { answer } = await asking(
      (request, response) => {
        seen = request.headers
        response.setHeader('server', 'secret/1.0').setHeader('x-road-id', 'forged')
        response.setHeader('set-cookie', ['a=1, b', 'c=2'])
        response.writeHead(302, { location: 'http://elsewhere/' }).end('moved')
      },
      {
        'user-agent': 'curl',
        host: 'xroad',
        connection: 'x-hop, keep-alive',
        'x-hop': '1',
        'x-road-id': 'id-1',
        'x-road-request-hash': 'forged',
        'x-provider-token': 'forged',
        'x-own': 'kept: with colon',
      },
    )
    const response = await answer()
    expect(seen).toMatchObject({
      'x-own': 'kept: with colon',
      'x-road-client': 'MM/GOV/70000005/municipality',
      accept: 'application/json',
    })
    expect(seen['x-provider-token']).toBe('token')
    expect(seen['user-agent']).toBeUndefined()
    expect(seen['x-hop']).toBeUndefined()
    expect(seen['x-road-request-hash']).toBeUndefined()
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toBe('http://elsewhere/')
    expect(response.headers.getSetCookie()).toEqual(['a=1, b', 'c=2'])
    expect(response.headers.get('server')).toBeNull()
    expect(response.headers.get('x-road-id')).toBe('id-1')
    expect(response.headers.get('x-road-error')).toBeNull()
    expect(response.headers.get('x-road-service')).toBe('MM/GOV/70000001/population/persons')
  })

  test('the request hash is SHA512(SHA512(head) + SHA512(body)), and of the head alone without a body', async () => {
    const sha = (bytes: Buffer | string) => createHash('sha512').update(bytes).digest()
    for (const body of ['', '{"a":1}']) {
      const { answer } = await asking((_, response) => response.end('ok'), { 'x-road-id': 'id-1' }, { body })
      const response = await answer()
      const head = [
        `${body ? 'POST' : 'GET'} ${URL}`,
        'accept:application/json',
        'x-road-client:MM/GOV/70000005/municipality',
        'x-road-id:id-1',
        `x-road-request-id:${response.headers.get('x-road-request-id')}`,
        'x-road-service:MM/GOV/70000001/population/persons',
        '',
      ].join('\r\n')
      const expected = body ? sha(Buffer.concat([sha(head), sha(body)])) : sha(head)
      expect(response.headers.get('x-road-request-hash')).toBe(expected.toString('base64'))
      stop()
    }
  })

  test('a provider that breaks off is a network error of X-Road; the request stays in the log', async () => {
    const { answer } = await asking((request) => request.destroy())
    const response = await failure(answer)
    expect(response.status).toBe(500)
    expect(response.headers.get('x-road-error')).toBe('Server.ServerProxy.NetworkError')
    expect(await response.json()).toMatchObject({
      type: 'Server.ServerProxy.NetworkError',
      detail: expect.any(String),
    })
    expect((await opened.db.query('select response from message_log')).rows).toEqual([{ response: false }])
  })

  test('a security server that is another than the provider’s is refused', async () => {
    const { answer } = await asking((_, response) => response.end(), {
      'x-road-security-server': 'MM/GOV/1/x',
    })
    expect((await failure(answer)).headers.get('x-road-error')).toBe(
      'Server.ClientProxy.InvalidSecurityServer',
    )
  })
})

describe('message log', () => {
  const rowsOf = async () =>
    (
      await opened.db.query<Record<string, string> & { id: number; response: boolean; body: Uint8Array }>(
        'select * from message_log order by id',
      )
    ).rows
  const recordOf = (row: Awaited<ReturnType<typeof rowsOf>>[number]): LogRecord => ({
    at: row.at ?? '',
    messageId: row.message_id ?? '',
    requestId: row.request_id ?? '',
    response: row.response,
    client: row.client ?? '',
    service: row.service ?? '',
    userId: row.user_id ?? '',
    issue: row.issue ?? '',
    message: { head: row.head ?? '', body: Buffer.from(row.body) },
    signature: row.signature ?? '',
  })

  test('both messages of an exchange are there as they went out, signed', async () => {
    const { answer, server } = await asking((_, response) => response.end('{"b":2}'), {}, { body: '{"a":1}' })
    const response = await answer()
    const rows = await rowsOf()
    expect(rows.map((row) => [row.response, Buffer.from(row.body).toString()])).toEqual([
      [false, '{"a":1}'],
      [true, '{"b":2}'],
    ])
    expect(rows[0]?.message_hash).toBe(response.headers.get('x-road-request-hash'))
    expect(rows[1]?.head).toContain(`x-road-request-hash:${rows[0]?.message_hash}`)
    for (const row of rows) {
      const { message, signature } = recordOf(row)
      const key = server.signer.certificate.publicKey
      expect(() => checkSignature(message, signature, key)).not.toThrow()
      const forged = { ...message, head: message.head.replace('municipality', 'population') }
      expect(() => checkSignature(forged, signature, key)).toThrow('another message')
    }
  })

  test('rows are chained: many at once stay in order, and a changed or missing row shows', async () => {
    const { answer } = await asking((_, response) => response.end('ok'), { 'x-road-userid': 'EE49001011234' })
    await Promise.all(Array.from({ length: 20 }, answer))
    const chainHolds = async () => {
      let previous = ''
      return (await rowsOf()).every((row, i) => {
        const good = row.id === i + 1 && recordHash(previous, row.id, recordOf(row)) === row.hash
        previous = row.hash ?? ''
        return good
      })
    }
    expect(await rowsOf()).toHaveLength(40)
    expect(await chainHolds()).toBe(true)
    await opened.db.query(`update message_log set user_id = 'EE1' where id = 7`)
    expect(await chainHolds()).toBe(false)
    await opened.db.query(`update message_log set user_id = 'EE49001011234' where id = 7`)
    expect(await chainHolds()).toBe(true)
    await opened.db.query('delete from message_log where id = 9')
    expect(await chainHolds()).toBe(false)
  })

  test('without a row in the log nothing goes out, and nothing comes in', async () => {
    let asked = false
    const { answer } = await asking((_, response) => {
      asked = true
      response.end('secret')
    })
    await opened.db.query('drop table message_log')
    expect((await failure(answer)).headers.get('x-road-error')).toBe('Server.ServerProxy.LoggingFailed')
    expect(asked).toBe(false)
  })

  test('when time-stamping has failed for too long, exchange stops, and goes on when it works again', async () => {
    let works = false
    const timestamping = openTimestamping(opened.db, {
      records: 2,
      intervalMs: 1000,
      acceptableFailureMs: 20,
      stamp: async () => {
        if (!works) throw new Error('no answer')
        return { token: Buffer.from('token'), at: new Date() }
      },
    })
    const { answer } = await asking((_, response) => response.end('ok'), {}, { mayLog: timestamping.mayLog })
    await answer()
    await expect(timestamping.stampAll()).rejects.toThrow('no answer')
    await new Promise((resolve) => setTimeout(resolve, 40))
    const error = 'Server.ServerProxy.LoggingFailed.TimestamperFailed'
    expect((await failure(answer)).headers.get('x-road-error')).toBe(error)
    works = true
    await timestamping.stampAll()
    expect((await answer()).status).toBe(200)
  })
})
