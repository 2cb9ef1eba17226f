/**
 * Members of the X-Road instance MM, their services, and who may use them. The security server reads this at start.
 * A right is given to a subsystem, for a whole service (`all`) or for endpoints of it. In a path, `*` is any one segment.
 */

export type ServiceType = 'OPENAPI' | 'REST'

export interface Endpoint {
  readonly method: string
  readonly path: string
}

export interface Access {
  /** `INSTANCE/CLASS/MEMBER/SUBSYSTEM` */
  readonly client: string
  readonly to: 'all' | readonly Endpoint[]
}

export interface Service {
  readonly code: string
  readonly type: ServiceType
  /** Where the provider answers; the path of the call is added. */
  readonly url: string
  readonly endpoints: readonly Endpoint[]
  readonly access: readonly Access[]
}

export interface Subsystem {
  readonly memberClass: string
  readonly memberCode: string
  readonly subsystemCode: string
  readonly memberName: string
  readonly services: readonly Service[]
}

export const INSTANCE = 'MM'
export const SECURITY_SERVER = 'MM/GOV/70000003/xroad'

const POPULATION = 'MM/GOV/70000001/population'
const TAX = 'MM/GOV/70000002/tax'
const EID = 'MM/GOV/70000003/eid'
const PORTAL = 'MM/GOV/70000004/portal'
const MUNICIPALITY = 'MM/GOV/70000005/municipality'
const BANK = 'MM/COM/10000001/bank'

const get = (path: string): Endpoint => ({ method: 'GET', path })
const post = (path: string): Endpoint => ({ method: 'POST', path })

/** The Data Tracker interface, the same at every register. Only the portal, which knows its citizen, asks. */
const findUsage = (url: string): Service => ({
  code: 'findUsage',
  type: 'REST',
  url,
  endpoints: [get('/v2/findUsage'), get('/v2/usagePeriod'), get('/v2/heartbeat')],
  access: [{ client: PORTAL, to: 'all' }],
})

export const SUBSYSTEMS: readonly Subsystem[] = [
  {
    memberClass: 'GOV',
    memberCode: '70000001',
    subsystemCode: 'population',
    memberName: 'Population Register',
    services: [
      {
        code: 'persons',
        type: 'OPENAPI',
        url: 'http://population/persons',
        endpoints: [
          ...[get('/'), get('/*'), get('/*/family'), get('/*/status')],
          ...[get('/*/residence'), post('/*/residence')],
        ],
        access: [
          { client: MUNICIPALITY, to: 'all' },
          { client: PORTAL, to: [get('/*'), get('/*/family'), get('/*/residence'), post('/*/residence')] },
          { client: TAX, to: [get('/*'), get('/*/family')] },
          { client: EID, to: [get('/*')] },
          { client: BANK, to: [get('/*/status')] },
        ],
      },
      findUsage('http://population'),
    ],
  },
  {
    memberClass: 'GOV',
    memberCode: '70000002',
    subsystemCode: 'tax',
    memberName: 'Tax and Customs Board',
    services: [
      {
        code: 'declarations',
        type: 'REST',
        url: 'http://tax/xroad/declarations',
        endpoints: [get('/*')],
        access: [{ client: PORTAL, to: 'all' }],
      },
      findUsage('http://tax'),
    ],
  },
  {
    memberClass: 'GOV',
    memberCode: '70000003',
    subsystemCode: 'eid',
    memberName: 'Information System Authority',
    services: [],
  },
  {
    memberClass: 'GOV',
    memberCode: '70000004',
    subsystemCode: 'portal',
    memberName: 'State Portal',
    services: [
      {
        code: 'notices',
        type: 'REST',
        url: 'http://portal/xroad/notices',
        endpoints: [post('/')],
        access: [POPULATION, TAX, EID, MUNICIPALITY].map((client) => ({ client, to: 'all' as const })),
      },
    ],
  },
  {
    memberClass: 'GOV',
    memberCode: '70000005',
    subsystemCode: 'municipality',
    memberName: 'Municipality of Meresadam',
    services: [],
  },
  {
    memberClass: 'COM',
    memberCode: '10000001',
    subsystemCode: 'bank',
    memberName: 'Meremaa Savings Bank',
    services: [],
  },
]
