import { useEffect, useState } from 'react'
import type { Lang } from '#exercise/scenario/words.ts'
import type { Words } from '#exercise/views/report/words/words.ts'
import { useSay } from '../kit/i18n/use-say.ts'

/** Each language is a chunk of its own: a viewer reads one. */
const LOADERS: Readonly<Record<Lang, () => Promise<Words>>> = {
  en: async () => (await import('#exercise/views/report/words/en.ts')).wordsEn,
  et: async () => (await import('#exercise/views/report/words/et.ts')).wordsEt,
  ja: async () => (await import('#exercise/views/report/words/ja.ts')).wordsJa,
}

/** What reports say in the viewer's language; until another one is there, the last. */
export function useWords(): Words | null {
  const { lang } = useSay()
  const [words, setWords] = useState<Words | null>(null)
  useEffect(() => {
    let wanted = true
    void LOADERS[lang]().then((loaded) => wanted && setWords(loaded))
    return () => {
      wanted = false
    }
  }, [lang])
  return words
}
