import { createHash } from 'node:crypto'
import type { Readable, Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { and, asc, eq, gt } from 'drizzle-orm'
import { badDump, HEADER, type Line, linesOf, type Row } from './dump-lines.ts'
import { positionsIn } from './log.ts'
import { parts } from './parts.ts'
import { StoreProblem } from './problem.ts'
import { casts, clocks, events, files, samples, settings } from './schema.ts'
import type { Store } from './store.ts'

const PAGE = 2_000

/** Writes everything in the store, or all of one exercise, to `out` and ends it. Resolves with the number of rows. */
export async function dump(store: Store, out: Writable, exercise?: string): Promise<number> {
  let rows = 0
  const done = finished(out)
  // Observed below; without this a broken pipe while writing would be an unhandled rejection.
  done.catch(() => undefined)
  const write = async (line: Line): Promise<void> => {
    if (!out.write(`${JSON.stringify(line)}\n`))
      await Promise.race([new Promise((resolve) => out.once('drain', resolve)), done])
  }
  await write(HEADER)
  for await (const row of rowsOf(store, exercise)) {
    await write(row)
    rows += 1
  }
  await write({ end: rows })
  out.end()
  await done
  return rows
}

async function* rowsOf(store: Store, only: string | undefined): AsyncGenerator<Row> {
  const { reader } = store.backend
  const wanted = (exerciseId: string) => only === undefined || exerciseId === only
  // An exercise's own are named `what:ID`.
  for (const setting of await reader.select().from(settings).orderBy(asc(settings.key)))
    if (only === undefined || setting.key.endsWith(`:${only}`)) yield { setting }
  for (const clock of await reader.select().from(clocks).orderBy(asc(clocks.exerciseId)))
    if (wanted(clock.exerciseId)) yield { clock }
  for (const { exerciseId } of (await store.exercises()).toReversed()) {
    if (!wanted(exerciseId)) continue
    for (let after = 0; ; ) {
      const page = await reader
        .select()
        .from(events)
        .where(positionsIn(exerciseId, after, after + PAGE))
        .orderBy(asc(events.position))
      for (const event of page) yield { event }
      if (page.length < PAGE) break
      after = page.at(-1)?.position ?? after
    }
  }
  // One at a time: each may have megabytes.
  const kept = await reader
    .select({ exerciseId: files.exerciseId, sha256: files.sha256, owner: files.owner })
    .from(files)
    .orderBy(asc(files.exerciseId), asc(files.sha256), asc(files.owner))
  for (const { exerciseId, sha256, owner } of kept) {
    if (!wanted(exerciseId)) continue
    const [file] = await reader
      .select()
      .from(files)
      .where(and(eq(files.exerciseId, exerciseId), eq(files.sha256, sha256), eq(files.owner, owner)))
    if (file) yield { file }
  }
  const recorded = await reader
    .selectDistinct({ exerciseId: casts.exerciseId, cast: casts.cast })
    .from(casts)
    .orderBy(asc(casts.exerciseId), asc(casts.cast))
  for (const { exerciseId, cast } of recorded) {
    if (!wanted(exerciseId)) continue
    const of = and(eq(casts.exerciseId, exerciseId), eq(casts.cast, cast))
    for (const part of await reader.select().from(casts).where(of).orderBy(asc(casts.part)))
      yield { cast: part }
  }
  for (let after = 0; ; ) {
    const page = await reader
      .select()
      .from(samples)
      .where(and(gt(samples.id, after), only === undefined ? undefined : eq(samples.exerciseId, only)))
      .orderBy(asc(samples.id))
      .limit(PAGE)
    for (const { id, ...sample } of page) {
      yield { sample }
      after = id
    }
    if (page.length < PAGE) break
  }
}

/**
 * Reads a dump into the store, all of it or nothing. Settings that are already there stay as they are. Resolves with the
 * number of rows.
 * @throws StoreProblem `exists` when an exercise of the dump is here already, `bad-dump` (with the line) when it is no good.
 */
export async function restore(store: Store, input: Readable): Promise<number> {
  const present = new Set((await store.exercises()).map((exercise) => exercise.exerciseId))
  const refusePresent = (exerciseId: string) => {
    if (present.has(exerciseId))
      throw new StoreProblem(
        'exists',
        `Exercise ${exerciseId} is already in ${store.backend.place}. Restore into an empty store.`,
      )
  }
  return store.backend.write((database) =>
    database.transaction(async (tx) => {
      let eventRows: (typeof events.$inferInsert)[] = []
      let sampleRows: (typeof samples.$inferInsert)[] = []
      const next = new Map<string, number>()
      const flush = async () => {
        for (const part of parts(eventRows)) await tx.insert(events).values(part)
        for (const part of parts(sampleRows)) await tx.insert(samples).values(part)
        eventRows = []
        sampleRows = []
      }
      let rows = 0
      for await (const { row, line } of linesOf(input)) {
        rows += 1
        if ('event' in row) {
          const { exerciseId, position } = row.event
          refusePresent(exerciseId)
          if (position !== (next.get(exerciseId) ?? 1))
            throw badDump(line, `event ${position} of ${exerciseId} is out of order`)
          next.set(exerciseId, position + 1)
          eventRows.push(row.event)
        } else if ('sample' in row) sampleRows.push(row.sample)
        else if ('clock' in row) {
          refusePresent(row.clock.exerciseId)
          await tx.insert(clocks).values(row.clock)
        } else if ('file' in row) {
          refusePresent(row.file.exerciseId)
          if (!isWhole(row.file)) throw badDump(line, `the file ${row.file.sha256} is not what its hash says`)
          await tx.insert(files).values(row.file)
        } else if ('cast' in row) {
          refusePresent(row.cast.exerciseId)
          await tx.insert(casts).values(row.cast)
        } else await tx.insert(settings).values(row.setting).onConflictDoNothing()
        if (eventRows.length + sampleRows.length >= PAGE) await flush()
      }
      await flush()
      return rows
    }),
  )
}

/** Whether a file's content is the one that it was kept under. */
const isWhole = ({ sha256, bytes, body }: typeof files.$inferSelect): boolean => {
  const content = Buffer.from(body, 'base64')
  return content.length === bytes && createHash('sha256').update(content).digest('hex') === sha256
}
