import type { ShareLook } from '../range/share/look.ts'
import { type Finding, finding } from './finding.ts'

const gib = (mib: number) => `${(mib / 1024).toFixed(1)} GiB`

/** Pure: whether one team could starve the others of processors, memory or disk, a line each. */
export function shareFindings({ groups, memory, storage, disk }: ShareLook): readonly Finding[] {
  return [processors(groups), memoryOf(memory), ...(disk ? [diskOf(disk, storage)] : [])]
}

const processors = (groups: string | null): Finding =>
  finding(
    groups !== null,
    groups === null
      ? 'no share of the processors for each team'
      : `processors: each team gets the same (control groups, ${groups})`,
    'This engine makes no control groups, so that one team can take all processors. Use one whose `docker info` says Cgroup Driver: systemd or cgroupfs.',
  )

function memoryOf({ each, all, machine, mayLimit }: ShareLook['memory']): Finding {
  const wants = `an enclave may take ${gib(each)}, all of them ${gib(all)}`
  if (all <= machine)
    return finding(true, `memory: ${wants} of ${gib(machine)}; each container is limited`, '')
  return finding(
    mayLimit,
    `memory: ${wants}, and there are ${gib(machine)}${mayLimit ? ': each team is held to its part of it' : ''}`,
    'This engine does not let Kilp limit a team (rootless, user namespaces, or no control groups), so that one can take what others need: start with fewer --teams.',
  )
}

function diskOf(disk: NonNullable<ShareLook['disk']>, storage: string): Finding {
  const { quotas, container, file, free, kept, team } = disk
  const watched = `a team that holds more than ${gib(team)} has its container stopped`
  return finding(
    free >= kept + team,
    quotas
      ? `disk: quota of ${gib(container)} for each container (${storage}), and ${watched}`
      : `disk: no quotas (${storage}; XFS mounted with pquota has them), so ${watched}; files of at most ${file} MiB; ${gib(free)} free`,
    `Only ${gib(free)} are free on the engine's disk, of which ${gib(kept)} are kept back: make room there, or give the engine's data a disk of its own (data-root in /etc/docker/daemon.json).`,
  )
}
