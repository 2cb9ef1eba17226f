import { execFileSync } from 'node:child_process'
import { lookup } from 'node:dns/promises'
import { isIPv4 } from 'node:net'
import { networkInterfaces } from 'node:os'
import { randomStream } from '../../services/kit/nation/random.ts'
import { StepFailure } from './steps.ts'

export interface Network {
  readonly base: number
  readonly mask: number
}

/** Where a run may go, and from which addresses. */
export interface Reach {
  readonly networks: readonly Network[]
  readonly addresses: readonly string[]
}

/** A service's address changes only when its container is made anew; a dead one leaves the engine's DNS. */
const REMEMBER_MS = 1_000

const toNumber = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

/** `10.1.2.0/24`. @throws on anything else. */
export function parseNetwork(cidr: string): Network {
  const [address = '', bits = ''] = cidr.trim().split('/')
  const length = Number(bits)
  if (!isIPv4(address) || !Number.isInteger(length) || length < 8 || length > 32)
    throw new Error(`"${cidr}" is no IPv4 network`)
  const mask = (0xffffffff << (32 - length)) >>> 0
  return { base: (toNumber(address) & mask) >>> 0, mask }
}

export const contains = (network: Network, address: string): boolean =>
  isIPv4(address) && (toNumber(address) & network.mask) >>> 0 === network.base

const resolved = new Map<string, { readonly at: number; readonly addresses: readonly string[] }>()

async function addressesOf(host: string): Promise<readonly string[]> {
  if (isIPv4(host)) return [host]
  if (host.includes(':')) throw refused(host, 'IPv6')
  const known = resolved.get(host)
  if (known && performance.now() - known.at < REMEMBER_MS) return known.addresses
  try {
    const addresses = (await lookup(host, { family: 4, all: true })).map(({ address }) => address)
    if (resolved.size > 500) resolved.clear()
    resolved.set(host, { at: performance.now(), addresses })
    return addresses
  } catch (error) {
    resolved.delete(host)
    throw new StepFailure('down', {
      expected: `an address of ${host}`,
      received: `no address for ${host} (${(error as NodeJS.ErrnoException).code})`,
    })
  }
}

/**
 * Address of a target, which must lie in the enclave's own networks, whatever a script or a service says. The caller
 * connects to the address that was checked. @throws StepFailure
 */
export async function resolveTarget(host: string, networks: readonly Network[]): Promise<string> {
  const addresses = await addressesOf(host.replace(/^\[|\]$/g, ''))
  const outside = addresses.find((address) => !networks.some((network) => contains(network, address)))
  if (outside !== undefined) throw refused(host, outside)
  const [address] = addresses
  if (address === undefined)
    throw new StepFailure('down', { expected: `an address of ${host}`, received: 'there is none' })
  return address
}

const refused = (host: string, address: string) =>
  new StepFailure('fault', {
    expected: 'a target in this enclave',
    received: `refused: target outside the enclave: ${host} (${address})`,
  })

/**
 * Gives the container its many addresses (CIDRs), each on the interface of its subnet. Needs NET_ADMIN. Returns the addresses that
 * are really there now; what could not be added is said on stderr.
 */
export function addAddresses(cidrs: readonly string[]): readonly string[] {
  const interfaces = Object.entries(networkInterfaces()).flatMap(([name, list]) =>
    (list ?? [])
      .filter((entry) => entry.family === 'IPv4' && !entry.internal && entry.cidr)
      .map((entry) => ({ name, network: parseNetwork(entry.cidr ?? '') })),
  )
  const present = new Set(
    Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address)),
  )
  const wanted = cidrs.map((cidr) => ({ cidr, address: cidr.split('/')[0] ?? '' }))
  const commands = wanted.flatMap(({ cidr, address }) => {
    const home = interfaces.find(({ network }) => contains(network, address))
    return home && !present.has(address) ? [`addr add ${cidr} dev ${home.name}\n`] : []
  })
  if (commands.length > 0)
    try {
      execFileSync('ip', ['-force', '-batch', '-'], { input: commands.join('') })
    } catch (error) {
      process.stderr.write(`addresses: ${error instanceof Error ? error.message : error}\n`)
    }
  const now = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address))
  return wanted.map(({ address }) => address).filter((address) => now.includes(address))
}

/** One of the probe's addresses in the target's own network; undefined leaves it to the kernel. `choice` is 0..1. */
export function sourceFor(target: string, reach: Reach, choice: number): string | undefined {
  const near = reach.networks.find((network) => contains(network, target))
  const usable = near ? reach.addresses.filter((address) => contains(near, address)) : []
  return usable[Math.floor(choice * usable.length)]
}

/**
 * The address that an implant is told to call: one of the probe's in the inner network (the last of `networks`), always the same in an enclave, so
 * that what called home there yesterday still finds somebody.
 */
export function homeAddress(reach: Reach, seed: string): string {
  const inner = reach.networks.at(-1)
  const usable = inner ? reach.addresses.filter((address) => contains(inner, address)) : []
  return usable[Math.floor(randomStream(`home/${seed}`)() * usable.length)] ?? '127.0.0.1'
}
