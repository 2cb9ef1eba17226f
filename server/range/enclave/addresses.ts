import { createHash } from 'node:crypto'
import { Address4 } from 'ip-address'

/** Where enclaves live when nobody says otherwise: the first that has room. Engines and home routers seldom use these by themselves. */
export const POOLS = ['10.201.0.0/16', '172.29.0.0/16', '192.168.128.0/17'] as const
/** Each network of an enclave is one /24. */
const SUBNET_BITS = 24
/** A route to more than this is a way to everywhere (a VPN's two halves of the internet), not a network of somebody's. */
const LEAST_BITS = 8

/** A network that is in use, and whose it is: `route over tun0`, `network bridge`. */
export interface Taken {
  readonly cidr: string
  readonly by: string
}

/** The pool that was asked for is no network, or has no room. */
export class PoolProblem extends Error {
  override name = 'PoolProblem'
}

/** @throws PoolProblem, a plain sentence, when it is no IPv4 network with room for one subnet. */
export function parsePool(cidr: string): Address4 {
  const text = cidr.trim()
  if (!text.includes('/') || !Address4.isValid(text))
    throw new PoolProblem(`"${cidr}" is not an IPv4 network; write one like ${POOLS[0]}`)
  const pool = new Address4(text)
  if (pool.subnetMask > SUBNET_BITS) throw new PoolProblem(`${text} is smaller than one /${SUBNET_BITS}`)
  return pool
}

const networkOf = (cidr: string): Address4 | null => (Address4.isValid(cidr) ? new Address4(cidr) : null)

/** Two networks overlap when one lies in the other. */
const overlap = (a: Address4, b: Address4): boolean => a.isInSubnet(b) || b.isInSubnet(a)

export interface Free {
  readonly subnets: readonly string[]
  /** What overlaps the pool. */
  readonly taken: readonly Taken[]
}

/** The first `count` subnets of the pool that touch nothing in `used`; fewer when there are no more. */
export function freeSubnets(cidr: string, used: readonly Taken[], count: number): Free {
  const pool = parsePool(cidr)
  const taken = used.flatMap((one) => {
    const network = networkOf(one.cidr)
    return network && network.subnetMask >= LEAST_BITS && overlap(network, pool) ? [{ one, network }] : []
  })
  const subnets: string[] = []
  const step = 2n ** BigInt(32 - SUBNET_BITS)
  const last = pool.endAddress().bigInt()
  for (let first = pool.startAddress().bigInt(); first < last && subnets.length < count; first += step) {
    const subnet = new Address4(`${Address4.fromBigInt(first).correctForm()}/${SUBNET_BITS}`)
    if (!taken.some(({ network }) => overlap(network, subnet))) subnets.push(subnet.address)
  }
  // The widest tell most.
  const widest = taken.toSorted((a, b) => a.network.subnetMask - b.network.subnetMask)
  return { subnets, taken: widest.map(({ one }) => one) }
}

/**
 * Subnets for an exercise from the pool that the user named, else from the first of ours with room. `passed` says which had none and why.
 * @throws PoolProblem when none has.
 */
export function chooseSubnets(
  pool: string | undefined,
  used: readonly Taken[],
  count: number,
): { readonly subnets: readonly string[]; readonly passed: readonly string[] } {
  const passed: string[] = []
  for (const cidr of pool ? [pool] : POOLS) {
    const { subnets, taken } = freeSubnets(cidr, used, count)
    if (subnets.length === count) return { subnets, passed }
    passed.push(
      `The address pool ${cidr} has ${subnets.length} free networks and this exercise needs ${count}${whose(taken)}`,
    )
  }
  throw new PoolProblem(
    `${passed.join('. ')}. Set KILP_POOL to a private network that the engine's machine does not use.`,
  )
}

const NAMED = 6

function whose(taken: readonly Taken[]): string {
  if (taken.length === 0) return ''
  const named = taken.slice(0, NAMED).map(({ cidr, by }) => `${cidr} (${by})`)
  const more = taken.length > NAMED ? ` and ${taken.length - NAMED} more` : ''
  return `; taken: ${named.join(', ')}${more}`
}

/** Host addresses .2 to .250 of a subnet in an order that only `key` decides; so a service and the probe look alike. */
export function hostsOf(subnet: string, key: string): readonly string[] {
  const rank = (host: number) => createHash('sha256').update(`${key}/${host}`).digest('hex')
  return Array.from({ length: 249 }, (_, index) => index + 2)
    .map((host) => ({ host, rank: rank(host) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ host }) => addressIn(subnet, host))
}

export const gatewayOf = (subnet: string): string => addressIn(subnet, 1)

/** The address with this number in the subnet. */
export function addressIn(subnet: string, host: number): string {
  return Address4.fromBigInt(new Address4(subnet).startAddress().bigInt() + BigInt(host)).correctForm()
}
