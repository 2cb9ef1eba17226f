import { closeSync, fdatasyncSync, fsyncSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

/** What this file needs of Emscripten's NODEFS, which PGlite's types leave open. */
interface NodeFileSystem {
  realPath(node: unknown): string
  stream_ops: { fsync?: (stream: { readonly nfd?: number; readonly node: unknown }) => number }
}
type Options = Awaited<ReturnType<NodeFS['init']>>['emscriptenOpts']

/**
 * PGlite's file system on disk, with commits that reach the disk: Emscripten answers `fsync` without doing it unless the file
 * system says how. A failed sync throws, and PostgreSQL then stops rather than going on with a commit that may be lost.
 */
export class SyncedNodeFS extends NodeFS {
  /** Files synced so far: every durable commit adds at least one. */
  syncs = 0

  override async init(pg: PGlite, options: Options): Promise<{ emscriptenOpts: Options }> {
    const { emscriptenOpts } = await super.init(pg, options)
    const hook = (module: { readonly NODEFS: unknown }) => {
      const fileSystem = module.NODEFS as NodeFileSystem
      fileSystem.stream_ops.fsync = (stream) => {
        this.syncs += 1
        if (stream.nfd === undefined) syncPath(fileSystem.realPath(stream.node))
        else fdatasyncSync(stream.nfd)
        return 0
      }
    }
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), hook] } }
  }

  /** Syncs every file: the first start writes the empty database without any sync. */
  syncAll(): void {
    for (const entry of readdirSync(this.rootDir, { recursive: true, withFileTypes: true }))
      syncPath(join(entry.parentPath, entry.name))
    syncPath(this.rootDir)
  }
}

/** By path, for folders: PostgreSQL syncs a folder after it made or renamed a file in it; Emscripten opens folders without a descriptor. */
function syncPath(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
