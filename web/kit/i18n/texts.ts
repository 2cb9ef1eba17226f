import type { Lang } from '#exercise/scenario/words.ts'
import type { FirstMessages, LaterMessages } from './message-keys.ts'

/** Each language is a chunk of its own: a viewer reads one. */
const FIRST: Readonly<Record<Lang, () => Promise<FirstMessages>>> = {
  en: async () => (await import('./en.ts')).en,
  et: async () => (await import('./et.ts')).et,
  ja: async () => (await import('./ja.ts')).ja,
}
const LATER: Readonly<Record<Lang, () => Promise<LaterMessages>>> = {
  en: async () => (await import('./en-later.ts')).enLater,
  et: async () => (await import('./et-later.ts')).etLater,
  ja: async () => (await import('./ja-later.ts')).jaLater,
}

/** The texts of a language that every page comes with. May be asked for early, before anything shows them: they are fetched once. */
export const textsOf = once(FIRST)
/** Those that only the pages come with that say them. */
export const laterTextsOf = once(LATER)

function once<T>(loaders: Readonly<Record<Lang, () => Promise<T>>>): (lang: Lang) => Promise<T> {
  const begun = new Map<Lang, Promise<T>>()
  return (lang) => {
    const known = begun.get(lang)
    if (known) return known
    const texts = loaders[lang]()
    begun.set(lang, texts)
    // What did not arrive is asked for anew.
    texts.catch(() => begun.delete(lang))
    return texts
  }
}
