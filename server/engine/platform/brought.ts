import { readFile } from 'node:fs/promises'
import type { ScenarioPages } from '../ports/kept-file.ts'
import type { LoadedScenario } from '../ports/loaded-scenario.ts'
import type { EventLog } from '../ports/ports.ts'
import { sha256 } from '../sha256.ts'

/** The setting that keeps what people read of an exercise's scenario. */
export const pagesKey = (exerciseId: string): string => `scenario-pages:${exerciseId}`

/**
 * Keeps what a scenario brings for people beside the ledger, so that it is there as long as that: attachments, briefing. `wall`: now.
 * @throws when an attachment is no longer what was loaded.
 */
export async function keepBrought(
  log: EventLog,
  exerciseId: string,
  { attached = [], pages }: Pick<LoadedScenario, 'attached' | 'pages'>,
  wall: number,
): Promise<void> {
  for (const { path, place, ...ref } of attached) {
    const content = await readFile(place)
    if (sha256(content) !== ref.sha256)
      throw new Error(`the exercise can not be created: ${path} was changed while the scenario was loaded`)
    await log.keepFile(exerciseId, { ...ref, owner: '', wall }, content)
  }
  if (pages) await log.putSetting(pagesKey(exerciseId), pages)
}

/** What people read of the scenario; null for exercises that began before it was kept. */
export const readKeptPages = async (log: EventLog, exerciseId: string): Promise<ScenarioPages | null> =>
  ((await log.getSetting(pagesKey(exerciseId))) ?? null) as ScenarioPages | null
