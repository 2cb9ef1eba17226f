import type { ContainerEngine } from '../engine-api/docker.ts'
import { MACHINE_SETTINGS, runHelper, type Where } from '../engine-api/helper.ts'

/** Kernel settings of the engine's machine that many containers outgrow, each one for all containers together. */
const SETTINGS = [
  'net.ipv4.neigh.default.gc_thresh1',
  'net.ipv4.neigh.default.gc_thresh2',
  'net.ipv4.neigh.default.gc_thresh3',
  'fs.inotify.max_user_instances',
  'fs.inotify.max_user_watches',
  'kernel.pid_max',
  'kernel.threads-max',
  'kernel.pty.max',
] as const
type Setting = (typeof SETTINGS)[number]

export interface Low {
  readonly setting: Setting
  readonly is: number
  readonly needs: number
}

/** What the machine itself takes up, and others on it. */
const OTHERS = { neighbours: 512, tasks: 8_192 }
/** Addresses of the two networks of an enclave: whoever is root there may call them all. */
const ADDRESSES = 2 * 254
/**
 * One pool for all containers together, of which each member costs whoever takes it some memory: more of them than the memory of all teams is enough for, so that none takes
 * them from the others.
 */
const POOL = { inotify: 4_194_304, watches: 16_777_216, terminals: 1_048_576 }
/** Tasks of one container with some terminals open; each Node has about a dozen threads. */
const TASKS = 40

/**
 * Pure: how much `containers` containers need. Each that a container calls on its two networks is an entry in the kernel's one table of neighbours, answered or not. When it
 * is full, containers do not reach one another (EHOSTUNREACH).
 */
export function needsOf(containers: number): Readonly<Record<Setting, number>> {
  const neighbours = OTHERS.neighbours + containers * ADDRESSES
  const table = 2 ** Math.ceil(Math.log2(neighbours))
  const tasks = OTHERS.tasks + containers * TASKS
  return {
    'net.ipv4.neigh.default.gc_thresh1': table / 8,
    'net.ipv4.neigh.default.gc_thresh2': table / 2,
    'net.ipv4.neigh.default.gc_thresh3': table,
    'fs.inotify.max_user_instances': POOL.inotify,
    'fs.inotify.max_user_watches': POOL.watches,
    'kernel.pid_max': tasks,
    'kernel.threads-max': tasks,
    'kernel.pty.max': POOL.terminals,
  }
}

/** Pure: what of the machine's settings is too low. A setting that it does not tell is taken for enough. */
export const tooLow = (
  has: Readonly<Partial<Record<Setting, number>>>,
  needs: Readonly<Record<Setting, number>>,
): readonly Low[] =>
  SETTINGS.flatMap((setting) => {
    const is = has[setting] ?? Number.POSITIVE_INFINITY
    return is < needs[setting] ? [{ setting, is, needs: needs[setting] }] : []
  })

/** The line that raises them by hand, as root on the engine's machine. */
export const sysctlLine = (low: readonly Low[]): string =>
  `sysctl -w ${low.map(({ setting, needs }) => `${setting}=${needs}`).join(' ')}`

const path = (setting: Setting, under = '/proc/sys') => `${under}/${setting.replaceAll('.', '/')}`
const TELL = SETTINGS.map((setting) => `echo "${setting} $(cat ${path(setting)} 2>/dev/null)"`).join('\n')

export interface KernelSettings {
  readonly has: Readonly<Partial<Record<Setting, number>>>
  /** How often a new neighbour found no place since the machine started. */
  readonly neighbourFailures: number
}

/** Pure: from the lines of a helper. */
export function readSettings(lines: readonly string[]): KernelSettings {
  const pairs = lines.map((line) => line.split(' '))
  const has = Object.fromEntries(
    pairs.flatMap(([name = '', value]) =>
      (SETTINGS as readonly string[]).includes(name) && value ? [[name, Number(value)]] : [],
    ),
  )
  const full = pairs.filter(([name]) => name === 'full').map(([, value = '0']) => Number.parseInt(value, 16))
  return { has, neighbourFailures: full.reduce((sum, count) => sum + count, 0) }
}

/** The last column counts what found the table full, in hexadecimal, a line for each processor. */
const FULL = `awk 'NR > 1 { print "full", $NF }' /proc/net/stat/arp_cache 2>/dev/null`

/** Asks the engine's machine. */
export const kernelSettings = async (docker: ContainerEngine, where: Where): Promise<KernelSettings> =>
  readSettings(
    await runHelper(docker, {
      ...where,
      network: 'host',
      purpose: 'limits',
      command: ['sh', '-c', `${TELL}\n${FULL}`],
    }),
  )

/** Raises what is too low, as far as the machine lets us, and never lowers anything. Returns what is too low still. */
export async function raiseSettings(
  docker: ContainerEngine,
  where: Where,
  low: readonly Low[],
): Promise<readonly Low[]> {
  // Somebody may have raised it meanwhile.
  const raise = low.map(
    ({ setting, needs }) =>
      `[ "$(cat ${path(setting)})" -ge ${needs} ] || echo ${needs} > ${path(setting, MACHINE_SETTINGS)}`,
  )
  const said = await runHelper(docker, {
    ...where,
    network: 'host',
    purpose: 'limits',
    settings: true,
    capabilities: ['NET_ADMIN'],
    command: ['sh', '-c', `{ ${raise.join('\n')}\n} 2>/dev/null\n${TELL}`],
  }).catch(() => null)
  const { has } = readSettings(said ?? [])
  return low.filter(({ setting, needs }) => (has[setting] ?? 0) < needs)
}
