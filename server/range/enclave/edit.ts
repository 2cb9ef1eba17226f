import { applyPatch, parsePatch, reversePatch, type StructuredPatch } from 'diff'
import type { Edit } from '../../engine/ports/edit.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { type ContainerFile, putFilesIn, readFileIn } from '../engine-api/files.ts'
import { reason } from '../log.ts'
import { runOwn } from '../probe/own-shell.ts'

const APP = '/srv/app'
/** Lines of context that may have become others, as `patch` has it. */
const FUZZ = 2

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
  const files = new Map<string, ContainerFile | null>()
  try {
    for (const { patch, reverse } of edits)
      for (const parsed of parsePatch(patch)) {
        if (parsed.hunks.length === 0) continue
        const trouble = await change(docker, container, files, reverse ? reversePatch(parsed) : parsed)
        if (trouble) return trouble
      }
    const kept = [...files].flatMap(([path, file]) => (file ? [[path, file] as const] : []))
    const gone = [...files].flatMap(([path, file]) => (file ? [] : [`${APP}/${path}`]))
    await putFilesIn(docker, container, APP, kept)
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
  files: Map<string, ContainerFile | null>,
  parsed: StructuredPatch,
): Promise<string> {
  const [from, to] = [pathOf(parsed.oldFileName), pathOf(parsed.newFileName)]
  const path = from ?? to
  if (path === null) return 'a patch names no file'
  const before = files.has(path)
    ? (files.get(path) ?? null)
    : await readFileIn(docker, container, `${APP}/${path}`)
  if (from !== null && before === null) return `${path} is not there`
  const text = applyPatch(before?.content.toString('utf8') ?? '', parsed, { fuzzFactor: FUZZ })
  if (text === false) return `the change does not fit ${path} as it is there`
  if (from !== null && from !== to) files.set(from, null)
  if (to !== null) files.set(to, { content: Buffer.from(text, 'utf8'), mode: before?.mode ?? 0o644 })
  return ''
}

/** Without the first part, as `patch -p1` does; null for `/dev/null`. */
function pathOf(name: string | undefined): string | null {
  if (!name || name === '/dev/null') return null
  return name.slice(name.indexOf('/') + 1)
}
