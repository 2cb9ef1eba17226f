import { pagesKey } from '../engine/platform/brought.ts'
import { FOLD_HASH } from '../engine/snapshots/fold-hash.ts'
import { pagesIn } from '../records/brought.ts'
import { foreignOf } from '../records/foreign.ts'
import { openStore } from '../store/store.ts'
import { type KeyOption, openWhole } from './open-export.ts'
import { readSettings } from './settings.ts'
import { storeOptions } from './store-options.ts'
import { aboutExport } from './verify.ts'

/**
 * `kilp import-exercise`: proves an export, then puts all of it into the store, or nothing. It is a record for good: what is gone on with at a start is what the setting `open-exercises` names, and nothing
 * but making an exercise here puts one there.
 */
export async function runImport(name: string, options: KeyOption): Promise<void> {
  const { archive, fingerprint } = await openWhole(name, options)
  try {
    const { manifest } = archive
    const pages = await pagesIn(archive)
    const settings = pages ? ([[pagesKey(manifest.exercise), pages]] as const) : []
    const foreign = await foreignOf(archive, { foldHash: FOLD_HASH, settings })
    const store = await openStore(storeOptions(readSettings(process.env)))
    try {
      await store.takeIn(foreign)
    } finally {
      await store.close()
    }
    process.stderr.write(
      `Imported as a record: ${aboutExport(manifest)}\nSigned with ${fingerprint}. The next npm start lists it on the start page; its links: kilp seats --exercise ${manifest.exercise}\n`,
    )
  } finally {
    await archive.file.close()
  }
}
