import { generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { selfSigned } from '../../infra/services/kit/certificates.ts'
import { allowedService } from '../../infra/services/xroad/src/access-rights.ts'
import { authenticateClient } from '../../infra/services/xroad/src/client-authentication.ts'
import { XroadError } from '../../infra/services/xroad/src/errors.ts'
import { parseCall, parseClient } from '../../infra/services/xroad/src/identifiers.ts'
import { SUBSYSTEMS, type Subsystem } from '../../infra/services/xroad/src/members.ts'
import { allowedMethods, listClients, listMethods } from '../../infra/services/xroad/src/metaservices.ts'
import { ownInstance, timestampingOptions } from '../../infra/services/xroad/src/settings.ts'

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
    expect(parseClient('MM/COM/10000001/bank', 'MM')).toBe(bank)
    expect(typeOf(() => parseClient(undefined, 'MM'))).toBe('Client.BadRequest')
    expect(typeOf(() => parseClient('MM/COM/10000001', 'MM'))).toBe('Server.ClientProxy.UnknownMember')
    expect(typeOf(() => parseClient('MM/COM/../bank', 'MM'))).toBe('Client.BadRequest')
    expect(typeOf(() => parseClient('MM/COM/10000001/bank', 'JP'))).toBe('Server.ClientProxy.UnknownMember')
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
    const members = async (instance: string) =>
      (await listClients('application/json', instance).json()).member
    expect(await members('MM')).toHaveLength(SUBSYSTEMS.length - 2)
    expect(await members('JP')).toMatchObject([
      { id: { xroad_instance: 'JP', subsystem_code: 'mynumber' } },
      { id: { xroad_instance: 'JP', subsystem_code: 'immigration' } },
    ])
    const unknown = listClients('application/json', 'EE')
    expect([unknown.status, unknown.headers.get('x-road-error')]).toEqual([
      500,
      'Server.ClientProxy.InternalError',
    ])
    expect(await unknown.json()).toEqual({
      type: 'Server.ClientProxy.InternalError',
      message: 'Shared params for instance identifier EE not found',
      detail: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(await listClients(undefined, 'MM').text()).toContain(
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

describe('settings', () => {
  const set = (values: Readonly<Record<string, string>>) => Object.assign(process.env, values)
  test('exchange waits for no time-stamp where there is no authority at all', () => {
    set({
      ACCEPTABLE_TIMESTAMP_FAILURE_SECONDS: '240',
      TIMESTAMP_RECORDS: '64',
      TIMESTAMP_INTERVAL_SECONDS: '10',
      SERVICES: 'registry-db,xroad,eid',
    })
    expect(timestampingOptions()).toMatchObject({
      records: 64,
      intervalMs: 10_000,
      acceptableFailureMs: 240_000,
    })
    set({ SERVICES: 'registry-db,xroad' })
    expect(timestampingOptions().acceptableFailureMs).toBe(0)
    set({ TIMESTAMP_RECORDS: 'many' })
    expect(timestampingOptions).toThrow('TIMESTAMP_RECORDS is not a whole number')
  })

  test('the instance is one that is known', () => {
    set({ XROAD_INSTANCE: 'JP' })
    expect(ownInstance()).toBe('JP')
    set({ XROAD_INSTANCE: 'EE' })
    expect(ownInstance).toThrow('XROAD_INSTANCE is EE')
  })
})
