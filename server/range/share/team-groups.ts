import type { ContainerEngine } from '../engine-api/docker.ts'
import { MACHINE_GROUPS, runHelper, type Where } from '../engine-api/helper.ts'

const MiB = 2 ** 20

/** Where the control groups of teams are on the engine's machine, and what the files in them are called. */
export interface GroupFiles {
  readonly folder: string
  readonly limit: string
  readonly usage: string
  /** Of `memory.stat`: what the kernel gives back when it is asked to. */
  readonly spare: string
}

/** What of a team's control group is known, in bytes. */
export interface TeamGroup {
  readonly name: string
  readonly limit: number
  readonly used: number
  /** The limits of the containers in it, together: what it can ever want. */
  readonly wants: number
}

interface Info {
  readonly CgroupDriver?: string
  readonly CgroupVersion?: string
  readonly SecurityOptions?: readonly string[]
}

/** Pure: null where the engine makes no groups of ours, or may not change them. Names as `parentOf` in enclave/execute.ts gives them. */
export function groupFiles({ CgroupDriver, CgroupVersion, SecurityOptions = [] }: Info): GroupFiles | null {
  if (CgroupDriver !== 'cgroupfs' && CgroupDriver !== 'systemd') return null
  if (SecurityOptions.some((option) => /name=(rootless|userns)/.test(option))) return null
  const ours = CgroupDriver === 'systemd' ? 'kilp.slice' : 'kilp'
  return CgroupVersion === '2'
    ? {
        folder: `/sys/fs/cgroup/${ours}`,
        limit: 'memory.max',
        usage: 'memory.current',
        spare: 'inactive_file',
      }
    : {
        folder: `/sys/fs/cgroup/memory/${ours}`,
        limit: 'memory.limit_in_bytes',
        usage: 'memory.usage_in_bytes',
        spare: 'total_inactive_file',
      }
}

const NAME = /^(kilp-)?team[\w]*(\.slice)?$/

const tell = ({ limit, usage, spare }: GroupFiles) => `
awk '/^MemTotal:/ { print "total", $2 }' /proc/meminfo
cd ${MACHINE_GROUPS} || exit
for g in *team*/; do
  g=\${g%/}
  [ -f "$g/${limit}" ] || continue
  echo group "$g" "$(cat "$g/${limit}")" "$(cat "$g/${usage}")" "$(awk '$1 == "${spare}" { print $2 }' "$g/memory.stat")" $(cat "$g"/*/${limit} 2>/dev/null)
done`

/** Pure: from the lines of a helper. Groups without containers are left out. */
export function readGroups(lines: readonly string[]): {
  readonly total: number
  readonly groups: readonly TeamGroup[]
} {
  const words = lines.map((line) => line.split(' '))
  const total = Number(words.find(([word]) => word === 'total')?.[1] ?? 0) * 1024
  // `max`, or a number above all that there is: no limit.
  const bytes = (text = '') => Math.min(Number.isNaN(Number(text)) ? total : Number(text), total)
  const groups = words.flatMap(([word, name = '', limit, used, spare, ...children]) =>
    word === 'group' && NAME.test(name) && children.length > 0
      ? [
          {
            name,
            limit: bytes(limit),
            used: Math.max(0, bytes(used) - bytes(spare)),
            wants: children.reduce((sum, child) => sum + bytes(child), 0),
          },
        ]
      : [],
  )
  return { total, groups }
}

/** The machine itself, its engine and the platform, of all memory; and at least so much. */
const OTHERS = { part: 0.1, least: 1024 * MiB }
/** In bytes. */
export const othersOf = (total: number): number => Math.max(OTHERS.least, total * OTHERS.part)
/** More than it has now, a group keeps: nobody's container is to end because another exercise comes up. */
const ROOM = 1.25

/**
 * Pure: what each group may have, in bytes; null where the machine has all that the containers of all may take, so that their own limits are enough. Else everybody gets the
 * same part of what it wants: a team that takes all that its containers may leaves the others theirs. `kept`: what other containers of Kilp may take (the probes).
 */
export function limitsOf(
  total: number,
  kept: number,
  groups: readonly TeamGroup[],
): readonly { readonly name: string; readonly bytes: number | null }[] {
  const free = Math.max(0, total - othersOf(total) - kept)
  const all = groups.reduce((sum, { wants }) => sum + wants, 0)
  return groups.map(({ name, wants, used }) => {
    const part = Math.max((wants * free) / Math.max(1, all), Math.min(wants, used * ROOM))
    return { name, bytes: all <= free ? null : Math.ceil(part / MiB) * MiB }
  })
}

/** The helper sees no control group but those of Kilp. */
const groupHelper = (docker: ContainerEngine, where: Where, files: GroupFiles) => (script: string) =>
  runHelper(docker, {
    ...where,
    network: 'none',
    purpose: 'memory',
    groups: files.folder,
    command: ['sh', '-c', script],
  })
const put = (name: string, bytes: number | null, { limit }: GroupFiles) =>
  `echo ${bytes ?? (limit === 'memory.max' ? 'max' : -1)} > ${MACHINE_GROUPS}/${name}/${limit}`

/** Takes the limits of groups away. The engine never removes a group: one of an exercise that is gone must not hold those that come up in it. */
export async function liftMemory(
  docker: ContainerEngine,
  where: Where,
  names: readonly string[],
): Promise<void> {
  if (names.length === 0) return
  const files = groupFiles((await docker.info()) as Info)
  if (!files) return
  const lift = names.map((name) => `[ ! -d ${MACHINE_GROUPS}/${name} ] || ${put(name, null, files)}`)
  await groupHelper(docker, where, files)(`{ ${lift.join('\n')}\n} 2>/dev/null`)
}

/**
 * Where the machine has less memory than all containers may take, holds those of each group of `names` together to their part of it. Returns what each group may have then,
 * in bytes; null where the machine does not let us. Groups of others count and stay as they are.
 */
export async function shareMemory(
  docker: ContainerEngine,
  where: Where,
  kept: number,
  names: readonly string[],
): Promise<readonly TeamGroup[] | null> {
  const files = groupFiles((await docker.info()) as Info)
  if (!files) return null
  const helper = groupHelper(docker, where, files)
  const { total, groups } = readGroups(await helper(tell(files)))
  const own = limitsOf(total, kept, groups).filter(({ name }) => names.includes(name))
  if (own.length === 0) return null
  const puts = own.map(({ name, bytes }) => put(name, bytes, files))
  const after = readGroups(await helper(`{ ${puts.join('\n')}\n} 2>/dev/null\n${tell(files)}`)).groups
  const now = new Map(after.map((group) => [group.name, group]))
  const done = own.every(({ name, bytes }) => {
    const { limit = 0, wants = 0 } = now.get(name) ?? {}
    return bytes === null ? limit >= wants : limit <= bytes
  })
  return done ? own.flatMap(({ name }) => now.get(name) ?? []) : null
}
