import { join } from 'node:path'
import pino from 'pino'
import { pagesKey } from '../engine/platform/brought.ts'
import { openRecordsOnly } from '../engine/platform/records-only.ts'
import { wallClock } from '../engine/wall-clock.ts'
import { type Live, openLive } from '../live/live.ts'
import type { Archive } from '../records/archive.ts'
import { openArchiveLog } from '../records/archive-log.ts'
import { pagesIn } from '../records/brought.ts'
import { type KeyOption, openWhole } from './open-export.ts'
import { ROOT, readSettings } from './settings.ts'
import { table } from './table.ts'
import { aboutExport } from './verify.ts'

/** `kilp replay`: the pages of an export, read-only, from the file alone: no store, no container engine. stdout carries only the line `Kilp ready URL`. */
export async function runReplay(name: string, options: KeyOption & { port?: string }): Promise<void> {
  const { host, port, publicUrl } = readSettings(process.env, options.port ?? '0')
  const { archive, fingerprint } = await openWhole(name, options)
  const live = await serveArchive(archive, {
    host,
    port,
    web: join(ROOT, '.kilp/web'),
    ...(publicUrl !== null && { publicUrl }),
  })
  const leave = () => void live.close().then(() => process.exit(0))
  process.on('SIGINT', leave)
  process.on('SIGTERM', leave)
  process.stdout.write(`Kilp ready ${live.url}\n`)
  const links = await live.seatLinks()
  const rows = links.map(({ seat, team, url }) => [seat, team ?? '', url])
  process.stderr.write(
    `${aboutExport(archive.manifest)}\nSigned with ${fingerprint}. Everything can be read and nothing changed; Ctrl-C ends it.\n\n${table(['seat', 'team', 'link'], rows)}\n`,
  )
}

/** Serves a proven export as a record. Closing it closes the file. @throws LiveProblem when the port or host can not be had. */
export async function serveArchive(
  archive: Archive,
  of: { readonly host: string; readonly port: number; readonly web: string; readonly publicUrl?: string },
): Promise<Live> {
  const { exercise } = archive.manifest
  const log = await openArchiveLog(archive, new Map([[pagesKey(exercise), await pagesIn(archive)]]))
  const live = await openLive({
    host: of.host,
    port: of.port,
    ...(of.publicUrl !== undefined && { publicUrl: of.publicUrl }),
    webDir: of.web,
    exercises: openRecordsOnly({ log, clock: wallClock, current: exercise }),
    store: log,
    log: pino({ level: process.env.KILP_LOG ?? 'warn' }, pino.destination(2)),
  })
  return {
    ...live,
    async close() {
      await live.close()
      await log.close()
    },
  }
}
