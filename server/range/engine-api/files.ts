import { buffer } from 'node:stream/consumers'
import { extract, pack } from 'tar-stream'
import type { ContainerEngine } from './docker.ts'

export interface ContainerFile {
  readonly content: Buffer
  readonly mode: number
  /** Whose it is; root's unless given. */
  readonly uid?: number
  readonly gid?: number
}

const LARGEST_BYTES = 16 * 1024 * 1024

/** A file of a container, running or not; null when it is not there. @throws when what is there is no file, or a very large one. */
export async function readFileIn(
  docker: ContainerEngine,
  container: string,
  path: string,
): Promise<ContainerFile | null> {
  const sent = await docker
    .getContainer(container)
    .getArchive({ path })
    .catch((error: { statusCode?: number }) => {
      if (error.statusCode === 404) return null
      throw error
    })
  if (!sent) return null
  const archive = extract()
  sent.pipe(archive)
  let found: ContainerFile | null = null
  // To its end: a connection that is left in the middle stays open for minutes.
  for await (const entry of archive) {
    const { type, size = 0, mode = 0o644 } = entry.header
    if (type !== 'file' || size > LARGEST_BYTES) throw new Error(`${path} is no file, or a very large one`)
    found = { content: await buffer(entry), mode }
  }
  return found
}

/** Puts files, by path below `folder`, into a container. */
export async function putFilesIn(
  docker: ContainerEngine,
  container: string,
  folder: string,
  files: Iterable<readonly [path: string, file: ContainerFile]>,
): Promise<void> {
  const archive = pack()
  for (const [name, { content, mode, uid = 0, gid = 0 }] of files)
    archive.entry({ name, mode, uid, gid }, content)
  archive.finalize()
  await docker.getContainer(container).putArchive(await buffer(archive), { path: folder })
}
