import { and, asc, desc, eq, gt, inArray, lt, lte, max, type SQL, sql } from 'drizzle-orm'
import { type EventLog, PositionConflict } from '../engine/ports/ports.ts'
import type { NewEvent, Recorded } from '../exercise/ledger/events.ts'
import { upcast } from '../exercise/ledger/upcast.ts'
import type { Verdict } from '../exercise/scenario/words.ts'
import { type Backend, ConnectionLost, type Database } from './backend.ts'
import { keptCasts } from './kept-casts.ts'
import { keptFiles } from './kept-files.ts'
import { parts, ROWS } from './parts.ts'
import { driverError, errorCode } from './problem.ts'
import { casts, clocks, events, files, samples, settings, snapshots } from './schema.ts'

/** What the column holds at most. */
const LAST_POSITION = 2 ** 31 - 1

/** The event log over either backend. */
export function eventLog(backend: Backend): EventLog {
  const { reader } = backend
  return {
    async append(exerciseId, expected, added, wall) {
      if (added.length === 0) return []
      const recorded = added.map((event, i) => ({ ...event, position: expected + 1 + i, wall }) as Recorded)
      try {
        await backend.write((database) => insertNext(database, exerciseId, expected, recorded))
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error
        // It is not known whether the commit was done. Look, with the lock won again, and write only what is not there.
        await backend.write(async (database) => {
          const found = await readAfter(database, exerciseId, expected, recorded.length + 1)
          if (JSON.stringify(found) !== JSON.stringify(recorded.map(inOrder)))
            await insertNext(database, exerciseId, expected, recorded)
        })
      }
      return recorded
    },
    read: (exerciseId, after, limit) => readAfter(reader, exerciseId, after, limit),
    lastPosition: (exerciseId) => lastPosition(reader, exerciseId),
    async exercises() {
      const firsts = await reader
        .select({ exerciseId: events.exerciseId, createdWall: events.wall })
        .from(events)
        .where(eq(events.position, 1))
        .orderBy(desc(events.wall), desc(events.exerciseId))
      const ends = await reader
        .select({ exerciseId: events.exerciseId, wall: events.wall })
        .from(events)
        .where(eq(events.type, 'exercise.ended'))
      const endedWall = new Map(ends.map((end) => [end.exerciseId, end.wall]))
      const namings = await reader
        .select({ exerciseId: events.exerciseId, data: events.data })
        .from(events)
        .where(eq(events.type, 'exercise.named'))
        .orderBy(asc(events.position))
      const names = new Map(namings.map(({ exerciseId, data }) => [exerciseId, nameIn(data)]))
      const found = []
      for (const first of firsts)
        found.push({
          ...first,
          endedWall: endedWall.get(first.exerciseId) ?? null,
          name: names.get(first.exerciseId) ?? null,
          lastPosition: await lastPosition(reader, first.exerciseId),
        })
      return found
    },
    async saveClock(exerciseId, clock) {
      const row = { exerciseMs: clock.exerciseMs, wall: clock.wall }
      await backend.write((database) =>
        database
          .insert(clocks)
          .values({ exerciseId, ...row })
          .onConflictDoUpdate({ target: clocks.exerciseId, set: row }),
      )
    },
    async loadClock(exerciseId) {
      const rows = await reader
        .select({ exerciseMs: clocks.exerciseMs, wall: clocks.wall })
        .from(clocks)
        .where(eq(clocks.exerciseId, exerciseId))
      return rows[0] ?? null
    },
    async addSamples(exerciseId, added) {
      const rows = added.map((sample) => ({ ...sample, exerciseId }))
      await backend.write((database) =>
        database.transaction(async (tx) => {
          for (const part of parts(rows)) await tx.insert(samples).values(part)
        }),
      )
    },
    async readSamples(exerciseId, filter) {
      const rows = await reader
        .select()
        .from(samples)
        .where(
          and(
            eq(samples.exerciseId, exerciseId),
            eq(samples.team, filter.team),
            eq(samples.service, filter.service),
          ),
        )
        .orderBy(desc(samples.id))
        .limit(filter.limit)
      return rows.map(({ id, exerciseId: _, verdict, ...sample }) => ({
        ...sample,
        verdict: verdict as Verdict,
      }))
    },
    async dropSamples(before) {
      // Those that were written first: nothing has to walk over all the others to find out that they are young.
      const oldest = reader.select({ id: samples.id }).from(samples).orderBy(asc(samples.id)).limit(ROWS)
      const old = and(inArray(samples.id, oldest), lt(samples.wall, before))
      for (let dropped = 0; ; ) {
        const rows = await backend.write((database) =>
          database.delete(samples).where(old).returning({ id: samples.id }),
        )
        dropped += rows.length
        if (rows.length === ROWS) continue
        if (dropped > 0) await backend.tidy(samples)
        return
      }
    },
    async saveSnapshot(exerciseId, { audience, madeBy, position, body }) {
      const row = { madeBy, position, body: Buffer.from(body).toString('base64') }
      await backend.write((database) =>
        database
          .insert(snapshots)
          .values({ exerciseId, audience, ...row })
          .onConflictDoUpdate({ target: [snapshots.exerciseId, snapshots.audience], set: row }),
      )
      await backend.tidy(snapshots)
    },
    async loadSnapshot(exerciseId, audience, madeBy) {
      const rows = await reader
        .select()
        .from(snapshots)
        .where(
          and(
            eq(snapshots.exerciseId, exerciseId),
            eq(snapshots.audience, audience),
            eq(snapshots.madeBy, madeBy),
          ),
        )
      const [row] = rows
      return row ? { audience, madeBy, position: row.position, body: Buffer.from(row.body, 'base64') } : null
    },
    ...keptFiles(backend),
    ...keptCasts(backend),
    async forget(exerciseId) {
      await backend.write((database) =>
        database.transaction(async (tx) => {
          for (const table of [events, clocks, samples, snapshots, files, casts])
            await tx.delete(table).where(eq(table.exerciseId, exerciseId))
          // An exercise's own are named `what:ID`.
          const own = `:${exerciseId}`
          await tx.delete(settings).where(sql`right(${settings.key}, ${own.length}) = ${own}`)
        }),
      )
      await backend.tidy(samples)
      await backend.tidy(snapshots)
    },
    freeBytes: () => backend.freeBytes(),
    async putSetting(key, value) {
      const row = { value: { value } }
      await backend.write((database) =>
        database
          .insert(settings)
          .values({ key, ...row })
          .onConflictDoUpdate({ target: settings.key, set: row }),
      )
    },
    async getSetting(key) {
      const rows = await reader.select({ value: settings.value }).from(settings).where(eq(settings.key, key))
      return rows[0]?.value.value
    },
    close: () => backend.close(),
  }
}

