import { createHash, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { selfSigned } from '../../infra/services/kit/certificates.ts'
import type { Database } from '../../infra/services/kit/database.ts'
import { allowedService } from '../../infra/services/xroad/src/access-rights.ts'
import { authenticateClient } from '../../infra/services/xroad/src/client-authentication.ts'
import { errorResponse, XroadError } from '../../infra/services/xroad/src/errors.ts'
import { exchange } from '../../infra/services/xroad/src/exchange.ts'
import { parseCall, parseClient } from '../../infra/services/xroad/src/identifiers.ts'
import { SUBSYSTEMS, type Subsystem } from '../../infra/services/xroad/src/members.ts'
import { type Exchange, openMessageLog, recordHash } from '../../infra/services/xroad/src/message-log.ts'
import { allowedMethods, listClients, listMethods } from '../../infra/services/xroad/src/metaservices.ts'

const subsystem = (code: string): Subsystem => {
  const found = SUBSYSTEMS.find((s) => s.subsystemCode === code)
  if (!found) throw new Error(code)
  return found
}
const population = subsystem('population')
const municipality = subsystem('municipality')
const bank = subsystem('bank')

const typeOf = (call: () => unknown): string => {
  try {
    call()
  } catch (error) {
    if (error instanceof XroadError) return error.type
    throw error
  }
  return 'none'
}

describe('identifiers', () => {
  test('a call is split into provider, service and the rest, as it came', () => {
    const call = parseCall('/r1/MM/GOV/70000001/population/persons/49001011234/family?x=%20%2F&y')
    expect(call.provider).toBe(population)
    expect(call.serviceCode).toBe('persons')
    expect(call.rest).toBe('/49001011234/family?x=%20%2F&y')
    expect(parseCall('/r1/MM/GOV/70000001/population/persons?name=%C3%95').rest).toBe('?name=%C3%95')
    expect(parseCall('/r1/MM/GOV/7000000%31/population/bar%C3%B5').serviceCode).toBe('barõ')
  })

  test.each([
    ['/r2/MM/GOV/70000001/population/persons', 'Client.BadRequest'],
    ['/r1/MM/GOV/70000001/population', 'Client.BadRequest'],
    ['/r1/MM%2FGOV/70000001/population/persons/x', 'Client.BadRequest'],
    ['/r1/MM/GOV/70000001/population/per%00sons', 'Client.BadRequest'],
    ['/r1/MM/GOV/70000001/population/%E4', 'Client.BadRequest'],
    ['/r1/MM/GOV/70000001/population/persons/../../admin', 'Client.BadRequest'],
    ['/r1/MM/GOV/70000001/population/persons/%2e%2E/admin', 'Client.BadRequest'],
    [`/r1/MM/GOV/70000001/population/persons?${'x'.repeat(4000)}`, 'Client.BadRequest'],
    ['/r1/XX/GOV/70000001/population/persons', 'Server.ClientProxy.UnknownMember'],
  ])('%s is %s', (url, type) => expect(typeOf(() => parseCall(url))).toBe(type))

  test('the client is a subsystem that is a member', () => {
    expect(parseClient('MM/COM/10000001/bank')).toBe(bank)
    expect(typeOf(() => parseClient(undefined))).toBe('Client.BadRequest')
    expect(typeOf(() => parseClient('MM/COM/10000001'))).toBe('Server.ClientProxy.UnknownMember')
    expect(typeOf(() => parseClient('MM/COM/../bank'))).toBe('Client.BadRequest')
  })
})

describe('access rights', () => {
  const right = (client: Subsystem, method: string, path: string) =>
    typeOf(() => allowedService(client, population, 'persons', method, path))

  test('an endpoint right opens that endpoint alone', () => {
    expect(right(bank, 'GET', '/49001011234/status')).toBe('none')
    for (const path of [
      '/49001011234',
      '',
      '/',
      '//status',
      '/1/2/status',
      '/49001011234/status/',
      '/1/statu%73x',
    ]) {
      expect(right(bank, 'GET', path), path).toBe('Server.ServerProxy.AccessDenied')
    }
    expect(right(bank, 'POST', '/49001011234/status')).toBe('Server.ServerProxy.AccessDenied')
    expect(right(bank, 'GET', '/49001011234/%73tatus')).toBe('none')
  })

  test('a service right opens all endpoints that the service has, and no more', () => {
    expect(right(municipality, 'GET', '')).toBe('none')
    expect(right(municipality, 'POST', '/49001011234/residence')).toBe('none')
    expect(right(municipality, 'DELETE', '/49001011234')).toBe('Server.ServerProxy.AccessDenied')
  })

  test('a service that is not there is an error of its own', () => {
    expect(typeOf(() => allowedService(bank, population, 'nothing', 'GET', ''))).toBe(
      'Server.ServerProxy.UnknownService',
    )
  })

  test('metaservices list what is offered, and to whom', async () => {
    const all = await listMethods(population).json()
    expect(all.service.map((s: { service_code: string }) => s.service_code)).toEqual(['persons', 'findUsage'])
    const open = await allowedMethods(bank, population).json()
    expect(open.service).toHaveLength(1)
    expect(open.service[0].endpoint_list).toEqual([{ method: 'GET', path: '/*/status' }])
    expect((await listClients('application/json', undefined).json()).member).toHaveLength(SUBSYSTEMS.length)
    expect((await listClients('application/json', 'EE').json()).member).toEqual([])
    expect(await listClients(undefined, undefined).text()).toContain(
      '<iden:subsystemCode>bank</iden:subsystemCode>',
    )
  })
})

describe('client authentication', () => {
  const line = (key: KeyObject, type: 'pkcs8' | 'spki') =>
    Buffer.from(key.export({ type, format: 'pem' })).toString('base64')
  const certificateOf = (key: KeyObject) => new X509Certificate(selfSigned(line(key, 'pkcs8'), 'bank').cert)

  test('only the registered key passes, whatever the certificate is called', () => {
    const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    process.env.CLIENT_KEY_BANK = line(own.publicKey, 'spki')
    expect(typeOf(() => authenticateClient(bank, certificateOf(own.privateKey)))).toBe('none')
    const refused = 'Server.ClientProxy.SslAuthenticationFailed'
    expect(typeOf(() => authenticateClient(bank, certificateOf(other.privateKey)))).toBe(refused)
    expect(typeOf(() => authenticateClient(bank, undefined))).toBe(refused)
  })
})

describe('exchange and message log', () => {
  let stop: () => void
  let db: PGlite
  beforeAll(async () => {
    process.env.PROVIDER_TOKEN_POPULATION = 'token'
    db = await PGlite.create()
  })
  beforeEach(async () => {
    await db.exec('drop table if exists message_log')
    await db.exec(await readFile('infra/services/xroad/src/schema.sql', 'utf8'))
  })
  afterEach(() => stop())
  afterAll(() => db.close())

  async function send(provider: RequestListener, headers: IncomingHttpHeaders, body = '') {
    const server = createServer(provider)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    stop = () => server.close()
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/persons`
    const service = { code: 'persons', type: 'REST' as const, url, endpoints: [], access: [] }
    const call = { provider: population, serviceCode: 'persons', rest: '/1?x=%20' }
    const log = openMessageLog(db as unknown as Database)
    await log.open()
    const message = {
      client: bank,
      call,
      service,
      method: body ? 'POST' : 'GET',
      headers,
      body: Buffer.from(body),
    }
    return { answer: () => exchange(message, log), log }
  }

  test('headers are filtered both ways and X-Road adds its own', async () => {
    let seen: IncomingHttpHeaders = {}
    const { answer } = await send(
      (request, response) => {
        seen = request.headers
        response.setHeader('server', 'secret/1.0').setHeader('x-road-id', 'forged')

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
        'x-own': 'kept',
      },
    )
    const response = await answer()
    expect(seen).toMatchObject({
      'x-own': 'kept',
      'x-road-client': 'MM/COM/10000001/bank',
      accept: 'application/json',
    })
    expect(seen['x-provider-token']).toBe('token')
    expect(seen['user-agent']).toBeUndefined()
    expect(seen['x-hop']).toBeUndefined()
    expect(seen['x-road-request-hash']).toBeUndefined()
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toBe('http://elsewhere/')
    expect(response.headers.get('server')).toBeNull()
    expect(response.headers.get('x-road-id')).toBe('id-1')
    expect(response.headers.get('x-road-error')).toBeNull()
    expect(response.headers.get('x-road-service')).toBe('MM/GOV/70000001/population/persons')
  })

  test('the request hash is SHA512(SHA512(head) + SHA512(body)), and of the head alone without a body', async () => {
    const sha = (bytes: Buffer | string) => createHash('sha512').update(bytes).digest()
    for (const body of ['', '{"a":1}']) {
      const { answer } = await send((_, response) => response.end('ok'), { 'x-road-id': 'id-1' }, body)
      const response = await answer()
      const head = [
        `${body ? 'POST' : 'GET'} /r1/MM/GOV/70000001/population/persons/1?x=%20`,
        'accept:application/json',
        'x-road-client:MM/COM/10000001/bank',
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

  test('a provider that breaks off is a network error of X-Road', async () => {
    const { answer } = await send((request) => request.destroy(), {})
    const response = errorResponse(await answer().catch((error: unknown) => error))
    expect(response.status).toBe(500)
    expect(response.headers.get('x-road-error')).toBe('Server.ServerProxy.NetworkError')
    expect(await response.json()).toMatchObject({
      type: 'Server.ServerProxy.NetworkError',
      detail: expect.any(String),
    })
  })

  test('rows are chained: many at once stay in order, and a changed row shows', async () => {
    const { answer } = await send((_, response) => response.end('ok'), { 'x-road-userid': 'EE49001011234' })
    await Promise.all(Array.from({ length: 20 }, answer))
    const chainHolds = async () => {
      const { rows } = await db.query<Record<string, string> & { id: number; status: number }>(
        'select * from message_log order by id',
      )
      expect(rows).toHaveLength(20)
      let previous = ''
      return rows.every((row, i) => {
        const exchange: Exchange = {
          at: row.at ?? '',
          messageId: row.message_id ?? '',
          requestId: row.request_id ?? '',
          client: row.client ?? '',
          service: row.service ?? '',
          userId: row.user_id ?? '',
          issue: row.issue ?? '',
          method: row.method ?? '',
          path: row.path ?? '',
          requestHash: row.request_hash ?? '',
          status: row.status,
          responseHash: row.response_hash ?? '',
        }
        const good = row.id === i + 1 && recordHash(previous, row.id, exchange) === row.hash
        previous = row.hash ?? ''
        return good
      })
    }
    expect(await chainHolds()).toBe(true)
    await db.query(`update message_log set user_id = 'EE1' where id = 7`)
    expect(await chainHolds()).toBe(false)
  })

  test('without a row in the log nothing goes out', async () => {
    const { answer } = await send((_, response) => response.end('secret'), {})
    await db.exec('drop table message_log')
    const response = errorResponse(await answer().catch((error: unknown) => error))
    expect(response.headers.get('x-road-error')).toBe('Server.ServerProxy.LoggingFailed')
  })
})
