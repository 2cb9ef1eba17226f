import { and, asc, eq, min, sql, sum } from 'drizzle-orm'
import type { CastLog } from '../engine/ports/kept-cast.ts'
import type { Backend } from './backend.ts'
import { parts } from './parts.ts'
import { casts } from './schema.ts'

/** Recordings of terminals over either backend. */
export function keptCasts(backend: Backend): CastLog {
  const { reader } = backend
  return {
    async addCasts(exerciseId, added) {
      const rows = added.map((part) => ({ ...part, exerciseId }))
      await backend.write((database) =>
        database.transaction(async (tx) => {
          for (const some of parts(rows)) await tx.insert(casts).values(some).onConflictDoNothing()
        }),
      )
    },
    async castsOf(exerciseId) {
      const { cast, terminal, team, bytes } = casts
      const rows = await reader
        .select({ cast, terminal: min(terminal), team: min(team), bytes: sum(bytes) })
        .from(casts)
        .where(eq(casts.exerciseId, exerciseId))
        .groupBy(cast)
        .orderBy(asc(cast))
      return rows.map((row) => ({
        cast: row.cast,
        terminal: row.terminal ?? '',
        team: row.team ?? '',
        bytes: Number(row.bytes),
      }))
    },
    async readCast(exerciseId, cast) {
      // Put together by the database: some ten thousand rows one by one hold up all that goes on here.
      const [row] = await reader
        .select({
          terminal: min(casts.terminal),
          team: min(casts.team),
          bytes: sum(casts.bytes),
          text: sql<string | null>`string_agg(${casts.text}, '' order by ${casts.part})`,
        })
        .from(casts)
        .where(and(eq(casts.exerciseId, exerciseId), eq(casts.cast, cast)))
      if (typeof row?.text !== 'string') return null
      const { terminal, team, bytes, text } = row
      return { cast, terminal: terminal ?? '', team: team ?? '', bytes: Number(bytes), text }
    },
  }
}
