import type { RangeSpec, ServiceSpec } from '../../engine/ports/loaded-scenario.ts'
import { containerName, LABEL_SERVICE, type NetworkKind, PROBE, SENSOR } from '../labels.ts'
import { hostsOf } from './addresses.ts'
import {
  type Attachment,
  type ContainerPlan,
  type DeployPlan,
  type NetworkPlan,
  PROBE_ADDRESSES,
  PROBE_LIMITS,
  PROBE_SHARE,
} from './deploy-plan.ts'
import { fillTemplate, type Secrets, type Surroundings, secretsOf } from './env.ts'
import { labelsOf, type Owner, planNetwork } from './networks.ts'
import { planReference } from './reference.ts'
import { planSensor, sensorNetwork } from './sensor.ts'

export interface PlanInput extends Owner {
  readonly seed: string
  readonly teams: readonly string[]
  readonly services: RangeSpec['services']
  /** Image of each service, of the probe under `probe`, and of the sensor under `sensor`. */
  readonly images: Readonly<Record<string, string>>
  /** Two for each team, and one more where the reference is to come up too. */
  readonly subnets: readonly string[]
}

/** What every container may do; a service names more in its `service.yaml`. */
export const BASE_CAPABILITIES = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'SETGID', 'SETUID'] as const

export function planDeploy(input: PlanInput): DeployPlan {
  const level = levels(input.services)
  const enclaves = input.teams.map((team, index) => planEnclave(input, team, index, level))
  const spare = input.subnets[2 * input.teams.length]
  const parts = spare === undefined ? enclaves : [...enclaves, planReference(input, spare)]
  return {
    networks: parts.flatMap((part) => part.networks),
    containers: parts.flatMap((part) => part.containers).sort((a, b) => a.level - b.level),
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
  const labels = labelsOf(input, team)
  const networks = (['public', 'state'] as const).map((kind, offset): NetworkPlan => {
    const subnet = input.subnets[index * 2 + offset]
    if (!subnet) throw new Error(`no subnet planned for ${team}/${kind}`)
    return planNetwork(input, team, kind, subnet)
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
  const listens = sensorNetwork(input.services)
  const sensorAt = listens ? attach([listens], PROBE_ADDRESSES + 1 + places.length)[0] : undefined
  const sensorHosts = (service: ServiceSpec): Readonly<Record<string, string>> =>
    service.collector && sensorAt ? { [SENSOR]: sensorAt.address } : {}
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
      hosts: { ...names(places, ['state', 'public'], service.networks), ...sensorHosts(service) },
      labels: { ...labels, [LABEL_SERVICE]: service.id },
      share: { group: `team${index}` },
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
    share: PROBE_SHARE,
  }
  const after = 1 + Math.max(...services.map((one) => one.level))
  const sensors = sensorAt
    ? [planSensor({ ...input, image: imageOf(input, SENSOR) }, team, sensorAt, networks, places, after)]
    : []
  return { networks, containers: [probe, ...services, ...sensors] }
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
 * The engine's own health check is for people who look at its list, and starts a process each time (80 to 150 ms of CPU in all, as much as thirty light checks): four a
 * minute in all, however many containers there are.
 */
function healthEvery(containers: number): number {
  return Math.max(30_000, containers * 15_000)
}
