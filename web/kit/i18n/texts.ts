import type { Lang } from '#exercise/scenario/words.ts'
import type { Messages } from './message-keys.ts'

/** Each language is a chunk of its own: a viewer reads one. */
const LOADERS: Readonly<Record<Lang, () => Promise<Messages>>> = {
  en: async () => (await import('./en.ts')).en,
  et: async () => (await import('./et.ts')).et,
  ja: async () => (await import('./ja.ts')).ja,
}

const begun = new Map<Lang, Promise<Messages>>()

/** The texts of a language. May be asked for early, before anything shows them: they are fetched once. */
export function textsOf(lang: Lang): Promise<Messages> {
  const known = begun.get(lang)
  if (known) return known
  const texts = LOADERS[lang]()
  begun.set(lang, texts)
  // What did not arrive is asked for anew.
  texts.catch(() => begun.delete(lang))
  return texts
}
