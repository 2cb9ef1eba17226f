import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** How the other `kilp` commands on this machine find the platform that runs. Readable by its owner only: it holds a white token. */
export interface RuntimeFile {
  readonly pid: number
  readonly url: string
  readonly exerciseId: string
  readonly whiteToken: string
}

const pathIn = (dataDir: string) => join(dataDir, 'running.json')

export function writeRuntimeFile(dataDir: string, content: RuntimeFile): void {
  const path = pathIn(dataDir)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, JSON.stringify(content), { mode: 0o600 })
}

export function removeRuntimeFile(dataDir: string): void {
  rmSync(pathIn(dataDir), { force: true })
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The platform that runs over this data folder, or null. A file left by a killed one is not believed. */
export function readRuntimeFile(dataDir: string): RuntimeFile | null {
  const path = pathIn(dataDir)
  if (!existsSync(path)) return null
  try {
    const content = JSON.parse(readFileSync(path, 'utf8')) as RuntimeFile
    return alive(content.pid) ? content : null
  } catch {
    return null
  }
}
