import type { Lang } from '../../kit/html.ts'

/** A single vowel after a consonant: the end of an Estonian stem, before an ending of one letter. */
const SHORT_VOWEL = '(?<=[^aeiouõäöü][aeiouõäöü])'

/**
 * Endings that a word loses, the longest of each row, row after row. It is folding, not grammar: what matters is that the forms of one word
 * come out alike.
 */
const ENDINGS: Readonly<Record<'en' | 'et', readonly RegExp[]>> = {
  en: [/(?<=[^s])s$/, /(?:ation|ment|ing|ion|ed)$/, /(?:ie|[eiy])$/],
  et: [
    // Cases, also of the plural; forms of verbs; the vowel of the stem.
    /(?:[dt]e(?:ga|le|lt|l|sse|st|s|ks|ta|na)|sse|ga|ta|le|lt|st|na)$/,
    new RegExp(
      `(?:[td]akse|mi[ns]e|mist|mine|[dnt]ud|(?<=[aeiu])ti|(?<=[eu])id|si[dmnt]e?|vad|tav|me|ma|da|te|de|${SHORT_VOWEL}(?:[bdlstv]|(?<!o)n))$`,
      'u',
    ),
    /(?:ud|[aeiou])$/,
  ],
}
const SHORTEST = { en: 3, et: 4 }

/** What the forms of one word have in common. */
export function stem(lang: Lang, word: string): string {
  // Japanese writes endings in hiragana after what carries the meaning: 引っ越した, 引越し.
  if (lang === 'ja') return /\p{Script=Han}/u.test(word) ? word.replaceAll(/\p{Script=Hiragana}/gu, '') : word
  return ENDINGS[lang].reduce((left, ending) => {
    const cut = left.replace(ending, '')
    return cut.length >= SHORTEST[lang] ? cut : left
  }, word)
}
