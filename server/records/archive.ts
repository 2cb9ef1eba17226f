import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { ExportProblem } from './export-problem.ts'
import { MANIFEST, type Manifest, SEAL } from './manifest.ts'
import { SEAL_BYTES } from './seal.ts'
import { END_BYTES, headerOf, paddingOf } from './tar-frame.ts'

/** Where an entry stands in the file, in bytes from its beginning. */
export interface Place {
  readonly name: string
  readonly header: Buffer
  readonly headerAt: number
  readonly at: number
  readonly bytes: number
  /** What its content is to be; null for the manifest and the seal, which the seal itself tells. */
  readonly sha256: string | null
}

export interface Layout {
  readonly places: readonly Place[]
  /** Length of the whole file. */
  readonly total: number
}

/** Where everything has to stand, as the manifest says. `manifestBytes`: its own length. */
export async function layoutOf(manifest: Manifest, manifestBytes: number): Promise<Layout> {
  const places: Place[] = []
  let headerAt = 0
  for (const { name, bytes, sha256 } of [
    { name: MANIFEST, bytes: manifestBytes, sha256: null },
    ...manifest.entries,
    { name: SEAL, bytes: SEAL_BYTES, sha256: null },
  ]) {
    const header = await headerOf(name, bytes)
    const at = headerAt + header.length
    places.push({ name, header, headerAt, at, bytes, sha256 })
    headerAt = at + bytes + paddingOf(bytes)
  }
  return { places, total: headerAt + END_BYTES }
}

/** An export that was found whole, for reading. */
export interface Archive {
  readonly manifest: Manifest
  readonly places: readonly Place[]
  readonly file: FileHandle
}

export const openFile = (path: string): Promise<FileHandle> => open(path, 'r')

/** Bytes of a file; fewer where it ends before, none where `at` is before its beginning. */
export async function readAt(file: FileHandle, at: number, bytes: number): Promise<Buffer> {
  if (at < 0) return Buffer.alloc(0)
  const buffer = Buffer.alloc(Math.max(0, bytes))
  let read = 0
  while (read < buffer.length) {
    const { bytesRead } = await file.read(buffer, read, buffer.length - read, at + read)
    if (bytesRead === 0) break
    read += bytesRead
  }
  return buffer.subarray(0, read)
}

const CHUNK = 1 << 18

/** The same, a part at a time. */
export async function* chunksAt(file: FileHandle, at: number, bytes: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < bytes; ) {
    const chunk = await readAt(file, at + done, Math.min(CHUNK, bytes - done))
    if (chunk.length === 0) return
    yield chunk
    done += chunk.length
  }
}

/** Longer than any line that Kilp writes. */
const LONGEST_LINE = 1 << 26

export interface Line {
  /** Without its line feed. */
  readonly text: Buffer
  /** From the beginning of what is read. */
  readonly at: number
  /** Whether a line feed ends it. */
  readonly ended: boolean
}

/** The lines of what comes in chunks, those of one chunk together. */
export async function* linesIn(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly Line[]> {
  let rest: Buffer = Buffer.alloc(0)
  let restAt = 0
  for await (const chunk of chunks) {
    const text = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const lines: Line[] = []
    let from = 0
    for (let end = text.indexOf(10); end >= 0; end = text.indexOf(10, from)) {
      lines.push({ text: text.subarray(from, end), at: restAt + from, ended: true })
      from = end + 1
    }
    rest = text.subarray(from)
    restAt += from
    yield lines
    if (rest.length > LONGEST_LINE) break
  }
  if (rest.length > 0) yield [{ text: rest, at: restAt, ended: false }]
}

export const placeOf = ({ places }: Pick<Archive, 'places'>, name: string): Place | null =>
  places.find((place) => place.name === name) ?? null

/** The content of an entry that is there, a part at a time. @throws ExportProblem at its end when it is not what was proven: somebody writes to the file meanwhile. */
export async function* partsOf(archive: Archive, name: string): AsyncGenerator<Buffer> {
  const place = placeOf(archive, name)
  if (!place) throw new ExportProblem(`The export has no ${name}.`)
  const hash = createHash('sha256')
  for await (const chunk of chunksAt(archive.file, place.at, place.bytes)) {
    hash.update(chunk)
    yield chunk
  }
  if (hash.digest('hex') !== place.sha256)
    throw new ExportProblem(
      `${name} of the export was changed while it was read. Try again with a copy of the file.`,
    )
}

/** The whole of it. */
export async function contentOf(archive: Archive, name: string): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of partsOf(archive, name)) parts.push(part)
  return Buffer.concat(parts)
}
