import { createHash } from 'node:crypto'

/** An IPv4 block: first address as a number, and how many leading bits are fixed. */
export interface Block {
  readonly first: number
  readonly bits: number
}

export const DEFAULT_POOL = '10.201.0.0/16'
/** Each network of an enclave is one /24. */
const SUBNET_BITS = 24

/** Parses `10.201.0.0/16`. Throws a plain sentence when it is no such thing. */
export function parseBlock(cidr: string): Block {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr.trim())
  const parts = match?.slice(1).map(Number) ?? []
  const bits = parts[4] ?? 99
  if (parts.length !== 5 || bits > 32 || parts.slice(0, 4).some((part) => part > 255))
    throw new Error(`"${cidr}" is not an IPv4 network; write one like ${DEFAULT_POOL}`)
  const address = parts.slice(0, 4).reduce((sum, part) => sum * 256 + part, 0)
  const size = 2 ** (32 - bits)
  return { first: address - (address % size), bits }
}

export const formatAddress = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')

const overlaps = (a: Block, b: Block): boolean =>
  a.first < b.first + 2 ** (32 - b.bits) && b.first < a.first + 2 ** (32 - a.bits)

/** The first `count` subnets of the pool that touch nothing in `used`. Throws when the pool is too small. */
export function freeSubnets(pool: string, used: readonly string[], count: number): readonly string[] {
  const block = parseBlock(pool)
  if (block.bits > SUBNET_BITS) throw new Error(`KILP_POOL ${pool} is smaller than one /${SUBNET_BITS}`)
  const taken = used.filter((cidr) => !cidr.includes(':')).map(parseBlock)
  const free: string[] = []
  const step = 2 ** (32 - SUBNET_BITS)
  for (let first = block.first; first < block.first + 2 ** (32 - block.bits); first += step) {
    if (free.length === count) break
    const subnet = { first, bits: SUBNET_BITS }
    if (!taken.some((other) => overlaps(subnet, other))) free.push(`${formatAddress(first)}/${SUBNET_BITS}`)
  }
  if (free.length < count)
    throw new Error(
      `The address pool ${pool} has ${free.length} free networks and this exercise needs ${count}; set KILP_POOL to a larger private network`,
    )
  return free
}

/** Host addresses .2 to .250 of a subnet in an order that only `key` decides; so a service and the probe look alike. */
export function hostsOf(subnet: string, key: string): readonly string[] {
  const { first } = parseBlock(subnet)
  const rank = (host: number) => createHash('sha256').update(`${key}/${host}`).digest('hex')
  return Array.from({ length: 249 }, (_, index) => index + 2)
    .map((host) => ({ host, rank: rank(host) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ host }) => formatAddress(first + host))
}

export const gatewayOf = (subnet: string): string => formatAddress(parseBlock(subnet).first + 1)
