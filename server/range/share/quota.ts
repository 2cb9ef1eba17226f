import type { ContainerEngine, ContainerOptions } from '../engine-api/docker.ts'
import { reason } from '../log.ts'

/** What a container may write, in MiB, where the engine's storage knows quotas. */
export const CONTAINER_DISK_MIB = 1_024
/** The largest file in a container, in MiB. Of the three that lie beside its layer (`/etc/hosts` and the like) no quota knows. */
export const FILE_MIB = 256

/** Root in a container can not raise it again: that takes CAP_SYS_RESOURCE. */
export const FILE_LIMIT = { Name: 'fsize', Soft: FILE_MIB * 2 ** 20, Hard: FILE_MIB * 2 ** 20 }
const QUOTA = { StorageOpt: { size: `${CONTAINER_DISK_MIB}M` } }

const known = new WeakMap<ContainerEngine, Promise<boolean>>()

/** Whether the engine bounds what a container writes: overlay2 on XFS that is mounted with `pquota`, Btrfs and ZFS do. Asked with a container that is never started. */
export function knowsQuotas(docker: ContainerEngine, image: string): Promise<boolean> {
  const asked = known.get(docker)
  if (asked) return asked
  const answer = ask(docker, image)
  known.set(docker, answer)
  // An engine that was away is asked anew.
  answer.catch(() => known.delete(docker))
  return answer
}

async function ask(docker: ContainerEngine, image: string): Promise<boolean> {
  try {
    const trial = await docker.createContainer({
      Image: image,
      Cmd: ['true'],
      HostConfig: { ...QUOTA, NetworkMode: 'none' },
    })
    await trial.remove({ force: true })
    return true
  } catch (error) {
    if (/storage-opt|quota|storage driver|size/i.test(reason(error))) return false
    throw error
  }
}

/** For the `HostConfig` of a service's container. */
export const quotaOf = async (
  docker: ContainerEngine,
  image: string,
): Promise<Pick<NonNullable<ContainerOptions['HostConfig']>, 'StorageOpt'>> =>
  (await knowsQuotas(docker, image)) ? QUOTA : {}
