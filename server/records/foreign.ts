import type { ForeignExercise } from '../engine/ports/exercise-rows.ts'
import { type Archive, contentOf, linesIn, partsOf } from './archive.ts'
import { castsIn, clockIn, filesIn, sampleIn, snapshotIn } from './brought.ts'
import { eventOf } from './chain.ts'
import { castName, fileName, LEDGER, SAMPLES } from './manifest.ts'

/**
 * The exercise of an export, for a store to take in. `foldHash`: of the sources that fold here; the snapshot comes with it only where it was made by the same, which
 * `verifyExport` has compared with the ledger then.
 */
export async function foreignOf(
  archive: Archive,
  { foldHash, settings }: { readonly foldHash: string } & Pick<ForeignExercise, 'settings'>,
): Promise<ForeignExercise> {
  const snapshot = await snapshotIn(archive)
  const casts = await castsIn(archive)
  const files = await filesIn(archive)
  return {
    exerciseId: archive.manifest.exercise,
    clock: await clockIn(archive),
    events: pages(archive, LEDGER, eventOf),
    samples: pages(archive, SAMPLES, sampleIn),
    files: (async function* () {
      for (const file of files) yield { file, content: await contentOf(archive, fileName(file.sha256)) }
    })(),
    casts: (async function* () {
      for (const kept of casts)
        yield { ...kept, text: (await contentOf(archive, castName(kept.cast))).toString('utf8') }
    })(),
    settings,
    snapshot: snapshot?.madeBy === foldHash ? snapshot : null,
  }
}

async function* pages<T>(
  archive: Archive,
  name: string,
  read: (line: Buffer) => T,
): AsyncGenerator<readonly T[]> {
  for await (const lines of linesIn(partsOf(archive, name))) yield lines.map(({ text }) => read(text))
}
