import { imageExists } from '../engine-api/build.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { runHelper } from '../engine-api/helper.ts'
import { baseTag } from '../images/base-image.ts'
import { allowedOf, KEPT } from './disk-rule.ts'
import { CONTAINER_DISK_MIB, FILE_MIB, knowsQuotas } from './quota.ts'
import { groupFiles, othersOf } from './team-groups.ts'

const MIB = 2 ** 20

/** What keeps one team's share of the engine's machine from the others. Sizes in MiB. */
export interface ShareLook {
  /** The control groups that teams get, `cgroupfs 1`; null where the engine makes none. */
  readonly groups: string | null
  readonly memory: {
    /** What the containers of one enclave may take together, what all may, and what the machine has for them. */
    readonly each: number
    readonly all: number
    readonly machine: number
    /** Whether a team's group can be held to less. */
    readonly mayLimit: boolean
  }
  readonly storage: string
  /** Null while the base image is not there: then nobody can look. */
  readonly disk: {
    readonly quotas: boolean
    readonly container: number
    readonly file: number
    readonly free: number
    readonly kept: number
    /** What each team may hold before its container is stopped. */
    readonly team: number
  } | null
}

interface Info {
  readonly CgroupDriver?: string
  readonly CgroupVersion?: string
  readonly SecurityOptions?: readonly string[]
  readonly MemTotal?: number
  readonly Driver?: string
  readonly DriverStatus?: readonly (readonly [string, string])[] | null
}

/** For `kilp doctor`. Changes nothing. */
export async function lookAtShares(
  docker: ContainerEngine,
  asks: {
    readonly infra: string
    readonly home: string
    readonly enclaves: number
    /** What the containers of an enclave may take, the probe's too. */
    readonly memoryMiB: number
    readonly teamDiskMiB?: number
  },
): Promise<ShareLook> {
  const info = (await docker.info()) as Info
  const { CgroupDriver = 'none', CgroupVersion = '1', MemTotal = 0 } = info
  const backing = info.DriverStatus?.find(([name]) => name === 'Backing Filesystem')?.[1]
  const image = await baseTag(docker, asks.infra)
  const there = await imageExists(docker, image)
  const free = there
    ? Number(
        (
          await runHelper(docker, {
            image,
            exerciseId: 'doctor',
            home: asks.home,
            network: 'none',
            purpose: 'disk',
            command: ['stat', '-f', '-c', '%a %S', '/'],
          })
        )[0]
          ?.split(' ')
          .reduce((product, number) => product * Number(number), 1 / MIB) ?? 0,
      )
    : 0
  return {
    groups: ['cgroupfs', 'systemd'].includes(CgroupDriver) ? `${CgroupDriver} ${CgroupVersion}` : null,
    memory: {
      each: asks.memoryMiB,
      all: asks.memoryMiB * asks.enclaves,
      machine: Math.floor((MemTotal - othersOf(MemTotal)) / MIB),
      mayLimit: groupFiles(info) !== null,
    },
    storage: `${info.Driver ?? 'unknown'}${backing ? ` on ${backing}` : ''}`,
    disk: there
      ? {
          quotas: await knowsQuotas(docker, image),
          container: CONTAINER_DISK_MIB,
          file: FILE_MIB,
          free: Math.floor(free),
          kept: KEPT.bytes / MIB,
          team: asks.teamDiskMiB ?? Math.floor(allowedOf(free * MIB, asks.enclaves) / MIB),
        }
      : null,
  }
}
