import type { Instance } from '../../kit/members.ts'
import { XroadError } from './errors.ts'
import { type Service, SUBSYSTEMS, type Subsystem } from './members.ts'

/** Parts of an identifier may not hold what could be read as a path or break a log line (PR-REST 4.8). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f:;/\\%]|^\.{1,2}$|^$/

export interface ServiceCall {
  readonly provider: Subsystem
  readonly serviceCode: string
  /** Path and query behind the service code, as they came: `/49001011234?x=1`. */
  readonly rest: string
}

export const subsystemId = (subsystem: Subsystem): string =>
  [subsystem.instance, subsystem.memberClass, subsystem.memberCode, subsystem.subsystemCode].join('/')

export const serviceId = (provider: Subsystem, code: string): string => `${subsystemId(provider)}/${code}`

export const serviceOf = (provider: Subsystem, code: string): Service | undefined =>
  provider.services.find((service) => service.code === code)

/** The subsystem that the header X-Road-Client names, which must be one of `instance`. Throws XroadError. */
export function parseClient(header: string | undefined, instance: Instance): Subsystem {
  if (!header) throw new XroadError('Client.BadRequest', 'The header X-Road-Client is missing', 400)
  const found = findSubsystem(parts(header, 'X-Road-Client'))
  if (found?.instance !== instance)
    throw new XroadError('Server.ClientProxy.UnknownMember', `Client 'SUBSYSTEM:${header}' not found`)
  return found
}

/** Reads `/r1/INSTANCE/CLASS/MEMBER/SUBSYSTEM/SERVICE[/path][?query]`. Throws XroadError. */
export function parseCall(url: string): ServiceCall {
  if (url.length > 4000) throw new XroadError('Client.BadRequest', 'The request URI is too long', 400)
  const [path = '', query] = splitOnce(url, '?')
  const segments = path.split('/')
  const id = segments.slice(2, 7)
  if (segments[1] !== 'r1' || id.length < 5) {
    throw new XroadError(
      'Client.BadRequest',
      'The path is not /r1/INSTANCE/CLASS/MEMBER/SUBSYSTEM/SERVICE',
      400,
    )
  }
  const names = parts(id.join('/'), 'service identifier')
  const rest = segments.slice(7)
  if (rest.some((segment) => /^\.{1,2}$/.test(decode(segment, 'path')))) {
    throw new XroadError('Client.BadRequest', 'The path may not hold . or ..', 400)
  }
  const provider = findSubsystem(names.slice(0, 4))
  if (!provider) {
    throw new XroadError(
      'Server.ClientProxy.UnknownMember',
      `Could not find addresses for service provider "SUBSYSTEM:${names.slice(0, 4).join('/')}"`,
    )
  }
  const behind = rest.length > 0 ? `/${rest.join('/')}` : ''
  return {
    provider,
    serviceCode: names[4] as string,
    rest: query === undefined ? behind : `${behind}?${query}`,
  }
}

/** Percent-decodes; throws XroadError when it is not UTF-8 in percent-encoding. */
export function decode(text: string, what: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new XroadError('Client.BadRequest', `The ${what} is not percent-encoded UTF-8`, 400)
  }
}

function parts(text: string, what: string): readonly string[] {
  const names = text.split('/').map((part) => decode(part, what))
  if (names.some((name) => name.length > 255 || FORBIDDEN.test(name))) {
    throw new XroadError('Client.BadRequest', `The ${what} holds a character that identifiers may not`, 400)
  }
  return names
}

function findSubsystem(names: readonly string[]): Subsystem | undefined {
  return SUBSYSTEMS.find((subsystem) => subsystemId(subsystem) === names.join('/'))
}

function splitOnce(text: string, at: string): [string, string | undefined] {
  const index = text.indexOf(at)
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)]
}
