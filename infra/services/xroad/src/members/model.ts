import { type Instance, instanceOf, MEMBERS, type SubsystemName, subsystemId } from '../../../kit/members.ts'

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
  readonly instance: Instance
  readonly memberClass: string
  readonly memberCode: string
  readonly subsystemCode: string
  readonly memberName: string
  readonly services: readonly Service[]
}

export const get = (path: string): Endpoint => ({ method: 'GET', path })
export const post = (path: string): Endpoint => ({ method: 'POST', path })
export const put = (path: string): Endpoint => ({ method: 'PUT', path })

/** A right of one subsystem: to the whole service, or to endpoints of it. */
export const grant = (client: SubsystemName, to: Access['to'] = 'all'): Access => ({
  client: subsystemId(client),
  to,
})

/** A subsystem with the services that it offers. */
export const subsystem = (name: SubsystemName, services: readonly Service[] = []): Subsystem => ({
  instance: instanceOf(name),
  memberClass: MEMBERS[name].memberClass,
  memberCode: MEMBERS[name].memberCode,
  subsystemCode: name,
  memberName: MEMBERS[name].name.en,
  services,
})

/** The Data Tracker interface, the same at every register. Only the portal and the tracker, which know their citizen, ask. */
export const findUsage = (url: string): Service => ({
  code: 'findUsage',
  type: 'REST',
  url,
  endpoints: [get('/v2/findUsage'), get('/v2/usagePeriod'), get('/v2/heartbeat')],
  access: [grant('portal'), grant('tracker')],
})
