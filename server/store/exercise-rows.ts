import { and, asc, eq, gt, lte, max, min, sql } from 'drizzle-orm'
import type { ExerciseRows, ForeignExercise } from '../engine/ports/exercise-rows.ts'
import type { Sample } from '../engine/ports/ports.ts'
import type { Stored } from '../exercise/ledger/upcast.ts'
import type { Backend, Database } from './backend.ts'
import { positionsIn } from './log.ts'
import { parts } from './parts.ts'
import { StoreProblem } from './problem.ts'
import { casts, clocks, events, files, samples, settings, snapshots } from './schema.ts'

/** Rows of one page: the embedded database works in this very process, and others wait meanwhile. */
const PAGE = 500

/** Exercises as rows, over either backend. */
export function exerciseRows(backend: Backend): ExerciseRows {
  const { reader } = backend
  return {
    async *storedEvents(exerciseId, upTo) {
      for (let after = 0; after < upTo; after += PAGE) {
        const page = await reader
          .select()
          .from(events)
          .where(positionsIn(exerciseId, after, Math.min(upTo, after + PAGE)))
          .orderBy(asc(events.position))
        yield page.map(({ exerciseId: _, ...stored }): Stored => stored)
      }
    },
    async *storedSamples(exerciseId) {
      const [range] = await reader
        .select({ first: min(samples.id), last: max(samples.id) })
        .from(samples)
        .where(eq(samples.exerciseId, exerciseId))
      const last = range?.last ?? 0
      for (let after = (range?.first ?? 1) - 1; after < last; after += PAGE) {
        const page = await reader
          .select()
          .from(samples)
          // Not as a plain column: by the index of an exercise's samples all of them would be looked through for each page.
          .where(
            and(
              sql`${samples.exerciseId} || '' = ${exerciseId}`,
              gt(samples.id, after),
              lte(samples.id, Math.min(last, after + PAGE)),
            ),
          )
          .orderBy(asc(samples.id))
        if (page.length > 0) yield page.map(({ id: _, exerciseId: __, ...sample }) => sample as Sample)
      }
    },
    takeIn: (foreign) =>
      backend.write((database) => database.transaction((tx) => insertAll(tx, foreign, backend.place))),
  }
}

async function insertAll(tx: Database, foreign: ForeignExercise, place: string): Promise<void> {
  const { exerciseId, clock, snapshot } = foreign
  const present = await tx
    .select({ position: events.position })
    .from(events)
    .where(eq(events.exerciseId, exerciseId))
    .limit(1)
  if (present.length > 0)
    throw new StoreProblem(
      'exists',
      `Exercise ${exerciseId} is already in ${place}. Nothing was imported. Import it into another store (KILP_DATA), or look at it with kilp replay.`,
    )
  for await (const page of foreign.events)
    for (const part of parts(page))
      await tx
        .insert(events)
        .values(part.map((stored) => ({ ...stored, data: stored.data as object, exerciseId })))
  if (clock) await tx.insert(clocks).values({ exerciseId, exerciseMs: clock.exerciseMs, wall: clock.wall })
  for await (const page of foreign.samples)
    for (const part of parts(page))
      await tx.insert(samples).values(part.map((sample) => ({ ...sample, exerciseId })))
  for await (const { file, content } of foreign.files)
    await tx.insert(files).values({ ...file, exerciseId, body: Buffer.from(content).toString('base64') })
  for await (const { text, ...cast } of foreign.casts)
    await tx.insert(casts).values({ ...cast, exerciseId, part: 0, text })
  for (const [key, value] of foreign.settings)
    await tx.insert(settings).values({ key, value: { value } }).onConflictDoNothing()
  if (snapshot) {
    const { audience, madeBy, position, body } = snapshot
    await tx
      .insert(snapshots)
      .values({ exerciseId, audience, madeBy, position, body: Buffer.from(body).toString('base64') })
  }
}
