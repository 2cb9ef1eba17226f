import type { IsolationCheck } from '../../exercise/ledger/events.ts'
import type { DeployPlan } from '../enclave/plan.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { execIn } from '../engine-api/exec.ts'
import { type Helper, startHelper } from '../engine-api/helper.ts'
import { PROBE } from '../labels.ts'
import { LISTEN, LOOK } from './isolation-scripts.ts'
import { judge, type Look, OWN_IN_REACH } from './isolation-verdict.ts'

/** Listeners of ours outside every enclave, while proofs run. */
export interface Listeners {
  /** On each address of the engine's host. */
  readonly host: Spot
  /** A container on the engine's default network: what a packet would meet that the host forwards. */
  readonly beyond: Spot
  close(): Promise<void>
}

export interface Spot {
  readonly port: number
  readonly addresses: readonly string[]
}

/** `own` must be reached from inside an enclave, all others must not. */
export interface Target {
  readonly kind: 'host' | 'beyond' | 'other' | 'own'
  readonly name: string
  /** For a container: the network on which it has this address. */
  readonly network?: string
  readonly host: string
  readonly port: number
  readonly udp: boolean
}

interface Where {
  readonly image: string
  readonly exerciseId: string
  readonly home: string
}

const SERVICE_PORT = 80
/** Silence counts only where the own enclave answered in the same time; on a busy machine that takes longer. */
const WAITS_MS = [800, 2_500, 8_000] as const

/** Opens the listeners and makes sure that they answer where they may be reached. */
export async function openListeners(docker: ContainerEngine, where: Where): Promise<Listeners> {
  const helpers: Helper[] = []
  const close = async () => {
    await Promise.all(helpers.map((helper) => helper.remove()))
  }
  const open = async (network: 'host' | 'bridge', greet: readonly string[]): Promise<Spot> => {
    const command = ['node', '-e', LISTEN, ...greet]
    const helper = await startHelper(docker, { ...where, network, purpose: `listener-${network}`, command })
    helpers.push(helper)
    const said = JSON.parse(helper.line) as Spot & { readonly deaf: readonly string[] }
    if (said.addresses.length === 0 || said.deaf.length > 0)
      throw new Error(
        `the isolation proof's own listener does not answer on ${said.deaf.join(', ') || 'any address'}`,
      )
    return said
  }
  try {
    const beyond = await open('bridge', [])
    const host = await open(
      'host',
      beyond.addresses.map((address) => `${address}:${beyond.port}`),
    )
    return { host, beyond, close }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * Proves from inside one enclave (its probe, and one service of each network) that neither the host, nor what lies beyond it, nor another enclave can be
 * reached, and that its own services can. Containers must run. Every address it tries is the host's own or a container's of ours.
 */
export async function proveIsolation(
  docker: ContainerEngine,
  plan: DeployPlan,
  team: string,
  listeners: Listeners,
): Promise<readonly IsolationCheck[]> {
  const targets = targetsOf(plan, team, listeners)
  const gateways = plan.networks.filter((network) => network.team === team).map((network) => network.gateway)
  const checks = await Promise.all(
    viewpoints(plan, team).map((viewpoint) => lookFrom(docker, viewpoint, targets, gateways)),
  )
  return checks.flat()
}

async function lookFrom(
  docker: ContainerEngine,
  { container, service, sees }: Viewpoint,
  targets: readonly Target[],
  gateways: readonly string[],
): Promise<readonly IsolationCheck[]> {
  const seen = targets.filter(sees)
  const tries = seen.map(({ host, port, udp }) => [host, port, udp ? 1 : 0])
  let checks: readonly IsolationCheck[] = []
  for (const waitMs of WAITS_MS) {
    const command = ['node', '-e', LOOK, JSON.stringify({ targets: tries, waitMs })]
    const { stdout, stderr, error } = await execIn(docker, { container, command, deadlineMs: 60_000 })
    if (error || !stdout)
      return [
        {
          name: `${service}: proof`,
          target: 'container',
          ok: false,
          detail: `could not look: ${error ?? stderr}`,
        },
      ]
    const { got, ...rest } = JSON.parse(stdout) as Omit<Look, 'results'> & { readonly got: readonly string[] }
    const results = seen.map((target, index) => ({ ...target, got: got[index] ?? 'nothing tried' }))
    checks = judge(service, { ...rest, results }, gateways)
    if (checks.every((check) => check.ok || !check.name.endsWith(OWN_IN_REACH))) break
  }
  return checks
}

/** Pure: what to try from an enclave. */
export function targetsOf(
  plan: DeployPlan,
  team: string,
  listeners: Omit<Listeners, 'close'>,
): readonly Target[] {
  const outside = (['host', 'beyond'] as const).flatMap((kind) =>
    listeners[kind].addresses.flatMap((host) =>
      [false, true].map((udp) => ({
        kind,
        name: udp ? 'UDP' : 'TCP',
        host,
        port: listeners[kind].port,
        udp,
      })),
    ),
  )
  const containers = plan.containers.flatMap((container) =>
    container.attachments.map(({ address, network }) => ({
      network,
      kind: container.team === team ? ('own' as const) : ('other' as const),
      name: container.team === team ? container.service : `${container.team}/${container.service}`,
      host: address,
      port: SERVICE_PORT,
      udp: false,
    })),
  )
  return [...outside, ...containers]
}

interface Viewpoint {
  readonly container: string
  readonly service: string
  readonly sees: (target: Target) => boolean
}

/** The probe, and of each network the first service; each tries all that it must not reach, and its own enclave as far as it shares networks. */
function viewpoints(plan: DeployPlan, team: string): readonly Viewpoint[] {
  const own = plan.containers.filter((container) => container.team === team)
  const first = plan.networks
    .filter((network) => network.team === team)
    .map(({ name }) =>
      own.find((one) => one.service !== PROBE && one.attachments.some((at) => at.network === name)),
    )
  const standing = [own.find((one) => one.service === PROBE), ...first].filter((one) => one !== undefined)
  return [...new Set(standing)].map(({ name, service, attachments }) => ({
    container: name,
    service,
    sees: ({ kind, network }: Target) => kind !== 'own' || attachments.some((at) => at.network === network),
  }))
}
