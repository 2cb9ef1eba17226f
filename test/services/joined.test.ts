import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Subsystem } from '../../infra/services/xroad/src/members.ts'

/** What the platform tells every service of a member from elsewhere: its `service.yaml`, compiled. */
const FERRY = {
  ferry: {
    memberClass: 'COM',
    memberCode: '10000020',
    name: { en: 'Saareots Ferries', et: 'Saareotsa Laevad', ja: 'Saareots Ferries' },
    offers: [{ code: 'tickets', url: 'http://ferry/xroad/tickets', endpoints: ['GET /*'], for: ['portal'] }],
    asks: { 'population/persons': ['GET /*'], 'portal/notices': ['POST /'] },
  },
}

/** Types know only the members from the start. */
const FERRY_ID: string = 'ferry'

type Xroad = typeof import('../../infra/services/xroad/src/access-rights.ts')
let allowedService: Xroad['allowedService']
let subsystem: (code: string) => Subsystem
let kit: typeof import('../../infra/services/kit/members.ts')

beforeAll(async () => {
  // Read once, when the module is loaded: also for whoever loads it after this file.
  vi.resetModules()
  process.env.KILP_MEMBERS = JSON.stringify(FERRY)
  kit = await import('../../infra/services/kit/members.ts')
  const { SUBSYSTEMS } = await import('../../infra/services/xroad/src/members.ts')
  allowedService = (await import('../../infra/services/xroad/src/access-rights.ts')).allowedService
  subsystem = (code) => {
    const found = SUBSYSTEMS.find((one) => one.subsystemCode === code)
    if (!found) throw new Error(code)
    return found
  }
})

afterAll(() => {
  delete process.env.KILP_MEMBERS
  vi.resetModules()
})

describe('a member that joined X-Road', () => {
  test('is known like the others, by name too', () => {
    expect(kit.isSubsystem(FERRY_ID) && kit.subsystemId(FERRY_ID)).toBe('MM/COM/10000020/ferry')
    expect(kit.organisationName('10000020').et).toBe('Saareotsa Laevad')
    expect(kit.organisationName('70000002').en).toBe('Tax and Customs Board')
  })

  test('may call what it asks for, and nothing more', () => {
    const [ferry, population] = [subsystem('ferry'), subsystem('population')]
    expect(allowedService(ferry, population, 'persons', 'GET', '/49001011234').url).toContain(
      'http://population',
    )
    expect(() => allowedService(ferry, population, 'persons', 'GET', '/49001011234/family')).toThrow(
      'not allowed',
    )
    expect(() => allowedService(ferry, subsystem('tax'), 'declarations', 'GET', '/1')).toThrow('not allowed')
    expect(allowedService(ferry, subsystem('portal'), 'notices', 'POST', '/').code).toBe('notices')
  })

  test('is called by those whom it names', () => {
    const ferry = subsystem('ferry')
    expect(allowedService(subsystem('portal'), ferry, 'tickets', 'GET', '/7').url).toBe(
      'http://ferry/xroad/tickets',
    )
    expect(() => allowedService(subsystem('bank'), ferry, 'tickets', 'GET', '/7')).toThrow('not allowed')
  })

  test('gives nobody else a right', () => {
    expect(() => allowedService(subsystem('bank'), subsystem('population'), 'persons', 'GET', '/1')).toThrow(
      'not allowed',
    )
  })
})

test('a service that joined is a client of eid, under the name that it has on X-Road', async () => {
  const { registeredClients } = await import('../../infra/services/eid/src/clients.ts')
  for (const id of 'portal stateapp tax health school vote sign wallet mynumber assistant tracker citylibrary'.split(
    ' ',
  ))
    process.env[`OIDC_${id.toUpperCase()}`] = 'x'
  const own = registeredClients().length
  process.env.OIDC_JOINED = 'ferry=f0f0 museum=a1a1'
  expect(registeredClients()).toHaveLength(own + 2)
  expect(registeredClients().slice(0, 2)).toEqual([
    {
      client_id: 'ferry',
      client_name: 'Saareots Ferries',
      client_secret: 'f0f0',
      redirect_uris: ['http://ferry/login/callback'],
    },
    {
      client_id: 'museum',
      client_name: 'museum',
      client_secret: 'a1a1',
      redirect_uris: ['http://museum/login/callback'],
    },
  ])
})
