import i18next from 'i18next'
import type { Lang } from '#exercise/scenario/words.ts'
import { en } from './en.ts'
import { et } from './et.ts'
import { ja } from './ja.ts'
import type { MessageKey, Messages } from './message-keys.ts'

export const messages: Readonly<Record<Lang, Messages>> = { en, et, ja }

export async function startI18n(lang: Lang): Promise<void> {
  await i18next.init({
    lng: lang,
    fallbackLng: 'en',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: { en: { translation: en }, et: { translation: et }, ja: { translation: ja } },
  })
  await showLang(lang)
}

/** Changes the page's language; the Japanese typeface is loaded only when it is needed. */
export async function showLang(lang: Lang): Promise<void> {
  if (lang === 'ja') void import('./ja-font.ts')
  document.documentElement.lang = lang
  await i18next.changeLanguage(lang)
}

export function isMessage(code: string): code is MessageKey {
  return Object.hasOwn(en, code) || Object.hasOwn(en, `${code}_other`)
}
