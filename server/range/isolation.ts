import type { IsolationCheck } from '../exercise/events.ts'
import type { Engine } from './docker.ts'
import { execIn } from './exec.ts'
import { startHelper } from './helper.ts'
import { LISTEN, LOOK } from './isolation-scripts.ts'
import { PROBE } from './labels.ts'
import type { DeployPlan } from './plan.ts'

/** A listener of ours on the host, while proofs run. */
export interface HostListener {
  readonly port: number
  readonly addresses: readonly string[]
  close(): Promise<void>
}

interface Target {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly udp: boolean
  /** Own services must be reached, all others must not. */
  readonly mayReach: boolean
}

interface Look {
  readonly results: readonly (Target & { readonly got: string })[]
  readonly defaultRoutes: readonly string[]
  readonly global6: readonly string[]
  readonly sockets: readonly string[]
}

const SERVICE_PORT = 80
const WAIT_MS = 800
/** Nothing came back, or there was no way out. A refusal is an answer, so it counts as reached. */
const UNREACHED = new Set([
  'silence',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'ENONET',
  'EACCES',
  'EPERM',
])

/** Opens TCP and UDP listeners on every address of the engine's host, and makes sure that the host itself reaches them. */
export async function listenOnHost(
  docker: Engine,
  where: { readonly image: string; readonly exerciseId: string; readonly home: string },
): Promise<HostListener> {
  const helper = await startHelper(docker, { ...where, purpose: 'listener', command: ['node', '-e', LISTEN] })
  try {
    const said = JSON.parse(helper.line) as { port: number; addresses: string[]; answered: string[] }
    const deaf = said.addresses.filter((address) => !said.answered.includes(address))
    if (said.addresses.length === 0 || deaf.length > 0)
      throw new Error(`the proof's own listener does not answer on ${deaf.join(', ') || 'any address'}`)
    return { port: said.port, addresses: said.addresses, close: helper.remove }
  } catch (error) {
    await helper.remove()
    throw error
  }
}

/**
 * Proves from inside one enclave (its probe, and one service of each network) that neither the host nor another enclave can be reached, and that its
 * own services can. Containers must run. Sends nothing to an address that is not the host's own or a container's of ours.
 */
export async function proveIsolation(
  docker: Engine,
  plan: DeployPlan,
  team: string,
  listener: HostListener,
): Promise<readonly IsolationCheck[]> {
  const targets = targetsOf(plan, team, listener)
  const checks = await Promise.all(
    viewpoints(plan, team).map(async ({ container, service, networks }) => {
      const command = ['node', '-e', LOOK, JSON.stringify({ targets: networks(targets), waitMs: WAIT_MS })]
      const { stdout, stderr, error } = await execIn(docker, { container, command, deadlineMs: 30_000 })
      if (error || !stdout) return [failed(service, error ?? stderr)]
      return judge(service, JSON.parse(stdout) as Look)
    }),
  )
  return checks.flat()
}

/** Pure: what to try from an enclave. */
export function targetsOf(plan: DeployPlan, team: string, listener: HostListener): readonly Target[] {
  const host = listener.addresses.flatMap((address) =>
    [false, true].map((udp) => ({
      name: `host ${udp ? 'UDP' : 'TCP'}`,
      host: address,
      port: listener.port,
      udp,
      mayReach: false,
    })),
  )
  const containers = plan.containers.flatMap((container) =>
    container.attachments.map(({ address }) => ({
      name:
        container.team === team ? `own ${container.service}` : `${container.service} of ${container.team}`,
      host: address,
      port: SERVICE_PORT,
      udp: false,
      mayReach: container.team === team,
    })),
  )
  return [...host, ...containers]
}

interface Viewpoint {
  readonly container: string
  readonly service: string
  readonly networks: (targets: readonly Target[]) => readonly Target[]
}

/** The probe sees both networks; of each network the first service looks too, but only at what it must not reach. */
function viewpoints(plan: DeployPlan, team: string): readonly Viewpoint[] {
  const own = plan.containers.filter((container) => container.team === team)
  const probe = own.filter((container) => container.service === PROBE)
  const services = plan.networks
    .filter((network) => network.team === team)
    .map((network) =>
      own.find(
        ({ service, attachments }) =>
          service !== PROBE && attachments.some((at) => at.network === network.name),
      ),
    )
    .filter((container) => container !== undefined)
  return [
    ...probe.map(({ name, service }) => ({
      container: name,
      service,
      networks: (all: readonly Target[]) => all,
    })),
    ...[...new Set(services)].map(({ name, service }) => ({
      container: name,
      service,
      networks: (all: readonly Target[]) => all.filter((target) => !target.mayReach),
    })),
  ]
}

/** Pure: one check per kind of target, naming what was reached that should not be. */
export function judge(service: string, look: Look): readonly IsolationCheck[] {
  const away = look.results.filter((result) => !result.mayReach)
  const leaks = away.filter((result) => !UNREACHED.has(result.got))
  const own = look.results.filter((result) => result.mayReach)
  const lost = own.filter((result) => UNREACHED.has(result.got))
  const list = (results: Look['results']) =>
    results
      .slice(0, 8)
      .map(({ name, host, port, got }) => `${name} ${host}:${port} ${got}`)
      .join('; ')
  const check = (name: string, target: string, ok: boolean, detail: string): IsolationCheck => ({
    name: `${service}: ${name}`,
    target,
    ok,
    detail,
  })
  return [
    check(
      'host and other enclaves out of reach',
      `${away.length} addresses`,
      away.length > 0 && leaks.length === 0,
      leaks.length > 0 ? `reached ${list(leaks)}` : `all silent or without a route: ${list(away)}`,
    ),
    ...(own.length > 0
      ? [
          check(
            'own enclave in reach',
            `${own.length} addresses`,
            lost.length === 0,
            list(lost.length > 0 ? lost : own),
          ),
        ]
      : []),
    check(
      'no way out',
      'routing table',
      look.defaultRoutes.length === 0 && look.global6.length === 0,
      [...look.defaultRoutes, ...look.global6].join('; ') || 'no default route, no IPv6 address',
    ),
    check('no engine socket', 'file system', look.sockets.length === 0, look.sockets.join(', ') || 'none'),
  ]
}

const failed = (service: string, why: string): IsolationCheck => ({
  name: `${service}: proof`,
  target: 'container',
  ok: false,
  detail: `could not look: ${why}`,
})
