import { XroadError } from './errors.ts'
import { decode, serviceId, serviceOf, subsystemId } from './identifiers.ts'
import type { Endpoint, Service, Subsystem } from './members.ts'

/** The service, when `client` may call `method path` of it. Throws XroadError: unknown service, or no right. */
export function allowedService(
  client: Subsystem,
  provider: Subsystem,
  code: string,
  method: string,
  path: string,
): Service {
  const id = `SERVICE:${serviceId(provider, code)}`
  const service = serviceOf(provider, code)
  if (!service) throw new XroadError('Server.ServerProxy.UnknownService', `Unknown service: ${id}`)
  if (!allowedEndpoints(client, service).some((endpoint) => covers(endpoint, method, path))) {
    throw new XroadError('Server.ServerProxy.AccessDenied', `Request is not allowed: ${id}`)
  }
  return service
}

/** Endpoints of a service that a client may call. */
export function allowedEndpoints(client: Subsystem, service: Service): readonly Endpoint[] {
  const rights = service.access.filter((access) => access.client === subsystemId(client))
  return rights.flatMap((access) => (access.to === 'all' ? service.endpoints : access.to))
}

function covers(endpoint: Endpoint, method: string, path: string): boolean {
  const pattern = endpoint.path.split('/')
  const segments = (path === '' ? '/' : path).split('/').map((segment) => decode(segment, 'path'))
  return (
    endpoint.method === method &&
    pattern.length === segments.length &&
    pattern.every((part, i) => (part === '*' ? segments[i] !== '' : part === segments[i]))
  )
}