/** One transaction: all of `recorded` directly after `expected`, or nothing and `PositionConflict`. */
async function insertNext(
  database: Database,
  exerciseId: string,
  expected: number,
  recorded: readonly Recorded[],
): Promise<void> {
  const rows = recorded.map((event) => ({ ...event, exerciseId }))
  try {
    await database.transaction(async (tx) => {
      const last = await lastPosition(tx, exerciseId)
      if (last !== expected)
        throw new PositionConflict(
          `${exerciseId} is at position ${last}, not ${expected}: somebody appended first`,
        )
      for (const part of parts(rows)) await tx.insert(events).values(part)
    })
  } catch (error) {
    // Both writers saw the same last position: the primary key lets one of them through.
    if (errorCode(driverError(error)) !== '23505') throw error
    throw new PositionConflict(`${exerciseId} has gone on from position ${expected}: somebody appended first`)
  }
}

async function lastPosition(database: Database, exerciseId: string): Promise<number> {
  const rows = await database
    .select({ last: max(events.position) })
    .from(events)
    .where(eq(events.exerciseId, exerciseId))
  return rows[0]?.last ?? 0
}

async function readAfter(
  database: Database,
  exerciseId: string,
  after: number,
  limit: number,
): Promise<readonly Recorded[]> {
  const rows = await database
    .select()
    .from(events)
    .where(positionsIn(exerciseId, after, after + limit))
    .orderBy(asc(events.position))
  return rows.map((row) => upcast(inOrder(row as unknown as Recorded)))
}

/**
 * The events of an exercise after one position, up to another. A page of the ledger is asked for as such a range and not with a limit: the embedded
 * database, which has no statistics of its tables, would sort all that comes after for each page.
 */
export const positionsIn = (exerciseId: string, after: number, upTo: number): SQL | undefined =>
  and(
    eq(events.exerciseId, exerciseId),
    gt(events.position, after),
    lte(events.position, Math.min(upTo, LAST_POSITION)),
  )

/** Of `exercise.named`. */
const nameIn = (data: object): string | null =>
  'name' in data && typeof data.name === 'string' ? data.name : null

/** Fields in one order, so that two copies of an event compare as text. */
function inOrder({ type, version, at, data, position, wall }: NewEvent & Recorded): Recorded {
  return { type, version, at, data, position, wall } as Recorded
}
