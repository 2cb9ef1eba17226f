import { buffer } from 'node:stream/consumers'
import { applyPatch, parsePatch, reversePatch, type StructuredPatch } from 'diff'
import { extract, pack } from 'tar-stream'
import type { Edit } from '../../engine/ports/edit.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { reason } from '../log.ts'
import { runOwn } from '../probe/own-shell.ts'

const APP = '/srv/app'
/** Lines of context that may have become others, as `patch` has it. */
const FUZZ = 2
const LARGEST_BYTES = 4 * 1024 * 1024

/** A file of a service as it is in its container. */
interface Source {
  readonly text: string
  readonly mode: number
}

/**
 * Applies patches, one after the other, to a service's sources in a container. They are applied here and only what comes of them goes in, so that no tool of the
 * team's ever sees a patch. All fit, or nothing is changed. Returns what did not go well, or ''. Never rejects.
 */
export async function editFiles(
  docker: ContainerEngine,
  busybox: () => Promise<Buffer>,
  container: string,
  edits: readonly Edit[],
): Promise<string> {
  const files = new Map<string, Source | null>()
  try {
    for (const { patch, reverse } of edits)
      for (const parsed of parsePatch(patch)) {
        if (parsed.hunks.length === 0) continue
        const trouble = await change(docker, container, files, reverse ? reversePatch(parsed) : parsed)
        if (trouble) return trouble
      }
    const gone = [...files].flatMap(([path, source]) => (source ? [] : [`${APP}/${path}`]))
    await putFiles(docker, container, files)
    if (gone.length === 0) return ''
    const removed = await runOwn(docker, await busybox(), {
      container,
      command: ['rm', '-f', ...gone],
      env: {},
      user: 'root',
      deadlineMs: 10_000,
      maxBytes: 10_000,
    })
    return removed.exitCode === 0 ? '' : `files could not be removed: ${removed.error ?? removed.stderr}`
  } catch (error) {
    return reason(error)
  }
}

async function change(
  docker: ContainerEngine,
  container: string,
  files: Map<string, Source | null>,
  parsed: StructuredPatch,
): Promise<string> {
  const [from, to] = [pathOf(parsed.oldFileName), pathOf(parsed.newFileName)]
  const path = from ?? to
  if (path === null) return 'a patch names no file'
  const before = files.has(path) ? (files.get(path) ?? null) : await readSource(docker, container, path)
  if (from !== null && before === null) return `${path} is not there`
  const text = applyPatch(before?.text ?? '', parsed, { fuzzFactor: FUZZ })
  if (text === false) return `the change does not fit ${path} as it is there`
  if (from !== null && from !== to) files.set(from, null)
  if (to !== null) files.set(to, { text, mode: before?.mode ?? 0o644 })
  return ''
}

/** Without the first part, as `patch -p1` does; null for `/dev/null`. */
function pathOf(name: string | undefined): string | null {
  if (!name || name === '/dev/null') return null
  return name.slice(name.indexOf('/') + 1)
}

async function readSource(docker: ContainerEngine, container: string, path: string): Promise<Source | null> {
  const sent = await docker
    .getContainer(container)
    .getArchive({ path: `${APP}/${path}` })
    .catch((error: { statusCode?: number }) => {
      if (error.statusCode === 404) return null
      throw error
    })
  if (!sent) return null
  const archive = extract()
  sent.pipe(archive)
  let found: Source | null = null
  for await (const entry of archive) {
    const { type, size = 0, mode = 0o644 } = entry.header
    if (type !== 'file' || size > LARGEST_BYTES) throw new Error(`${path} is no file of sources any more`)
    found = { text: (await buffer(entry)).toString('utf8'), mode }
  }
  return found
}

async function putFiles(
  docker: ContainerEngine,
  container: string,
  files: ReadonlyMap<string, Source | null>,
): Promise<void> {
  const archive = pack()
  for (const [name, source] of files) if (source) archive.entry({ name, mode: source.mode }, source.text)
  archive.finalize()
  await docker.getContainer(container).putArchive(await buffer(archive), { path: APP })
}
