import type { SourceTexts } from '#exercise/wire/sources.ts'
import { inWorker } from '../../kit/in-worker.ts'
import type { Search, SearchAnswer } from './search-texts.ts'

/** Some patterns take for ever on some texts, and a team's texts are anybody's who came in. */
const DEADLINE_MS = 3_000

/** Searches beside the page. `bad`: no regular expression; `late`: it took too long. Never rejects. */
export async function searchSources(
  texts: SourceTexts['texts'],
  search: Search,
): Promise<SearchAnswer | 'bad' | 'late'> {
  const worker = new Worker(new URL('./search.worker.ts', import.meta.url), { type: 'module' })
  return (await inWorker<SearchAnswer | 'bad'>(worker, { texts, search }, DEADLINE_MS)) ?? 'late'
}
