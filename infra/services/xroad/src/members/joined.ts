import { JOINED, type Joined } from '../../../kit/members.ts'
import type { Access, Endpoint, Subsystem } from './model.ts'

/** `GET /*` */
const endpointOf = (written: string): Endpoint => {
  const [method = '', path = ''] = written.split(' ')
  return { method, path }
}

const idOf = ({ instance, memberClass, memberCode, subsystemCode }: Subsystem): string =>
  `${instance}/${memberClass}/${memberCode}/${subsystemCode}`

/** The subsystems of this state and of the members that joined it, each with the rights that those have or give. */
export function withJoined(own: readonly Subsystem[]): readonly Subsystem[] {
  const joined = Object.entries(JOINED).map(([code, member]) => subsystemOf(code, member, own))
  return [...own, ...joined].map((provider) => ({
    ...provider,
    services: provider.services.map((service) => ({
      ...service,
      access: [
        ...service.access,
        ...joined.flatMap((client) => asked(client, `${provider.subsystemCode}/${service.code}`)),
      ],
    })),
  }))
}

function subsystemOf(code: string, member: Joined, own: readonly Subsystem[]): Subsystem {
  return {
    instance: member.instance ?? 'MM',
    memberClass: member.memberClass,
    memberCode: member.memberCode,
    subsystemCode: code,
    memberName: member.name.en,
    services: member.offers.map((offer) => ({
      code: offer.code,
      type: 'REST',
      url: offer.url,
      endpoints: offer.endpoints.map(endpointOf),
      access: own
        .filter(({ subsystemCode }) => offer.for.includes(subsystemCode))
        .map((client): Access => ({ client: idOf(client), to: 'all' })),
    })),
  }
}

const asked = (client: Subsystem, service: string): readonly Access[] => {
  const endpoints = JOINED[client.subsystemCode]?.asks[service]
  return endpoints ? [{ client: idOf(client), to: endpoints.map(endpointOf) }] : []
}
