import '@fontsource/atkinson-hyperlegible-next/400.css'
import '@fontsource/atkinson-hyperlegible-next/700.css'
import '@fontsource/source-sans-3/latin-600.css'
import '@fontsource/source-sans-3/latin-700.css'
import './kit/tokens.css'
import './kit/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { mendStyles } from './app/mend-styles.ts'
import { preload } from './app/pages.ts'
import { parseRoute } from './app/route.ts'
import { wantedLang, wantedTheme } from './app/settings.ts'
import { exerciseFor, tokenFor } from './feed/seat-tokens.ts'
import { connectEarly } from './feed/use-feed.tsx'
import { startI18n } from './kit/i18n/i18n.ts'

// A part of the pages did not arrive (a network comes up just now, or a newer build is served): start over.
addEventListener('vite:preloadError', () => setTimeout(() => location.reload(), 1000))

mendStyles(document)

const root = document.getElementById('kilp')
if (root) {
  document.documentElement.dataset.theme = wantedTheme()
  const route = parseRoute(location.hash)
  preload(route)
  connectEarly({ exercise: exerciseFor(route), token: tokenFor(route) })
  await startI18n(wantedLang())
  createRoot(root).render(<App />)
}
