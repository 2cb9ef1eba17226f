import { isUtf8 } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keptDigests, keptPlace } from '../engine/platform/open-list.ts'
import type { EventLog } from '../engine/ports/ports.ts'
import { sha256 } from '../records/hashes.ts'
import type { ScenarioFiles } from '../records/write-export.ts'
import { ROOT } from './settings.ts'

/** What names of the scenario's own files begin with among those that an exercise was made from. */
const OWN = 'scenario/'

/**
 * The text files of a scenario folder, each with the digest that was kept when the exercise was made; all of them or none. The folder is the one that the exercise was made from, or, where that was not
 * kept, the shipped one of this name.
 */
export async function findScenarioFiles(
  log: Pick<EventLog, 'getSetting'>,
  exerciseId: string,
  slug: string,
  shipped = join(ROOT, 'scenarios'),
): Promise<ScenarioFiles> {
  const digests = await keptDigests(log, exerciseId)
  if (!digests) return { ok: false, why: 'what the exercise was made from was not kept' }
  const folder = (await keptPlace(log, exerciseId))?.folder ?? join(shipped, slug)
  const files: { path: string; content: Buffer }[] = []
  for (const [name, digest] of Object.entries(digests).toSorted(
    ([a], [b]) => Number(a > b) - Number(a < b),
  )) {
    if (!name.startsWith(OWN)) continue
    const path = name.slice(OWN.length)
    const content = await readFile(join(folder, path)).catch(() => null)
    if (!content || sha256(content) !== digest)
      return { ok: false, why: `${path} of the scenario is ${content ? 'not as it was' : 'not to be found'}` }
    if (isUtf8(content) && !content.includes(0)) files.push({ path, content })
  }
  return files.length > 0 ? { ok: true, files } : { ok: false, why: 'the scenario has no files of its own' }
}
