import { Worker } from 'node:worker_threads'
import type { RangeCore } from '../core.ts'
import type { Folder, FolderFile } from '../engine-api/folder.ts'
import { reason } from '../log.ts'
import type { Differing } from './compare.ts'
import { bothSources } from './start-state.ts'

/** Of a file, and of all together, is compared at most: larger ones are said to be so. */
const MOST_OF_FILE = 128 * 1024
const MOST_OF_ALL = 1024 * 1024
/** Comparing bounds itself; this holds where that does not. */
const DEADLINE_MS = 5_000
const MEMORY_MB = 128
const FILE = new URL('./compare.worker.ts', import.meta.url)

/**
 * What differs in a service's sources from the image that it came from, as a unified diff. Neither git nor any tool in the container is asked: its team could have made them say
 * anything. Never throws: null when the engine does not give the files.
 */
export async function changesOf(core: RangeCore, team: string, service: string): Promise<string | null> {
  try {
    const { start, now } = await bothSources(core, team, service)
    return await comparedAside(differing(start, now), now.cut)
  } catch (error) {
    core.log.warn({ team, service }, `changes: ${reason(error)}`)
    return null
  }
}

/** Which files are others now. Folders themselves are nothing to compare. */
export function differing(before: Folder, after: Folder): readonly Differing[] {
  const paths = [...new Set([...before.files.keys(), ...after.files.keys()])].toSorted()
  let room = MOST_OF_ALL
  return paths.flatMap((path): Differing[] => {
    // What was not read may be there.
    if (path === '' || (after.cut && !after.files.has(path))) return []
    const [from, to] = [contentOf(before.files.get(path)), contentOf(after.files.get(path))]
    if (from === to || (from && to && from.equals(to))) return []
    const [was, is] = [from?.length ?? 0, to?.length ?? 0]
    if (was > MOST_OF_FILE || is > MOST_OF_FILE || was + is > room)
      return [{ path, from: 'large', to: 'large' }]
    room -= was + is
    return [{ path, from, to }]
  })
}

const contentOf = (file: FolderFile | undefined): Buffer | null | undefined =>
  file && file.kind !== 'folder' ? file.content : undefined

/** One after the other, however many ask. */
let tail: Promise<unknown> = Promise.resolve()

/** Compares in a thread of its own: a team chooses what there is to compare, and nothing else has to wait for it. */
export function comparedAside(files: readonly Differing[], cut: boolean): Promise<string> {
  const result = tail.then(() => inWorker(files, cut))
  tail = result.catch(() => {})
  return result
}

function inWorker(files: readonly Differing[], cut: boolean): Promise<string> {
  const worker = new Worker(FILE, {
    workerData: { files, cut },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  })
  return new Promise<string>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`they were not compared within ${DEADLINE_MS} ms`)),
      DEADLINE_MS,
    )
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => {
      clearTimeout(late)
      reject(new Error('comparing came to an end'))
    })
  }).finally(() => worker.terminate())
}
