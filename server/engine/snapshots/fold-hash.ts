import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Hash of every source that has a say in what events are folded to. A snapshot is good only where it is the same: nobody has to remember
 * to count a version up. Pages are built with it.
 */
export const FOLD_HASH: string = hashOf(join(import.meta.dirname, '../../exercise'))

function hashOf(folder: string): string {
  const files = globSync('**/*.ts', { cwd: folder }).sort()
  if (files.length === 0) throw new Error(`no sources in ${folder}`)
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(`${file.replaceAll('\\', '/')}\0`)
      .update(readFileSync(join(folder, file)))
      .update('\0')
  return hash.digest('base64url').slice(0, 22)
}
