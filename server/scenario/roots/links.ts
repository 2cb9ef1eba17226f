import { join } from 'node:path'
import type { Diagnostic } from '../diagnostics/diagnostics.ts'
import { problemOf } from '../diagnostics/read.ts'
import { entries, isPart } from './folders.ts'

/**
 * Symbolic links in a folder of an author's are refused: what stands behind one would neither be in the exercise's hash nor in the image, and may lie outside.
 */
export async function refuseLinks(folder: string, report: Diagnostic[]): Promise<void> {
  for (const entry of await entries(folder)) {
    if (!isPart(entry)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await refuseLinks(path, report)
    if (entry.isSymbolicLink())
      report.push(
        problemOf(path, 'symbolic-link', 'this is a symbolic link; put the file or folder itself here'),
      )
  }
}
