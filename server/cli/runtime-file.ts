import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { startOf } from '../store/process-start.ts'

const content = z.object({
  // 0 and less would mean whole groups of processes to whoever sends it a signal.
  pid: z.int().min(2),
  /** Tells the process from a later one with the same pid. */
  started: z.string(),
  url: z.url(),
  /** Opens what only the one who runs the platform may do; empty in the file of an older Kilp that still runs. */
  key: z.string().default(''),
  /** Opens a dump of the store, which holds the keys of all seats. It is written nowhere else. */
  dumpKey: z.string().default(''),
})

/** How the other `kilp` commands on this machine find the platform that runs. Readable by its owner only: it holds the operator's keys. */
export type RuntimeFile = Readonly<z.infer<typeof content>>

const pathIn = (dataDir: string) => join(dataDir, 'running.json')

/** Says that this process runs over the data folder. */
export function writeRuntimeFile(dataDir: string, about: Omit<RuntimeFile, 'pid' | 'started'>): RuntimeFile {
  const path = pathIn(dataDir)
  mkdirSync(dirname(path), { recursive: true })
  const file: RuntimeFile = { pid: process.pid, started: startOf(process.pid) ?? '', ...about }
  writeFileSync(path, JSON.stringify(file), { mode: 0o600 })
  return file
}

export function removeRuntimeFile(dataDir: string): void {
  rmSync(pathIn(dataDir), { force: true })
}

export const isRunning = ({ pid, started }: RuntimeFile): boolean => startOf(pid) === started

/** The platform that runs over this data folder, or null. A file that is broken, or left by a killed one, is not believed. */
export function readRuntimeFile(dataDir: string): RuntimeFile | null {
  try {
    const file = content.parse(JSON.parse(readFileSync(pathIn(dataDir), 'utf8')))
    return isRunning(file) ? file : null
  } catch {
    return null
  }
}
