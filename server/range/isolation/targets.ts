import type { DeployPlan } from '../enclave/deploy-plan.ts'
import { isPlatforms, PROBE } from '../labels.ts'

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

/** Where a listener of ours answers, outside every enclave. */
export interface Spot {
  readonly port: number
  readonly addresses: readonly string[]
}

/** Something that answers there, and must not be reached from an enclave. */
export interface Stranger {
  readonly name: string
  readonly address: string
  /** That of services unless given. */
  readonly port?: number
}

/** What there is outside all enclaves of an exercise. */
export interface Outside {
  /** A listener on each address of the engine's host. */
  readonly host?: Spot
  /** One on the engine's default network: what a packet would meet that the host forwards. */
  readonly beyond?: Spot
  /** Containers of other exercises on the same engine, and other machines of the range. */
  readonly strangers: readonly Stranger[]
}

const SERVICE_PORT = 80

/** Pure: what to try from an enclave. */
export function targetsOf(plan: DeployPlan, team: string, outside: Outside): readonly Target[] {
  const listeners = (['host', 'beyond'] as const).flatMap((kind) =>
    (outside[kind]?.addresses ?? []).flatMap((host) =>
      [false, true].map((udp) => ({
        kind,
        name: udp ? 'UDP' : 'TCP',
        host,
        port: outside[kind]?.port ?? 0,
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
  const strangers = outside.strangers.map(({ name, address, port = SERVICE_PORT }) => ({
    kind: 'other' as const,
    name,
    host: address,
    port,
    udp: false,
  }))
  return [...listeners, ...containers, ...strangers]
}

export interface Viewpoint {
  readonly container: string
  readonly service: string
  readonly sees: (target: Target) => boolean
}

/** The probe, and of each network the first service; each tries all that it must not reach, and its own enclave as far as it shares networks. */
export function viewpoints(plan: DeployPlan, team: string): readonly Viewpoint[] {
  const own = plan.containers.filter((container) => container.team === team)
  const first = plan.networks
    .filter((network) => network.team === team)
    .map(({ name }) =>
      own.find(
        ({ service, attachments }) => !isPlatforms(service) && attachments.some((at) => at.network === name),
      ),
    )
  const standing = [own.find((one) => one.service === PROBE), ...first].filter((one) => one !== undefined)
  return [...new Set(standing)].map(({ name, service, attachments }) => ({
    container: name,
    service,
    sees: ({ kind, network }: Target) => kind !== 'own' || attachments.some((at) => at.network === network),
  }))
}
