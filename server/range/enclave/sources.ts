import { createHash } from 'node:crypto'
import type { ServiceSources, SourceText, SourceWrite, SourceWritten } from '../../engine/ports/sources.ts'
import { foldersOf, isSourcePath, SOURCE_BYTES } from '../../exercise/scenario/source-path.ts'
import type { RangeCore } from '../core.ts'
import { putFilesIn } from '../engine-api/files.ts'
import { type Folder, type FolderFile, readFolderIn } from '../engine-api/folder.ts'
import { containerName } from '../labels.ts'
import { reason } from '../log.ts'
import { runOwn } from '../probe/own-shell.ts'
import { bothSources, SOURCES } from './start-state.ts'

const DELETE_MS = 10_000

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A service's sources now and as deployed. Never throws: null when the engine does not give them. */
export async function sourcesOf(
  core: RangeCore,
  team: string,
  service: string,
): Promise<ServiceSources | null> {
  try {
    const { start, now } = await bothSources(core, team, service)
    return { now: textsOf(now), start: textsOf(start), cut: now.cut }
  } catch (error) {
    core.log.warn({ team, service }, `sources: ${reason(error)}`)
    return null
  }
}

const textsOf = ({ files }: Folder): ReadonlyMap<string, SourceText> =>
  new Map(
    [...files].flatMap(([path, file]) =>
      file.kind === 'folder' || path === ''
        ? []
        : [[path, { bytes: file.bytes, text: textOf(file) }] as const],
    ),
  )

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** What comes back as the same bytes when it is saved; null for all else. */
function textOf({ content }: FolderFile): string | null {
  if (content === null || content.length > SOURCE_BYTES || content.includes(0)) return null
  try {
    return strict.decode(content)
  } catch {
    return null
  }
}

/**
 * Writes or deletes one source. What is there is looked at first, as the engine packs it: every folder on the way must be a folder and no link, the file a
 * regular one whose text is the one expected. It goes in through the engine, as the owner's and with the mode that it had; a new one as its folder's. Never throws.
 */
export async function writeSource(
  core: RangeCore,
  busybox: () => Promise<Buffer>,
  of: { readonly team: string; readonly service: string },
  { path, text, expected }: SourceWrite,
): Promise<SourceWritten> {
  const { docker } = core
  const container = containerName(core.exerciseId, of.team, of.service)
  try {
    const { files, cut } = await readFolderIn(docker, container, SOURCES)
    const before = files.get(path)
    const parent = parentOf(files, path)
    // Of what was not read nobody knows what it is.
    if (!parent || (cut && !before) || (before && textOf(before) === null))
      return { ok: false, why: 'no-text' }
    const there = before ? textOf(before) : null
    if ((there === null ? null : sha256(there)) !== expected)
      return { ok: false, why: 'changed', text: there }
    if (text === there) return { ok: true }
    if (text === null) return await removed(core, await busybox(), container, path)
    const { mode, uid, gid } = before ?? { mode: 0o644, uid: parent.uid, gid: parent.gid }
    await putFilesIn(docker, container, SOURCES, [[path, { content: Buffer.from(text), mode, uid, gid }]])
    return { ok: true }
  } catch (error) {
    core.log.warn(of, `source: ${reason(error)}`)
    return { ok: false, why: 'unreadable' }
  }
}

/** The innermost folder of a path that is there; null where something else stands in the way of it. */
export function parentOf(files: Folder['files'], path: string): FolderFile | null {
  const root = files.get('')
  if (!isSourcePath(path) || root?.kind !== 'folder' || files.get(path)?.kind === 'folder') return null
  let parent = root
  for (const folder of foldersOf(path)) {
    const there = files.get(folder)
    if (!there) break
    if (there.kind !== 'folder') return null
    parent = there
  }
  return parent
}

async function removed(
  { docker }: RangeCore,
  busybox: Buffer,
  container: string,
  path: string,
): Promise<SourceWritten> {
  const { exitCode } = await runOwn(docker, busybox, {
    container,
    command: ['rm', '-f', `${SOURCES}/${path}`],
    env: {},
    user: 'root',
    deadlineMs: DELETE_MS,
    maxBytes: 10_000,
  })
  return exitCode === 0 ? { ok: true } : { ok: false, why: 'unreadable' }
}
