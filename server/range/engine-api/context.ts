import { createHash } from 'node:crypto'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pack } from 'tar-stream'

/** A file of a build context: its path there, and either its text or where it lies on disk. */
export interface ContextFile {
  readonly path: string
  readonly from: { readonly text: string } | { readonly file: string }
  readonly executable: boolean
}

export const textFile = (path: string, text: string): ContextFile => ({
  path,
  from: { text },
  executable: false,
})

export const diskFile = (path: string, file: string): ContextFile => ({
  path,
  from: { file },
  executable: (statSync(file).mode & 0o111) !== 0,
})

/** Every regular file below `folder`, sorted, under `to` in the context. `skip` sees paths relative to the folder, with `/`. */
export async function folderFiles(
  folder: string,
  to: string,
  skip: (path: string) => boolean = () => false,
): Promise<readonly ContextFile[]> {
  const files: ContextFile[] = []
  const walk = async (at: string): Promise<void> => {
    const entries = await readdir(at, { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = join(at, entry.name)
      const path = relative(folder, file).split(sep).join('/')
      if (skip(path)) continue
      if (entry.isDirectory()) await walk(file)
      else if (entry.isFile()) files.push(diskFile(to === '.' ? path : `${to}/${path}`, file))
    }
  }
  await walk(folder)
  return files
}

/** Twelve hex digits that change when any path, mode or byte does. */
export function contentHash(files: readonly ContextFile[], ...more: readonly string[]): string {
  const hash = createHash('sha256')
  for (const text of more) hash.update(`${text.length}:${text}`)
  for (const file of files) {
    const bytes = 'text' in file.from ? Buffer.from(file.from.text) : readFileSync(file.from.file)
    hash.update(`${file.path}\0${file.executable}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex').slice(0, 12)
}

/** The files as a tar stream, owned by root and without times: the same content is the same bytes for the builder's cache. */
export function tarOf(files: readonly ContextFile[]): Readable {
  const tar = pack()
  const header = (file: ContextFile) => ({
    name: file.path,
    mode: file.executable ? 0o755 : 0o644,
    mtime: new Date(0),
    uid: 0,
    gid: 0,
  })
  const add = async () => {
    for (const file of files) {
      if ('text' in file.from) {
        tar.entry(header(file), file.from.text)
        continue
      }
      const size = statSync(file.from.file).size
      await pipeline(createReadStream(file.from.file), tar.entry({ ...header(file), size }))
    }
    tar.finalize()
  }
  add().catch((error: unknown) => tar.destroy(error instanceof Error ? error : new Error(String(error))))
  return Readable.from(tar)
}
