import type { ContainerEngine } from '../engine-api/docker.ts'
import { type RangeLog, reason } from '../log.ts'
import { holdsPlace, type KeeperInput, placeEnclave, removeKeeper, removeKeepers } from './keepers.ts'

const TRIES = 12
const AGAIN_MS = 5_000

/**
 * Takes the place of an enclave again on the node where it stands. Swarm ends what runs on a node that it holds for down, and does not begin a keeper again: the enclave stands there as before, and Swarm
 * would take its room for free. Nothing is done where the keeper still runs, and given up once the enclave does not stand there any more (`stands`). Never rejects.
 */
export async function holdPlace(
  manager: ContainerEngine,
  node: string,
  input: KeeperInput,
  stands: () => boolean,
  log: RangeLog,
): Promise<void> {
  const { exerciseId, team } = input
  for (let turn = 0; turn < TRIES && stands(); turn++) {
    try {
      if (await holdsPlace(manager, exerciseId, team)) return
      const { keeper } = await placeEnclave(manager, { ...input, constraints: [`node.id==${node}`] })
      return await (stands()
        ? removeKeepers(manager, exerciseId, team, keeper)
        : removeKeeper(manager, keeper))
    } catch (error) {
      log.warn({ team }, `its place is not held: ${reason(error)}`)
    }
    await new Promise((wake) => setTimeout(wake, AGAIN_MS))
  }
}
