import type { Lang } from '#exercise/scenario/words.ts'
import type { Phrases } from './phrases.ts'
import { phrasesEn } from './phrases-en.ts'
import { phrasesEt } from './phrases-et.ts'
import { phrasesJa } from './phrases-ja.ts'

export const PHRASES: Readonly<Record<Lang, Phrases>> = { en: phrasesEn, et: phrasesEt, ja: phrasesJa }
