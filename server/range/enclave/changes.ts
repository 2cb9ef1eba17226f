import { buffer } from 'node:stream/consumers'
import { createTwoFilesPatch } from 'diff'
import { extract } from 'tar-stream'
import type { RangeCore } from '../core.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { containerName, LABEL, LABEL_HELPER, LABEL_HOME } from '../labels.ts'
import { reason } from '../log.ts'

const SOURCES = '/srv/app/src'
/** What is read of a container at most: whoever is root in it may put anything there. */
const MOST_BYTES = 8 * 1024 * 1024
const MOST_FILES = 2_000
const MOST_FILE_BYTES = 512 * 1024
/** What is told of it at most, in characters. */
const MOST_TOLD = 256 * 1024
/** Comparing two files takes no longer than this, in ms; what is too different is said to be so. */
const COMPARE_MS = 500

/**
 * What differs in a service's sources from the image that it came from, as a unified diff. Neither git nor any tool in the container is asked: its team could have made them say
 * anything. Never throws: null when the engine does not give the files.
 */
export async function changesOf(core: RangeCore, team: string, service: string): Promise<string | null> {
  const { docker, exerciseId, log } = core
  const name = containerName(exerciseId, team, service)
  try {
    const { Image } = await docker.getContainer(name).inspect()
    const [before, after] = [await startOf(core, Image), await sourcesOf(docker, name)]
    return compared(before, after)
  } catch (error) {
    log.warn({ team, service }, `changes: ${reason(error)}`)
    return null
  }
}

/** Sources as the image has them: read from a container of it that never runs. */
async function startOf({ docker, exerciseId, home }: RangeCore, image: string): Promise<Sources> {
  const known = starts.get(image)
  if (known) return known
  const never = await docker.createContainer({
    Image: image,
    Labels: { [LABEL]: exerciseId, [LABEL_HOME]: home, [LABEL_HELPER]: 'start state' },
    HostConfig: { NetworkMode: 'none' },
  })
  try {
    const sources = await sourcesOf(docker, never.id)
    starts.set(image, sources)
    return sources
  } finally {
    await never.remove({ force: true, v: true }).catch(() => {})
  }
}

/** By image: an id stands for its content. */
const starts = new Map<string, Sources>()

interface Sources {
  /** By path below the sources; null: too large, or no text. */
  readonly files: ReadonlyMap<string, string | null>
  /** There is more than is read. */
  readonly cut: boolean
}

async function sourcesOf(docker: ContainerEngine, container: string): Promise<Sources> {
  const sent = await docker
    .getContainer(container)
    .getArchive({ path: SOURCES })
    .catch((error: { statusCode?: number }) => {
      if (error.statusCode === 404) return null
      throw error
    })
  // Whoever is root there may have taken all of it away.
  if (!sent) return { files: new Map(), cut: false }
  const archive = extract()
  sent.on('error', (error: Error) => archive.destroy(error))
  sent.pipe(archive)
  const files = new Map<string, string | null>()
  let bytes = 0
  try {
    for await (const entry of archive) {
      const { name, type, size = 0 } = entry.header
      bytes += size
      if (bytes > MOST_BYTES || files.size >= MOST_FILES) return { files, cut: true }
      if (type === 'file' && size <= MOST_FILE_BYTES) files.set(pathOf(name), textOf(await buffer(entry)))
      else {
        if (type !== 'directory') files.set(pathOf(name), null)
        entry.resume()
      }
    }
    return { files, cut: false }
  } finally {
    if ('destroy' in sent && typeof sent.destroy === 'function') sent.destroy()
  }
}

const pathOf = (name: string): string => name.slice(name.indexOf('/') + 1)

const textOf = (content: Buffer): string | null => (content.includes(0) ? null : content.toString('utf8'))

/** Pure: what `after` has otherwise than `before`, file by file, cut where it gets long. */
export function compared(before: Sources, after: Sources): string {
  const paths = [...new Set([...before.files.keys(), ...after.files.keys()])].toSorted()
  let told = after.cut
    ? `# There is more than ${MOST_BYTES / 2 ** 20} MiB or ${MOST_FILES} files: not all was read.\n`
    : ''
  for (const path of paths) {
    // What was not read may be there.
    if (after.cut && !after.files.has(path)) continue
    const [from, to] = [before.files.get(path), after.files.get(path)]
    if (from === to) continue
    told += `${differenceOf(path, from, to)}\n`
    if (told.length > MOST_TOLD) return `${told.slice(0, MOST_TOLD)}\n# There is more: it is cut here.\n`
  }
  return told
}

function differenceOf(path: string, from: string | null | undefined, to: string | null | undefined): string {
  if (from === null || to === null) return `# ${path} is another, and no text that could be compared.`
  const patch = createTwoFilesPatch(
    from === undefined ? '/dev/null' : `a/${path}`,
    to === undefined ? '/dev/null' : `b/${path}`,
    from ?? '',
    to ?? '',
    undefined,
    undefined,
    { context: 3, timeout: COMPARE_MS },
  )
  return patch ?? `# ${path} is too different to be compared.`
}
