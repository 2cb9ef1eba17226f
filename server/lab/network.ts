import { addressIn, freeSubnets, POOLS, PoolProblem, type Taken } from '../range/enclave/addresses.ts'
import { LabProblem } from './problem.ts'

/** Where the nodes of a lab live when nobody says otherwise: the first that is free. */
export const LAB_NETWORKS = ['192.168.97.0/24', '192.168.61.0/24', '172.28.97.0/24'] as const

/** What every engine and every swarm takes by itself, inside of a node. */
const ENGINES: readonly Taken[] = [
  { cidr: '172.17.0.0/16', by: "an engine's own bridge" },
  { cidr: '10.0.0.0/8', by: "a swarm's networks" },
]

/**
 * Pure: the /24 that a lab's nodes get: of the network that was asked for, else the first of ours, that touches neither the enclaves' pools nor a route of this machine. Nothing
 * would reach either from in a lab, but whoever reads an address should know what it belongs to.
 * @param pool what enclaves get instead of the usual pools (`KILP_POOL`)
 * @param routes of this machine
 * @throws LabProblem that says what is taken, and by whom
 */
export function chooseNetwork(
  asked: string | undefined,
  pool: string | null,
  routes: readonly Taken[],
): string {
  const pools = (pool ? [pool] : POOLS).map((cidr) => ({ cidr, by: "the enclaves' pool" }))
  const used = [...pools, ...ENGINES, ...routes]
  const passed: string[] = []
  for (const cidr of asked ? [asked] : LAB_NETWORKS) {
    const { subnets, taken } = free(cidr, used)
    if (subnets[0]) return subnets[0]
    passed.push(`${cidr} is taken: ${taken.map(({ cidr: by, by: whose }) => `${by} (${whose})`).join(', ')}`)
  }
  throw new LabProblem(
    `There is no network for the lab. ${passed.join('. ')}. Name a private /24 that is free with --network, as --network ${LAB_NETWORKS[0]}`,
  )
}

function free(cidr: string, used: readonly Taken[]) {
  try {
    return freeSubnets(cidr, used, 1)
  } catch (error) {
    if (error instanceof PoolProblem) throw new LabProblem(`--network: ${error.message}`)
    throw error
  }
}

/** Pure: addresses of so many nodes in it, in order. */
export const addressesIn = (network: string, nodes: number): readonly string[] =>
  Array.from({ length: nodes }, (_, index) => addressIn(network, index + 1))
