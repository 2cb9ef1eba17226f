import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Taken } from '../range/enclave/addresses.ts'
import { readRoutes } from '../range/machine/routes.ts'
import { LabProblem } from './problem.ts'
import type { Command } from './wiring.ts'

const WITHIN_MS = 20_000
const TOOLS = ['dockerd', 'ip', 'nsenter', 'unshare', 'mount', 'hostname', 'awk'] as const

/** Runs it to its end and resolves with what it wrote. @throws LabProblem with the command and its own words */
export async function run([file = '', ...args]: Command): Promise<string> {
  try {
    return (await promisify(execFile)(file, args, { timeout: WITHIN_MS })).stdout
  } catch (error) {
    const { stderr = '', message } = error as Error & { readonly stderr?: string }
    throw new LabProblem(`\`${[file, ...args].join(' ')}\` failed: ${stderr.trim() || message}`)
  }
}

/** Routes of this machine. */
export const ownRoutes = async (): Promise<readonly Taken[]> =>
  readRoutes((await run(['ip', '-4', '-j', 'route', 'show', 'table', 'all'])).split('\n'))

/** Those of `ip netns` that are the lab's. */
export async function namespacesOf(name: string): Promise<readonly string[]> {
  if (!existsSync('/run/netns')) return []
  const listed = JSON.parse((await run(['ip', '-j', 'netns', 'list'])) || '[]') as { readonly name: string }[]
  return listed.map((one) => one.name).filter((one) => one.startsWith(`${name}-`))
}

/** Pure: why no lab can be made on such a machine; null where one can. */
export function whyNoLab(
  platform: NodeJS.Platform,
  uid: number | undefined,
  missing: readonly string[],
): string | null {
  if (platform !== 'linux')
    return `A lab is made of namespaces of the Linux kernel, and this machine runs ${platform}: make it on a Linux machine or in a virtual one`
  if (uid !== 0) return 'A lab makes network namespaces and engines: run it as root (sudo npm run lab -- ...)'
  if (missing.length === 0) return null
  const engine = missing.includes('dockerd')
    ? ' dockerd comes with Docker Engine (Debian, Ubuntu: apt-get install --no-install-recommends docker.io iptables).'
    : ''
  return `A lab needs ${missing.join(', ')}, and this machine has no such command.${engine} Beside it a lab uses iproute2, util-linux, hostname and awk.`
}

/** @throws LabProblem where no lab can be made, or none be removed */
export function needLabMachine(): void {
  const folders = (process.env.PATH ?? '').split(':')
  const missing = TOOLS.filter((tool) => !folders.some((folder) => executable(join(folder, tool))))
  const why = whyNoLab(process.platform, process.getuid?.(), missing)
  if (why) throw new LabProblem(why)
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
