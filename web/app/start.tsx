import './begin.ts'
import { createRoot } from 'react-dom/client'
import { startI18n } from '../kit/i18n/i18n.ts'
import { App } from './app.tsx'
import { mendStyles } from './mend-styles.ts'
import { wantedLang, wantedTheme } from './settings.ts'

mendStyles(document)

const root = document.getElementById('kilp')
if (root) {
  document.documentElement.dataset.theme = wantedTheme()
  await startI18n(wantedLang())
  createRoot(root).render(<App />)
}
