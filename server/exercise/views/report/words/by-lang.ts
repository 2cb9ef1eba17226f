import type { Lang } from '../../../scenario/words.ts'
import { wordsEn } from './en.ts'
import { wordsEt } from './et.ts'
import { wordsJa } from './ja.ts'
import type { Words } from './words.ts'

/** All languages side by side; a page loads the one that it shows. */
export const WORDS: Readonly<Record<Lang, Words>> = { en: wordsEn, et: wordsEt, ja: wordsJa }
