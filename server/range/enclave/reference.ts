import { containerName, LABEL_SERVICE, PROBE, REFERENCE, REFERENCE_TEAM } from '../labels.ts'
import { hostsOf } from './addresses.ts'
import { type ContainerPlan, type DeployPlan, PROBE_LIMITS, PROBE_SHARE } from './deploy-plan.ts'
import { labelsOf, type Owner, planNetwork } from './networks.ts'

/**
 * Of the processors, where a team's containers together have 1024: what one service of sixteen has when every team of a full exercise wants all of its part. So the
 * reference is late just when services are for want of processors, and no single team can make it so.
 */
const REFERENCE_WEIGHT = 64
const REFERENCE_LIMITS = { memoryMiB: 96, cpus: 1, pids: 32 }
/** The engine's own health check is of no use to it. */
const HEALTH_EVERY_MS = 3_600_000

/**
 * The reference on the machine: a small service that belongs to no team, in a network of its own, with a probe that looks at it as others look at teams' services. Both
 * come from the probe's image.
 */
export function planReference(
  input: Owner & { readonly seed: string; readonly images: Readonly<Record<string, string>> },
  subnet: string,
): DeployPlan {
  const network = planNetwork(input, REFERENCE_TEAM, 'public', subnet)
  const [own = '', its = ''] = hostsOf(subnet, input.seed)
  const common = (service: string, address: string) => ({
    name: containerName(input.exerciseId, REFERENCE_TEAM, service),
    team: REFERENCE_TEAM,
    service,
    image: input.images[PROBE] ?? '',
    level: 0,
    capabilities: [],
    healthEveryMs: HEALTH_EVERY_MS,
    attachments: [{ network: network.name, kind: network.kind, address }],
    labels: { ...labelsOf(input, REFERENCE_TEAM), [LABEL_SERVICE]: service },
  })
  const reference: ContainerPlan = {
    ...common(REFERENCE, its),
    ...REFERENCE_LIMITS,
    env: {},
    command: ['/usr/local/bin/node', '/srv/.run/app/src/reference.js'],
    interactive: false,
    restarts: true,
    hosts: {},
    share: { weight: REFERENCE_WEIGHT },
  }
  const probe: ContainerPlan = {
    ...common(PROBE, own),
    ...PROBE_LIMITS,
    env: { KILP_NETWORKS: subnet },
    interactive: true,
    hosts: { [REFERENCE]: its },
    share: PROBE_SHARE,
  }
  return { networks: [network], containers: [probe, reference] }
}
