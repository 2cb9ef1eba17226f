import { and, asc, eq } from 'drizzle-orm'
import type { EventLog } from '../engine/ports/ports.ts'
import type { Backend } from './backend.ts'
import { files } from './schema.ts'

/** The files of exercises over either backend. */
export function keptFiles(backend: Backend): Pick<EventLog, 'keepFile' | 'filesOf' | 'readFile'> {
  const { reader } = backend
  return {
    async keepFile(exerciseId, { sha256, owner, name, type, bytes, wall }, content) {
      const body = Buffer.from(content).toString('base64')
      await backend.write((database) =>
        database
          .insert(files)
          .values({ exerciseId, sha256, owner, name, type, bytes, wall, body })
          .onConflictDoNothing(),
      )
    },
    async filesOf(exerciseId) {
      const { sha256, owner, name, type, bytes, wall } = files
      return reader
        .select({ sha256, owner, name, type, bytes, wall })
        .from(files)
        .where(eq(files.exerciseId, exerciseId))
        .orderBy(asc(wall), asc(sha256), asc(owner))
    },
    async readFile(exerciseId, sha256) {
      const rows = await reader
        .select({ body: files.body })
        .from(files)
        .where(and(eq(files.exerciseId, exerciseId), eq(files.sha256, sha256)))
        .limit(1)
      return rows[0] ? Buffer.from(rows[0].body, 'base64') : null
    },
  }
}
