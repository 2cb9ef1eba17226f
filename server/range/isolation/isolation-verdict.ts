import type { IsolationCheck } from '../../exercise/ledger/events.ts'
import type { Target } from './targets.ts'

/** What one container saw when it looked around. */
export interface Look {
  readonly results: readonly (Target & { readonly got: string })[]
  /** Gateways of its default routes. */
  readonly defaultRoutes: readonly string[]
  /** IPv6 addresses other than of the loopback. */
  readonly global6: readonly string[]
  readonly sockets: readonly string[]
}

/** Nothing came back, or there was no way. A refusal is an answer, so it counts as reached. */
const UNREACHED = new Set([
  'silence',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'ENONET',
  'EACCES',
  'EPERM',
])

/** The control: without it silence proves nothing. A stopped service of its own is no loss while an exercise stands, all of them are. */
const OWN_IN_REACH = 'own enclave in reach'
export type Strictness = 'all of its own' | 'some of its own'

const MUST_TRY: Readonly<Record<Strictness, readonly Target['kind'][]>> = {
  'all of its own': ['host', 'beyond'],
  'some of its own': ['host'],
}

/** Whether a check that failed says that nothing could be proven, and not that something was reached. */
export const isControl = ({ name }: IsolationCheck): boolean =>
  name.endsWith(OWN_IN_REACH) || name.endsWith(': proof')

const FORBIDDEN = { host: 'the host', beyond: 'what lies beyond the host', other: 'other enclaves' } as const

/**
 * Pure: a check for each kind of target, naming what was reached that should not be. A default route to the enclave's own gateway is the habit of
 * engines before 25 and leads nowhere (that is what the target beyond the host proves); any other is a leak.
 */
export function judge(
  service: string,
  look: Look,
  gateways: readonly string[],
  strictness: Strictness = 'all of its own',
): readonly IsolationCheck[] {
  const of = (kind: Target['kind']) => look.results.filter((result) => result.kind === kind)
  const away = (['host', 'beyond', 'other'] as const)
    .filter((kind) => MUST_TRY[strictness].includes(kind) || of(kind).length > 0)
    .map((kind): IsolationCheck => {
      const leaks = of(kind).filter((result) => !UNREACHED.has(result.got))
      return {
        name: `${service}: ${FORBIDDEN[kind]} out of reach`,
        target: targets(of(kind)),
        ok: of(kind).length > 0 && leaks.length === 0,
        detail: leaks.length > 0 ? `reached ${list(leaks)}` : outcomes(of(kind)),
      }
    })
  const own = of('own')
  const lost = own.filter((result) => UNREACHED.has(result.got))
  const strange = look.defaultRoutes.filter((route) => !gateways.includes(route))
  return [
    ...away,
    ...(own.length > 0
      ? [
          {
            name: `${service}: ${OWN_IN_REACH}`,
            target: targets(own),
            ok: strictness === 'some of its own' ? lost.length < own.length : lost.length === 0,
            detail: lost.length > 0 ? `lost ${list(lost)}` : outcomes(own),
          },
        ]
      : []),
    {
      name: `${service}: routes`,
      target: 'routing table',
      ok: strange.length === 0,
      detail:
        strange.join('; ') ||
        (look.defaultRoutes.length > 0 ? 'only to its own gateway, which drops' : 'no default route'),
    },
    {
      name: `${service}: no IPv6`,
      target: 'interfaces',
      ok: look.global6.length === 0,
      detail: look.global6.join('; ') || 'none',
    },
    {
      name: `${service}: no engine socket`,
      target: 'file system',
      ok: look.sockets.length === 0,
      detail: look.sockets.join(', ') || 'none',
    },
  ]
}

const list = (results: Look['results']) =>
  results
    .slice(0, 8)
    .map(({ name, host, port, got }) => `${name} ${host}:${port} ${got}`)
    .join('; ')

const targets = (results: Look['results']) => {
  const hosts = [...new Set(results.map((result) => result.host))]
  return hosts.length > 4 ? `${hosts.slice(0, 4).join(', ')} and ${hosts.length - 4} more` : hosts.join(', ')
}

const outcomes = (results: Look['results']) => {
  const counts = new Map<string, number>()
  for (const { got } of results) counts.set(got, (counts.get(got) ?? 0) + 1)
  return [...counts].map(([got, count]) => `${got} ${count}x`).join(', ')
}
