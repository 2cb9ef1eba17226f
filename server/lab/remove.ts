import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { emptyGroup, end, runningPid } from './engine-process.ts'
import { namespacesOf, run } from './machine.ts'
import { labName } from './plan.ts'

/** What was there of a lab and is gone. */
export interface LabRemoved {
  readonly namespaces: number
  readonly folder: boolean
}

/**
 * Ends and removes all of the lab of a folder, whatever is left of it: also what a start or a removal that was cut short has left, and when nothing is known of it but its
 * name. Its processes are those in its control group, and those that have just been started and are not in it yet.
 */
export async function removeLab(folder: string): Promise<LabRemoved> {
  const name = labName(folder)
  const had = existsSync(folder)
  for (const entry of had ? readdirSync(folder) : []) {
    const pid = runningPid({ folder: join(folder, entry) })
    if (pid !== null) end(pid)
  }
  await emptyGroup(name)
  const namespaces = await namespacesOf(name)
  for (const namespace of namespaces) await run(['ip', 'netns', 'delete', namespace])
  if (had) {
    // Mounts of nodes end with them. What somebody else has mounted there is not ours to empty.
    for (const at of mountsUnder(readFileSync('/proc/self/mounts', 'utf8'), folder)) await run(['umount', at])
    await rm(folder, { recursive: true, force: true })
  }
  return { namespaces: namespaces.length, folder: had }
}

/** Pure: what is mounted below a folder, from the text of /proc/self/mounts; the innermost first. */
export const mountsUnder = (mounts: string, folder: string): readonly string[] =>
  mounts
    .split('\n')
    .map((line) => (line.split(' ')[1] ?? '').replaceAll(/\\([0-7]{3})/g, (_, octal) => unescaped(octal)))
    .filter((at) => at.startsWith(`${folder}/`))
    .toSorted((a, b) => b.length - a.length)

/** Blanks and backslashes in paths are written as octal numbers there. */
const unescaped = (octal: string): string => String.fromCharCode(Number.parseInt(octal, 8))
