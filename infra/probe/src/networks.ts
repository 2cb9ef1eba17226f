import { execFileSync } from 'node:child_process'
import { lookup } from 'node:dns/promises'
import { isIPv4 } from 'node:net'
import { networkInterfaces } from 'node:os'
import { StepFailure } from './steps.ts'

export interface Network {
  readonly base: number
  readonly mask: number
}

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

/**
 * Address of a target, which must lie in the enclave's own networks, whatever a script says. The caller connects to the
 * address that was checked.
 */
export async function resolveTarget(host: string, networks: readonly Network[]): Promise<string> {
  const bare = host.replace(/^\[|\]$/g, '')
  let address = bare
  if (!isIPv4(bare))
    try {
      address = (await lookup(bare, { family: 4 })).address
    } catch (error) {
      if (bare.includes(':')) throw refused(host, 'IPv6')
      throw new StepFailure('down', {
        expected: `an answer from ${host}`,
        received: `no address for ${host} (${(error as NodeJS.ErrnoException).code})`,
      })
    }
  if (!networks.some((network) => contains(network, address))) throw refused(host, address)
  return address
}

const refused = (host: string, address: string) =>
  new StepFailure('fault', {
    expected: 'a target in this enclave',
    received: `refused: target outside the enclave: ${host} (${address})`,
  })

/** Gives the container its many addresses; a citizen and an attacker come from the same ones. Needs NET_ADMIN. */
export function addAddresses(cidrs: readonly string[]): readonly string[] {
  const interfaces = Object.entries(networkInterfaces()).flatMap(([name, list]) =>
    (list ?? [])
      .filter((entry) => entry.family === 'IPv4' && !entry.internal)
      .map((entry) => ({ name, cidr: entry.cidr ?? '' })),
  )
  const added: string[] = []
  for (const cidr of cidrs) {
    const address = cidr.split('/')[0] ?? ''
    const home = interfaces.find((one) => one.cidr && contains(parseNetwork(one.cidr), address))
    if (!home) continue
    execFileSync('ip', ['addr', 'add', cidr, 'dev', home.name])
    added.push(address)
  }
  return added
}

/** One of the probe's addresses from which `target` is reached directly; undefined leaves it to the kernel. */
export function sourceFor(
  target: string,
  addresses: readonly string[],
  networks: readonly Network[],
  choice: number,
): string | undefined {
  const near = networks.find((network) => contains(network, target))
  const usable = near ? addresses.filter((address) => contains(near, address)) : []
  return usable[Math.floor(choice * usable.length)]
}
