import type { RangeSpec } from '../../engine/ports/loaded-scenario.ts'
import { containerName, LABEL_SERVICE, type NetworkKind, SENSOR } from '../labels.ts'
import type { Attachment, ContainerPlan, NetworkPlan, Share } from './deploy-plan.ts'
import { labelsOf, type Owner } from './networks.ts'

const SENSOR_LIMITS = { memoryMiB: 64, cpus: 0.25, pids: 24 }
/** Of the processors, where a team's containers together have 1024: no team's work makes it deaf, and it holds up nobody. */
const SENSOR_WEIGHT: Share = { weight: 64 }
/** The engine's own health check is of no use to it. */
const HEALTH_EVERY_MS = 3_600_000

export interface Place {
  readonly id: string
  readonly attachments: readonly Attachment[]
}

/** The network on which the collector is told what the sensor heard; null where an enclave has no collector, and so no sensor. */
export function sensorNetwork(services: RangeSpec['services']): NetworkKind | null {
  const { networks = [] } = services.find(({ collector }) => collector) ?? {}
  return networks.includes('state') ? 'state' : (networks[0] ?? null)
}

/**
 * The container that makes lines of an enclave's traffic. It has an address in the enclave, from which it tells the collector, no right at all, and nothing of the
 * team's in it. Its ear is another container, see ear.ts.
 */
export function planSensor(
  input: Owner & { readonly image: string; readonly services: RangeSpec['services'] },
  team: string,
  at: Attachment,
  networks: readonly NetworkPlan[],
  places: readonly Place[],
  level: number,
): ContainerPlan {
  const collector = input.services.find((service) => service.collector)?.id
  const told = places
    .find(({ id }) => id === collector)
    ?.attachments.find(({ network }) => network === at.network)
  return {
    name: containerName(input.exerciseId, team, SENSOR),
    team,
    service: SENSOR,
    image: input.image,
    level,
    env: {
      KILP_COLLECTOR_ADDRESS: told?.address ?? '',
      // Of services only: whoever comes from the probe's addresses is a stranger on the wire.
      KILP_NAMES: places
        .flatMap(({ id, attachments }) => attachments.map(({ address }) => `${address}=${id}`))
        .join(' '),
      KILP_EARS: networks.map(({ kind }) => kind).join(' '),
    },
    ...SENSOR_LIMITS,
    capabilities: [],
    interactive: false,
    healthEveryMs: HEALTH_EVERY_MS,
    attachments: [at],
    hosts: {},
    labels: { ...labelsOf(input, team), [LABEL_SERVICE]: SENSOR },
    share: SENSOR_WEIGHT,
    restarts: true,
    sharesMemory: true,
  }
}
