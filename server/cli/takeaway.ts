import { tmpdir } from 'node:os'
import { PassThrough, Readable } from 'node:stream'
import { readKeptPages } from '../engine/platform/brought.ts'
import type { Takeaway } from '../engine/ports/takeaway.ts'
import { openQueue } from '../engine/queue.ts'
import { FOLD_HASH } from '../engine/snapshots/fold-hash.ts'
import { wallClock } from '../engine/wall-clock.ts'
import { ownVersion } from '../live/live.ts'
import { installationKey } from '../records/seal.ts'
import { prepareExport } from '../records/write-export.ts'
import { dump } from '../store/dump.ts'
import type { Store } from '../store/store.ts'
import { findScenarioFiles } from './scenario-files.ts'

/** Exports and dumps of a store that is open. Exports are put together one after another: each reads a whole exercise and folds it. */
export function openTakeaway(store: Store): Takeaway {
  const queue = openQueue()
  const prepare = (exerciseId: string) =>
    queue.run(async () => {
      if ((await store.lastPosition(exerciseId)) === 0) return null
      return prepareExport({
        log: store,
        exerciseId,
        key: await installationKey(store),
        now: wallClock.now(),
        version: ownVersion(),
        foldHash: FOLD_HASH,
        pages: await readKeptPages(store, exerciseId),
        scenarioFiles: (slug) => findScenarioFiles(store, exerciseId, slug),
        scratch: tmpdir(),
      })
    })
  return {
    async export(exerciseId) {
      const prepared = await prepare(exerciseId)
      if (!prepared) return null
      const stream = Readable.from(prepared.chunks(), { objectMode: false })
      stream.once('close', () => void prepared.drop().catch(() => undefined))
      return stream
    },
    dump(exerciseId) {
      const out = new PassThrough()
      dump(store, out, exerciseId).catch((error: unknown) => {
        out.destroy(error instanceof Error ? error : new Error(String(error)))
      })
      return out
    },
  }
}
