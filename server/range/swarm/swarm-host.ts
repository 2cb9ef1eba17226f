import { join } from 'node:path'
import type { RangeHost } from '../../engine/ports/range-host.ts'
import { removeExercise, stuckText, sweep } from '../enclave/sweep.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { cacheBeside } from '../images/base-image.ts'
import { enclavesCarried } from '../machine/carries.ts'
import type { RangeHostOptions } from '../range-host.ts'
import { removeKeepers, sweepKeepers } from './keepers.ts'
import { isAway, openSwarm, type PlayingNode, type SwarmSettings } from './swarm.ts'
import { openSwarmRange } from './swarm-range.ts'

/** Ranges of one installation on all nodes of a Swarm that carry enclaves; `docker` is a manager of it. */
export function openSwarmHost(options: RangeHostOptions & { readonly swarm: SwarmSettings }): RangeHost {
  const { docker: manager, home, infra } = options
  const cache = options.cache ?? cacheBeside(infra)
  const say = options.say ?? (() => {})
  const swarm = openSwarm({ manager, home, infra, cache, settings: options.swarm, say })
  const there = async (): Promise<readonly PlayingNode[]> =>
    (await swarm.nodes()).filter((node) => !isAway(node))
  const onEach = async (work: (docker: ContainerEngine) => ReturnType<typeof sweep>) => {
    const removed = await Promise.all((await there()).map(({ engine }) => work(engine.docker)))
    for (const { stuck } of removed) if (stuck.length > 0) say(stuckText(stuck))
  }
  return {
    range: (of) =>
      openSwarmRange(swarm, { ...options, ...of, cache, savedFolder: join(options.swarm.folder, 'saved') }),
    async carries(inEnclave) {
      const each = await Promise.all(
        (await there()).map(({ engine }) => enclavesCarried(engine.docker, inEnclave)),
      )
      return each.reduce((sum, one) => sum + one, 0)
    },
    async sweep(keep) {
      await sweepKeepers(manager, home, keep)
      await onEach((docker) => sweep(docker, { home, keep }))
    },
    async remove(exerciseId) {
      await removeKeepers(manager, exerciseId)
      await onEach((docker) => removeExercise(docker, exerciseId))
    },
    close: swarm.close,
  }
}
