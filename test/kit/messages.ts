import i18next, { type TFunction } from 'i18next'
import type { Lang } from '../../server/exercise/scenario/words.ts'
import { en } from '../../web/kit/i18n/en.ts'
import { enLater } from '../../web/kit/i18n/en-later.ts'
import { et } from '../../web/kit/i18n/et.ts'
import { etLater } from '../../web/kit/i18n/et-later.ts'
import { ja } from '../../web/kit/i18n/ja.ts'
import { jaLater } from '../../web/kit/i18n/ja-later.ts'
import type { Messages } from '../../web/kit/i18n/message-keys.ts'

/** The texts of all languages side by side; a page loads one of them. */
export const messages: Readonly<Record<Lang, Messages>> = {
  en: { ...en, ...enLater },
  et: { ...et, ...etLater },
  ja: { ...ja, ...jaLater },
}

const settingsOf = (lang: Lang) => ({
  lng: lang,
  fallbackLng: false as const,
  keySeparator: false as const,
  nsSeparator: false as const,
  interpolation: { escapeValue: false },
  initAsync: false,
  resources: { [lang]: { translation: messages[lang] } },
})

/** Looks texts of a language up, without a page. */
export function lookUpIn(lang: Lang): TFunction {
  const own = i18next.createInstance()
  own.init(settingsOf(lang))
  return own.getFixedT(lang)
}

/** Shows a language as a page does that has begun. */
export const beginIn = async (lang: Lang): Promise<unknown> => i18next.init(settingsOf(lang))
