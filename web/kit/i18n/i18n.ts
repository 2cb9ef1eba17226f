import i18next from 'i18next'
import type { Lang } from '#exercise/scenario/words.ts'
import type { MessageKey } from './message-keys.ts'
import { laterTextsOf, textsOf } from './texts.ts'

/** No language stands in for another: by their types each has every text. */
export async function startI18n(lang: Lang): Promise<void> {
  await i18next.init({
    lng: lang,
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: { [lang]: { translation: await textsOf(lang) } },
  })
  await showLang(lang)
}

let wanted: Lang | null = null
/** Whether a page has been opened that says what only few say. */
let later = false

/** Brings the texts that only few pages say; those pages wait for it. Before any language is shown it is enough to know of it. */
export async function bringLaterTexts(): Promise<void> {
  later = true
  if (wanted !== null) await showLang(wanted)
}

/** Changes the page's language as soon as its texts are here; the Japanese typeface is loaded only when it is needed. */
export async function showLang(lang: Lang): Promise<void> {
  wanted = lang
  if (lang === 'ja') void import('./ja-font.ts')
  const texts = await Promise.all([textsOf(lang), later ? laterTextsOf(lang) : {}])
  // Another one was chosen meanwhile.
  if (wanted !== lang) return
  for (const part of texts) i18next.addResourceBundle(lang, 'translation', part)
  document.documentElement.lang = lang
  await i18next.changeLanguage(lang)
}

/** Whether the shown language, and so every one, has a text of that name. */
export function isMessage(code: string): code is MessageKey {
  const has = (key: string) => i18next.getResource(i18next.language, 'translation', key) !== undefined
  return has(code) || has(`${code}_other`)
}
