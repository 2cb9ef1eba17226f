import { createHash } from 'node:crypto'
import type { RangeSpec, ServiceSpec } from '../../engine/ports/loaded-scenario.ts'
import {
  containerName,
  LABEL,
  LABEL_HOME,
  LABEL_NETWORK,
  LABEL_OWNER,
  LABEL_SERVICE,
  LABEL_TEAM,
  type NetworkKind,
  networkName,
  PROBE,
} from '../labels.ts'
import { gatewayOf, hostsOf } from './addresses.ts'
import { fillTemplate, type Secrets, type Surroundings, secretsOf } from './env.ts'

/** A deploy as data: every network and container of every enclave, in the order to make them. Nothing here talks to an engine. */
export interface DeployPlan {
  readonly networks: readonly NetworkPlan[]
  /** Probes first, then services by what they need; within a level the teams take turns. */
  readonly containers: readonly ContainerPlan[]
}

export interface NetworkPlan {
  readonly name: string
  readonly team: string
  readonly kind: NetworkKind
  readonly subnet: string
  readonly gateway: string
  /** Name of the bridge on the host: starts `kilp-`, at most 15 characters, so that one host rule covers all. */
  readonly bridge: string
  readonly labels: Readonly<Record<string, string>>
}

export interface ContainerPlan {
  readonly name: string
  readonly team: string
  readonly service: string
  readonly image: string
  readonly level: number
  readonly env: Readonly<Record<string, string>>
  readonly memoryMiB: number
  readonly cpus: number
  readonly pids: number
  readonly capabilities: readonly string[]
  readonly interactive: boolean
  readonly healthEveryMs: number
  /** The first is where the container is created; it is connected to the others before it starts. */
  readonly attachments: readonly Attachment[]
  /**
   * Address of each service that it shares a network with. Names are looked up here and not with the engine, which leaves a question for the name of a
   * stopped container without answer for 20 s (measured).
   */
  readonly hosts: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
  /** Whose part of the processors it uses, one word: the team's, whose containers share one, or the probes', whom no team may keep from looking. */
  readonly share: string
}

export interface Attachment {
  readonly network: string
  readonly kind: NetworkKind
  readonly address: string
}

export interface PlanInput {
  readonly exerciseId: string
  readonly home: string
  readonly owner?: string
  readonly seed: string
  readonly teams: readonly string[]
  readonly services: RangeSpec['services']
  /** Image of each service, and of the probe under `probe`. */
  readonly images: Readonly<Record<string, string>>
  /** Two for each team. */
  readonly subnets: readonly string[]
}

/** What every container may do; a service names more in its `service.yaml`. */
export const BASE_CAPABILITIES = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'SETGID', 'SETUID'] as const
/** Extra addresses of the probe in each network; citizens and attackers come from them alike. */
export const PROBE_ADDRESSES = 24
const PROBE_LIMITS = { memoryMiB: 256, cpus: 1, pids: 64 }

export function planDeploy(input: PlanInput): DeployPlan {
  const level = levels(input.services)
  const enclaves = input.teams.map((team, index) => planEnclave(input, team, index, level))
  return {
    networks: enclaves.flatMap((enclave) => enclave.networks),
    containers: enclaves.flatMap((enclave) => enclave.containers).sort((a, b) => a.level - b.level),
  }
}

