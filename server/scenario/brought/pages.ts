import { join } from 'node:path'
import type { ScenarioPages } from '../../engine/ports/kept-file.ts'
import type { Diagnostic } from '../diagnostics/diagnostics.ts'
import { readText } from '../diagnostics/read.ts'
import { entries, namesOf } from '../roots/folders.ts'
import { isLanguage } from '../schema/texts.ts'

/** What a scenario folder brings for people to read. `first`: the language of what has none in its name. */
export async function readPages(folder: string, first: string, report: Diagnostic[]): Promise<ScenarioPages> {
  const names = namesOf(await entries(folder), 'files')
  const page = async (what: 'briefing' | 'instructor') => {
    const written: Record<string, string> = {}
    // The one that names its language last, so that it stands where both are there.
    for (const name of names.toSorted((a, b) => a.length - b.length)) {
      const [, code] = new RegExp(`^${what}(?:\\.([a-z]{2,3}))?\\.md$`).exec(name) ?? []
      const language = name === `${what}.md` ? first : code
      if (language === undefined || !isLanguage(language)) continue
      const file = await readText(join(folder, name), report)
      if (file) written[language] = file.text
    }
    return written
  }
  return { first, briefing: await page('briefing'), instructor: await page('instructor') }
}
