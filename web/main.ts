import '@fontsource/atkinson-hyperlegible-next/400.css'
import '@fontsource/atkinson-hyperlegible-next/700.css'
import '@fontsource/source-sans-3/latin-600.css'
import '@fontsource/source-sans-3/latin-700.css'
import './kit/tokens.css'
import './kit/base.css'
import { preload } from './app/pages.ts'
import { parseRoute } from './app/route.ts'
import { wantedLang } from './app/settings.ts'
import { comingAhead } from './kit/coming-ahead.ts'
import { textsOf } from './kit/i18n/texts.ts'

// Nothing large stands here: what a page is made of is all under way at once, and not one after the other has been read and run.

// A part of the pages did not arrive (a network comes up just now, or a newer build is served): start over.
addEventListener('vite:preloadError', () => {
  if (!comingAhead()) setTimeout(() => location.reload(), 1000)
})

// Not here yet is no fault yet: whoever shows them says so.
void textsOf(wantedLang()).catch(() => undefined)
preload(parseRoute(location.hash))
// A typeface that came after the first look would have the whole page laid out once more.
for (const face of [
  '400 1em "Atkinson Hyperlegible Next"',
  '700 1em "Atkinson Hyperlegible Next"',
  '600 1em "Source Sans 3"',
  '700 1em "Source Sans 3"',
])
  void document.fonts.load(face).catch(() => undefined)
void import('./app/start.tsx')
