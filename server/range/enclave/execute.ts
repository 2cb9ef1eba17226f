import { bounded } from '../bounded.ts'
import type { ContainerEngine, ContainerOptions, NetworkOptions } from '../engine-api/docker.ts'
import { FILE_LIMIT, quotaOf } from '../share/quota.ts'
import type { ContainerPlan, DeployPlan, NetworkPlan, Share } from './deploy-plan.ts'

/** Containers being made at once: more does not help an engine on few cores (measured). */
export const AT_ONCE = 8

/** Another platform took a subnet between our look and our use; the caller plans again. */
export class SubnetTaken extends Error {
  override name = 'SubnetTaken'
  readonly subnet: string
  constructor(subnet: string) {
    super(`${subnet} is in use`)
    this.subnet = subnet
  }
}

export async function createNetworks(
  docker: ContainerEngine,
  plan: DeployPlan,
  done: (network: NetworkPlan) => void,
) {
  await bounded(plan.networks, AT_ONCE, async (network) => {
    try {
      await docker.createNetwork(networkOptions(network))
    } catch (error) {
      if (/overlap/i.test(String(error))) throw new SubnetTaken(network.subnet)
      throw error
    }
    done(network)
  })
}

/** Creates the container on its first network and joins it to the others. It is not started. */
export async function createContainer(docker: ContainerEngine, plan: ContainerPlan): Promise<void> {
  const parent = parentOf(await cgroupDriver(docker), plan.share)
  const { HostConfig, ...options } = containerOptions(plan)
  const quota = plan.interactive ? {} : await quotaOf(docker, plan.image)
  const container = await docker.createContainer({
    ...options,
    HostConfig: { ...HostConfig, ...parent, ...quota },
  })
  for (const { network, address } of plan.attachments.slice(1))
    await docker.getNetwork(network).connect({
      Container: container.id,
      EndpointConfig: { IPAMConfig: { IPv4Address: address } },
    })
}

const drivers = new WeakMap<ContainerEngine, Promise<string>>()

function cgroupDriver(docker: ContainerEngine): Promise<string> {
  const known = drivers.get(docker)
  if (known) return known
  const driver = docker.info().then((info: { CgroupDriver?: string }) => info.CgroupDriver ?? 'none')
  drivers.set(docker, driver)
  return driver
}

/**
 * A control group above those of the containers, which has the weight of one; or the one that is above those, and a weight in it. The same names again and
 * again: the engine makes these groups and never takes them away.
 */
export function parentOf(
  driver: string,
  share: Share,
): { readonly CgroupParent?: string; readonly CpuShares?: number } {
  const weight = 'weight' in share ? { CpuShares: share.weight } : {}
  const group = 'group' in share ? share.group : null
  if (driver === 'cgroupfs') return { CgroupParent: group ? `/kilp/${group}` : '/kilp', ...weight }
  if (driver === 'systemd') return { CgroupParent: group ? `kilp-${group}.slice` : 'kilp.slice', ...weight }
  return weight
}

export const startContainer = (docker: ContainerEngine, name: string): Promise<void> =>
  docker.getContainer(name).start()

export function networkOptions(plan: NetworkPlan): NetworkOptions {
  return {
    Name: plan.name,
    Driver: 'bridge',
    Internal: true,
    EnableIPv6: false,
    CheckDuplicate: true,
    IPAM: { Driver: 'default', Config: [{ Subnet: plan.subnet, Gateway: plan.gateway }] },
    Options: { 'com.docker.network.bridge.name': plan.bridge },
    Labels: { ...plan.labels },
  }
}

/** For pipes, which take none of it: whoever fills it with files fills no more than this. */
const SHARED_MEMORY = 1024 * 1024

export function containerOptions(plan: ContainerPlan): ContainerOptions {
  const [first] = plan.attachments
  const memory = plan.memoryMiB * 1024 * 1024
  return {
    name: plan.name,
    Hostname: plan.service,
    Image: plan.image,
    Env: Object.entries(plan.env).map(([name, value]) => `${name}=${value}`),
    Labels: { ...plan.labels },
    ...(plan.command ? { Cmd: [...plan.command] } : {}),
    OpenStdin: plan.interactive,
    Tty: false,
    ...(plan.interactive
      ? { Healthcheck: { Test: ['NONE'] } }
      : { Healthcheck: { Interval: plan.healthEveryMs * 1_000_000 } }),
    HostConfig: {
      NetworkMode: first?.network ?? 'none',
      CapDrop: ['ALL'],
      CapAdd: [...plan.capabilities],
      SecurityOpt: ['no-new-privileges'],
      PidsLimit: plan.pids,
      Ulimits: [FILE_LIMIT],
      Memory: memory,
      MemorySwap: memory,
      NanoCpus: plan.cpus * 1e9,
      ExtraHosts: Object.entries(plan.hosts).map(([name, address]) => `${name}:${address}`),
      // Nobody outside may be asked: without this the engine would pass other names on to the host's resolver.
      Dns: ['127.0.0.1'],
      DnsOptions: ['timeout:1', 'attempts:1'],
      // What the probe says goes to the platform alone; a log of it would be a copy that nobody reads.
      LogConfig: plan.interactive
        ? { Type: 'none', Config: {} }
        : { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '1' } },
      Sysctls: { 'net.ipv4.ip_unprivileged_port_start': '0' },
      RestartPolicy: { Name: plan.restarts ? 'unless-stopped' : 'no' },
      ...(plan.sharesMemory ? { IpcMode: 'shareable', ShmSize: SHARED_MEMORY, ReadonlyRootfs: true } : {}),
    },
    NetworkingConfig: {
      EndpointsConfig: first ? { [first.network]: { IPAMConfig: { IPv4Address: first.address } } } : {},
    },
  }
}
