import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Credentials, lasts, makeCredentials } from './certificates.ts'

const fileIn = (folder: string) => join(folder, 'swarm.json')

/** The credentials that are kept in a folder; null where there are none. */
export async function readCredentials(folder: string): Promise<Credentials | null> {
  try {
    return JSON.parse(await readFile(fileIn(folder), 'utf8')) as Credentials
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Those that are kept, or new ones when they do not last long enough. For the eyes of whoever runs the platform only. */
export async function credentialsIn(folder: string): Promise<Credentials> {
  const kept = await readCredentials(folder)
  if (kept && lasts(kept, Date.now())) return kept
  const made = await makeCredentials(Date.now())
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(fileIn(folder), JSON.stringify(made), { mode: 0o600 })
  await chmod(fileIn(folder), 0o600)
  return made
}
