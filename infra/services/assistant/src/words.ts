import type { Lang } from '../../kit/html.ts'
import { STOP, WEAK } from './common-words.ts'
import { stem } from './stems.ts'

const each = <T>(make: (lang: Lang) => T): Readonly<Record<Lang, T>> => ({
  en: make('en'),
  et: make('et'),
  ja: make('ja'),
})
const segmenters = each((lang) => new Intl.Segmenter(lang, { granularity: 'word' }))
const weak = each((lang) => new Set([...WEAK[lang]].map((word) => stem(lang, word))))
/** Japanese endings and particles are in hiragana alone. What means something and is written so, editors list in `asked:`. */
const HIRAGANA = /^\p{Script=Hiragana}+$/u

/** Cuts a text into the stems of the words that say what it is about. */
export type Reader = (text: string) => readonly string[]

/** `known` are expressions that stay whole in a language without spaces, where the segmenter would cut them: なくし, 籍を入れ. */
export function openReader(lang: Lang, known: readonly string[] = []): Reader {
  const whole = new Set(lang === 'ja' ? known.map(plain) : [])
  const longestFirst = [...whole].sort((a, b) => b.length - a.length).map(escaped)
  const expressions = whole.size > 0 ? new RegExp(`(${longestFirst.join('|')})`, 'u') : null
  return (text) => {
    const pieces = expressions ? plain(text).split(expressions) : [plain(text)]
    return pieces.flatMap((piece) => (whole.has(piece) ? [stem(lang, piece)] : cut(lang, piece)))
  }
}

/** Whether a stem is of a word of every office, which says little about the topic. */
export const isWeak = (lang: Lang, word: string): boolean => weak[lang].has(word)

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
const plain = (text: string): string => text.normalize('NFKC').toLowerCase()

const cut = (lang: Lang, text: string): readonly string[] =>
  [...segmenters[lang].segment(text)].flatMap(({ segment, isWordLike }) => {
    const word = segment.replace(/['’].*$/u, '')
    if (!isWordLike || STOP[lang].has(word) || (lang === 'ja' && HIRAGANA.test(word))) return []
    const stemmed = stem(lang, word)
    return stemmed === '' || STOP[lang].has(stemmed) ? [] : [stemmed]
  })
