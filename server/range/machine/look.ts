import { chooseSubnets, POOLS, type Taken } from '../enclave/addresses.ts'
import { imageExists } from '../engine-api/build.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { baseTag } from '../images/base-image.ts'
import { enclavesCarried } from './carries.ts'
import { kernelSettings, type Low, needsOf, tooLow } from './limits.ts'
import { routesInto } from './routes.ts'

export interface MachineLook {
  /** What the engine can not limit for a container: `memory`, `processes`, `CPU`. */
  readonly unlimited: readonly string[]
  /** How many enclaves it carries beside what runs there. */
  readonly carries: number
  /** Null while the base image is not there: then nobody can look from the machine itself. */
  readonly inside: {
    readonly low: readonly Low[]
    /** Whether Kilp may raise them by itself. */
    readonly mayRaise: boolean
    readonly subnets: readonly string[]
    readonly passed: readonly string[]
  } | null
}

interface Info {
  readonly MemoryLimit?: boolean
  readonly PidsLimit?: boolean
  readonly CpuCfsQuota?: boolean
  readonly SecurityOptions?: readonly string[]
}

/** For `kilp doctor`: what the engine's machine has for so many enclaves. Changes nothing. @throws PoolProblem */
export async function lookAtMachine(
  docker: ContainerEngine,
  asks: {
    readonly infra: string
    readonly home: string
    readonly pool?: string
    readonly enclaves: number
    readonly inEnclave: number
  },
): Promise<MachineLook> {
  const info = (await docker.info()) as Info
  const unlimited = [
    ...(info.MemoryLimit === false ? ['memory'] : []),
    ...(info.PidsLimit === false ? ['processes'] : []),
    ...(info.CpuCfsQuota === false ? ['CPU'] : []),
  ]
  const carries = await enclavesCarried(docker, asks.inEnclave)
  const image = await baseTag(docker, asks.infra)
  if (!(await imageExists(docker, image))) return { unlimited, carries, inside: null }
  const where = { image, exerciseId: 'doctor', home: asks.home }
  const { has } = await kernelSettings(docker, where)
  const routes = await routesInto(docker, where, asks.pool ? [asks.pool] : POOLS)
  const chosen = chooseSubnets(asks.pool, [...(await networksOf(docker)), ...routes], asks.enclaves * 2 + 1)
  return {
    unlimited,
    carries,
    inside: {
      ...chosen,
      low: tooLow(has, needsOf(asks.enclaves * asks.inEnclave)),
      mayRaise: !(info.SecurityOptions ?? []).some((option) => /name=(rootless|userns)/.test(option)),
    },
  }
}

/** Subnets of the engine's own networks, whoever made them. */
export async function networksOf(docker: ContainerEngine): Promise<readonly Taken[]> {
  const networks = await docker.listNetworks()
  return networks.flatMap(({ Name, IPAM }) =>
    (IPAM?.Config ?? []).flatMap(({ Subnet }) => (Subnet ? [{ cidr: Subnet, by: `network ${Name}` }] : [])),
  )
}
