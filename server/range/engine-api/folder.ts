import { buffer } from 'node:stream/consumers'
import { extract } from 'tar-stream'
import type { ContainerEngine } from './docker.ts'

/** What is read of a container at most: whoever is root in it may put anything there. */
export const MOST_BYTES = 8 * 1024 * 1024
export const MOST_FILES = 2_000
const MOST_FILE_BYTES = 512 * 1024
const DEADLINE_MS = 20_000

export interface FolderFile {
  /** Null: too large, or no regular file. */
  readonly content: Buffer | null
  readonly bytes: number
  readonly kind: 'file' | 'folder' | 'other'
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

export interface Folder {
  /** By path below it. Links are told of as `other`, and never followed. */
  readonly files: ReadonlyMap<string, FolderFile>
  /** There is more than is read. */
  readonly cut: boolean
}

/**
 * Reads a folder of a container, running or not, as the engine packs it: no tool in the container is asked, no link is followed. Empty when there is no such
 * folder, or a link stands in its place. @throws when the engine fails, or takes too long.
 */
export async function readFolderIn(
  docker: ContainerEngine,
  container: string,
  path: string,
): Promise<Folder> {
  const sent = await docker
    .getContainer(container)
    .getArchive({ path })
    .catch((error: { statusCode?: number }) => {
      if (error.statusCode === 404) return null
      throw error
    })
  // Whoever is root there may have taken all of it away.
  if (!sent) return { files: new Map(), cut: false }
  const archive = extract()
  sent.on('error', (error: Error) => archive.destroy(error))
  sent.pipe(archive)
  const late = setTimeout(
    () => archive.destroy(new Error(`${path} was not read within ${DEADLINE_MS} ms`)),
    DEADLINE_MS,
  )
  const files = new Map<string, FolderFile>()
  let bytes = 0
  try {
    for await (const entry of archive) {
      const { name, type, size = 0, mode = 0o644, uid = 0, gid = 0 } = entry.header
      bytes += size
      if (bytes > MOST_BYTES || files.size >= MOST_FILES) return { files, cut: true }
      const kind = type === 'file' ? 'file' : type === 'directory' ? 'folder' : 'other'
      const of = pathOf(name)
      if (kind === 'file' && size <= MOST_FILE_BYTES)
        files.set(of, { content: await buffer(entry), bytes: size, kind, mode, uid, gid })
      else {
        files.set(of, { content: null, bytes: size, kind, mode, uid, gid })
        entry.resume()
      }
    }
    return { files, cut: false }
  } finally {
    clearTimeout(late)
    if ('destroy' in sent && typeof sent.destroy === 'function') sent.destroy()
  }
}

/** Without the folder's own name, and the slash with which a folder ends. The folder itself is ''. */
const pathOf = (name: string): string =>
  name.includes('/') ? name.slice(name.indexOf('/') + 1).replace(/\/$/, '') : ''
