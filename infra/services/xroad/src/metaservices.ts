import { allowedEndpoints } from './access-rights.ts'
import { errorResponse, XroadError } from './errors.ts'
import { type Endpoint, type Service, SUBSYSTEMS, type Subsystem } from './members.ts'

/** `listClients` (PR-META 2): the subsystems of an instance, own or federated; XML unless JSON is asked for. Another instance is an error. */
export function listClients(accept: string | undefined, instance: string): Response {
  const members = SUBSYSTEMS.filter((member) => member.instance === instance)
  if (members.length === 0)
    return errorResponse(
      new XroadError(
        'Server.ClientProxy.InternalError',
        `Shared params for instance identifier ${instance} not found`,
      ),
    )
  if (accept?.includes('application/json')) {
    return Response.json({
      member: members.map((member) => ({ id: clientId(member), name: member.memberName })),
    })
  }
  const list = members.map(
    (member) =>
      `<xrd:member><xrd:id iden:objectType="SUBSYSTEM"><iden:xRoadInstance>${member.instance}</iden:xRoadInstance>` +
      `<iden:memberClass>${member.memberClass}</iden:memberClass><iden:memberCode>${member.memberCode}</iden:memberCode>` +
      `<iden:subsystemCode>${member.subsystemCode}</iden:subsystemCode></xrd:id><xrd:name>${member.memberName}</xrd:name></xrd:member>`,
  )
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<xrd:clientList xmlns:xrd="http://x-road.eu/xsd/xroad.xsd" xmlns:iden="http://x-road.eu/xsd/identifiers">${list.join('')}</xrd:clientList>\n`
  return new Response(xml, { headers: { 'content-type': 'text/xml;charset=utf-8' } })
}

/** `listMethods` (PR-MREST 4): every service of a provider. */
export const listMethods = (provider: Subsystem): Response =>
  Response.json({
    service: provider.services.map((service) => describe(provider, service, service.endpoints)),
  })

/** `allowedMethods`: those that the client may call. */
export function allowedMethods(client: Subsystem, provider: Subsystem): Response {
  const open = provider.services
    .map((service) => ({ service, endpoints: allowedEndpoints(client, service) }))
    .filter(({ endpoints }) => endpoints.length > 0)
  return Response.json({
    service: open.map(({ service, endpoints }) => describe(provider, service, endpoints)),
  })
}

function clientId(subsystem: Subsystem): Readonly<Record<string, string>> {
  return {
    object_type: 'SUBSYSTEM',
    xroad_instance: subsystem.instance,
    member_class: subsystem.memberClass,
    member_code: subsystem.memberCode,
    subsystem_code: subsystem.subsystemCode,
  }
}

function describe(provider: Subsystem, service: Service, endpoints: readonly Endpoint[]): object {
  return {
    ...clientId(provider),
    object_type: 'SERVICE',
    service_code: service.code,
    service_type: service.type,
    endpoint_list: endpoints.map(({ method, path }) => ({ method, path })),
  }
}
