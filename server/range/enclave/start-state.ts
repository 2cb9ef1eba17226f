import type { RangeCore } from '../core.ts'
import { type Folder, readFolderIn } from '../engine-api/folder.ts'
import { containerName, LABEL, LABEL_HELPER, LABEL_HOME } from '../labels.ts'

export const SOURCES = '/srv/app/src'

/** By image: an id stands for its content. */
const starts = new Map<string, Promise<Folder>>()

/** A service's sources as the image of its container has them, and as they are there now. @throws when the engine does not give them. */
export async function bothSources(core: RangeCore, team: string, service: string) {
  const name = containerName(core.exerciseId, team, service)
  const { Image } = await core.docker.getContainer(name).inspect()
  return { start: await startOf(core, Image), now: await readFolderIn(core.docker, name, SOURCES) }
}

/** Read once for each image, however many ask at the same time. */
function startOf(core: RangeCore, image: string): Promise<Folder> {
  const known = starts.get(image)
  if (known) return known
  const reading = readStart(core, image)
  starts.set(image, reading)
  reading.catch(() => starts.delete(image))
  return reading
}

/** From a container of the image that never runs. */
async function readStart({ docker, exerciseId, home }: RangeCore, image: string): Promise<Folder> {
  const never = await docker.createContainer({
    Image: image,
    Labels: { [LABEL]: exerciseId, [LABEL_HOME]: home, [LABEL_HELPER]: 'start state' },
    HostConfig: { NetworkMode: 'none' },
  })
  try {
    return await readFolderIn(docker, never.id, SOURCES)
  } finally {
    await never.remove({ force: true, v: true }).catch(() => {})
  }
}
