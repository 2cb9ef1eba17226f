import { useSyncExternalStore } from 'react'
import { LANGS, type Lang } from '#exercise/scenario/words.ts'
import { parseRoute, THEMES, type Theme } from './route.ts'

const LANG_KEY = 'kilp.lang'
const THEME_KEY = 'kilp.theme'

/** Storage may be forbidden (private windows): then settings live as long as the page. */
function stored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** The URL's language, else the viewer's last choice, else the browser's. */
export function wantedLang(): Lang {
  const said = [
    parseRoute(location.hash).lang,
    stored(LANG_KEY),
    ...navigator.languages.map((l) => l.slice(0, 2)),
  ]
  return said.flatMap((name) => LANGS.find((lang) => lang === name) ?? []).at(0) ?? 'en'
}

/** The URL's theme, else the viewer's last choice, else the system's. */
export function wantedTheme(): Theme {
  const said = parseRoute(location.hash).theme ?? stored(THEME_KEY)
  return THEMES.find((theme) => theme === said) ?? (systemLight().matches ? 'light' : 'dark')
}

export function keepSetting(name: 'lang' | 'theme', value: string): void {
  try {
    localStorage.setItem(name === 'lang' ? LANG_KEY : THEME_KEY, value)
  } catch {
    // The URL holds it too.
  }
}

function systemLight(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: light)')
}

function listen(call: () => void): () => void {
  const system = systemLight()
  addEventListener('hashchange', call)
  system.addEventListener('change', call)
  return () => {
    removeEventListener('hashchange', call)
    system.removeEventListener('change', call)
  }
}

export function useTheme(): Theme {
  return useSyncExternalStore(listen, wantedTheme)
}

export function useWantedLang(): Lang {
  return useSyncExternalStore(listen, wantedLang)
}
