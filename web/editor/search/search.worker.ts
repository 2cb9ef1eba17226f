import type { SourceTexts } from '#exercise/wire/sources.ts'
import { patternOf, type Search, searchTexts } from './search-texts.ts'

/** Beside the page, so that no pattern and no text stops it. */
addEventListener(
  'message',
  ({ data }: MessageEvent<{ readonly texts: SourceTexts['texts']; readonly search: Search }>) => {
    const pattern = patternOf(data.search)
    postMessage(pattern ? searchTexts(data.texts, pattern) : 'bad')
  },
)
