import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'

/** It is not there, is a file, or a link that leads to itself. */
const NO_FOLDER = ['ENOENT', 'ENOTDIR', 'ELOOP']

/** Entries of a folder in a stable order; none when it is not there. */
export async function entries(folder: string): Promise<readonly Dirent[]> {
  try {
    const found = await readdir(folder, { withFileTypes: true })
    return found.toSorted((a, b) => Number(a.name > b.name) - Number(a.name < b.name))
  } catch (error) {
    if (error instanceof Error && 'code' in error && NO_FOLDER.includes(String(error.code))) return []
    throw error
  }
}

/** Editors' and systems' hidden files, and installed packages (the lockfile stands for them), are not part of a scenario. */
export const isPart = ({ name }: Dirent): boolean => !name.startsWith('.') && name !== 'node_modules'

export const namesOf = (found: readonly Dirent[], kind: 'folders' | 'files') =>
  found
    .filter((entry) => (kind === 'folders' ? entry.isDirectory() : entry.isFile()))
    .map((entry) => entry.name)