function planEnclave(
  input: PlanInput,
  team: string,
  index: number,
  level: ReadonlyMap<string, number>,
): DeployPlan {
  const secrets = secretsOf(input.seed, input.exerciseId, team)
  const around = { team, seed: secrets.seed, services: input.services.map(({ id }) => id).join(',') }
  const collector = input.services.find((service) => service.collector)?.id ?? ''
  const labels = {
    [LABEL]: input.exerciseId,
    [LABEL_TEAM]: team,
    [LABEL_HOME]: input.home,
    ...(input.owner ? { [LABEL_OWNER]: input.owner } : {}),
  }
  const networks = (['public', 'state'] as const).map((kind, offset): NetworkPlan => {
    const subnet = input.subnets[index * 2 + offset]
    if (!subnet) throw new Error(`no subnet planned for ${team}/${kind}`)
    const id = createHash('sha256').update(`${input.exerciseId}/${team}`).digest('hex').slice(0, 8)
    return {
      name: networkName(input.exerciseId, team, kind),
      team,
      kind,
      subnet,
      gateway: gatewayOf(subnet),
      bridge: `kilp-${id}${kind[0]}`,
      labels: { ...labels, [LABEL_NETWORK]: kind },
    }
  })
  const hosts = new Map(networks.map((network) => [network.kind, hostsOf(network.subnet, secrets.seed)]))
  const attach = (kinds: readonly NetworkKind[], host: number): readonly Attachment[] =>
    networks
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ name, kind }) => ({ network: name, kind, address: hosts.get(kind)?.[host] ?? '' }))
  const places = input.services.map((service, position) => ({
    id: service.id,
    attachments: attach(service.networks, PROBE_ADDRESSES + 1 + position),
  }))
  const healthEveryMs = healthEvery(input.teams.length * input.services.length)
  const services = input.services.map(
    (service, position): ContainerPlan => ({
      name: containerName(input.exerciseId, team, service.id),
      team,
      service: service.id,
      image: imageOf(input, service.id),
      level: 1 + (level.get(service.id) ?? 0),
      env: serviceEnv(service, collector, around, secrets, places[position]?.attachments ?? []),
      memoryMiB: service.memoryMiB,
      cpus: service.cpus,
      pids: service.pids,
      capabilities: [...BASE_CAPABILITIES, ...service.capabilities],
      interactive: false,
      healthEveryMs,
      attachments: places[position]?.attachments ?? [],
      // Services speak with each other on the inner network, where both are there.
      hosts: names(places, ['state', 'public'], service.networks),
      labels: { ...labels, [LABEL_SERVICE]: service.id },
      share: `team${index}`,
    }),
  )
  const probe: ContainerPlan = {
    name: containerName(input.exerciseId, team, PROBE),
    team,
    service: PROBE,
    image: imageOf(input, PROBE),
    level: 0,
    env: {
      KILP_TEAM: team,
      KILP_SEED: secrets.seed,
      CARD_CA_KEY: secrets.privateKey('card-ca'),
      KILP_NETWORKS: networks.map((network) => network.subnet).join(','),
      // Its own first address is not among them: the engine's DNS would give its name away.
      KILP_ADDRESSES: networks
        .flatMap((network) =>
          (hosts.get(network.kind) ?? []).slice(1, PROBE_ADDRESSES + 1).map((host) => `${host}/24`),
        )
        .join(','),
    },
    ...PROBE_LIMITS,
    capabilities: ['NET_ADMIN'],
    interactive: true,
    healthEveryMs,
    attachments: attach(['public', 'state'], 0),
    // Citizens come from outside; `tax.inner` is where operators find tax.
    hosts: {
      ...names(places, ['public', 'state'], ['public', 'state']),
      ...inner(names(places, ['state'], ['state'])),
    },
    labels: { ...labels, [LABEL_SERVICE]: PROBE },
    share: 'probes',
  }
  return { networks, containers: [probe, ...services] }
}

/** Each service's address on the first network of `order` that it shares with a container on `own`. */
function names(
  places: readonly { readonly id: string; readonly attachments: readonly Attachment[] }[],
  order: readonly NetworkKind[],
  own: readonly NetworkKind[],
): Readonly<Record<string, string>> {
  const shared = order.filter((kind) => own.includes(kind))
  return Object.fromEntries(
    places.flatMap(({ id, attachments }) => {
      const at = shared.flatMap((kind) => attachments.filter((one) => one.kind === kind))[0]
      return at ? [[id, at.address]] : []
    }),
  )
}

const inner = (hosts: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(hosts).map(([name, address]) => [`${name}.inner`, address]))

function imageOf(input: PlanInput, service: string): string {
  const image = input.images[service]
  if (!image) throw new Error(`no image for ${service}`)
  return image
}

function serviceEnv(
  service: ServiceSpec,
  collector: string,
  around: Surroundings,
  secrets: Secrets,
  attachments: readonly Attachment[],
): Readonly<Record<string, string>> {
  const inner = attachments.find(({ kind }) => kind === 'state') ?? attachments[0]
  const own = Object.entries(service.env).map(([name, value]) => [name, fillTemplate(value, around, secrets)])
  return {
    ...Object.fromEntries(own),
    KILP_TEAM: around.team,
    KILP_SEED: around.seed,
    KILP_SERVICE: service.id,
    // Where its log goes, see infra/base/log-run.
    KILP_COLLECTOR: collector,
    // For the operators' SSH: whose key opens it, and where it listens.
    KILP_OPERATOR_KEY: secrets.sshKey('operator'),
    KILP_INNER_ADDRESS: inner?.address ?? '',
  }
}

/** How deep in the graph of needs each service stands: 0 needs nothing. A cycle ends at the number of services. */
export function levels(services: readonly ServiceSpec[]): ReadonlyMap<string, number> {
  const level = new Map(services.map((service) => [service.id, 0]))
  for (let round = 0; round < services.length; round++)
    for (const service of services)
      for (const need of service.needs) {
        const least = (level.get(need) ?? -1) + 1
        if (least > (level.get(service.id) ?? 0) && least < services.length) level.set(service.id, least)
      }
  return level
}

/**
 * The engine's own health check is for people who look at its list, and starts a process each time (150 ms of CPU in all): with many containers it
 * comes seldom.
 */
function healthEvery(containers: number): number {
  return Math.max(30_000, containers * 3_000)
}
