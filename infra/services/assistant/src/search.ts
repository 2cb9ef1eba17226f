import MiniSearch from 'minisearch'
import { LANGS, type Lang } from '../../kit/html.ts'
import type { Article } from './articles.ts'

/** Words that say nothing about the topic. */
const STOP: Readonly<Record<Lang, ReadonlySet<string>>> = {
  en: new Set(
    'a an and are at be can do does for from get give has have how i if in is it me my of on or our please tell the their them there to want was we what when where which who why will with you your'.split(
      ' ',
    ),
  ),
  et: new Set(
    'ja ei et on ka kas kui kuidas kus kes mis mida milline millal miks ma mina mu minu me sa sinu see seda selle ta oma on saan saab pean peab võin võib tahan palun või ole olen'.split(
      ' ',
    ),
  ),
  ja: new Set('こと もの これ それ です ます ください 教え 何 方法 私 自分 必要 場合'.split(' ')),
}
/** Japanese particles and endings are short and in hiragana alone. */
const PARTICLE = /^\p{Script=Hiragana}{1,3}$/u
/** Share of the question's words that an article must know to be an answer. */
const ENOUGH = 0.4

/** Words of a text that say what it is about, in lower case. Japanese has no spaces: the segmenter knows its words. */
export function wordsOf(lang: Lang, text: string): readonly string[] {
  const words: string[] = []
  for (const { segment, isWordLike } of segmenters[lang].segment(
    text.normalize('NFKC').toLocaleLowerCase(lang),
  ))
    if (isWordLike && !STOP[lang].has(segment) && !(lang === 'ja' && PARTICLE.test(segment)))
      words.push(segment)
  return words
}
const segmenters = Object.fromEntries(
  LANGS.map((lang) => [lang, new Intl.Segmenter(lang, { granularity: 'word' })]),
) as Readonly<Record<Lang, Intl.Segmenter>>

export interface Library {
  add(article: Article): void
  /** Articles that answer the question, best first, three at most. None when nothing fits: then nothing is known. */
  find(lang: Lang, question: string): readonly Article[]
}

/** A searchable library of articles, by language. What the state published comes before what citizens wrote about the same. */
export function openLibrary(articles: readonly Article[]): Library {
  const known = new Map(LANGS.map((lang) => [lang, new Map<string, Article>()]))
  const indexes = new Map(
    LANGS.map((lang) => [
      lang,
      new MiniSearch<Article>({
        fields: ['title', 'text'],
        tokenize: (text) => [...wordsOf(lang, text)],
        processTerm: (term) => term,
        searchOptions: {
          boost: { title: 3 },
          prefix: (term) => lang !== 'ja' && term.length >= 4,
          fuzzy: (term) => (lang !== 'ja' && term.length >= 5 ? 0.25 : false),
          boostDocument: (id) => (known.get(lang)?.get(String(id))?.by === 'citizen' ? 0.6 : 1),
        },
      }),
    ]),
  )
  const add = (article: Article): void => {
    const index = indexes.get(article.lang)
    if (index?.has(article.id)) return
    known.get(article.lang)?.set(article.id, article)
    index?.add(article)
  }
  for (const article of articles) add(article)
  return {
    add,
    find(lang, question) {
      const asked = new Set(wordsOf(lang, question))
      if (asked.size === 0) return []
      const found = indexes.get(lang)?.search(question.slice(0, 500)) ?? []
      return found
        .filter(({ queryTerms }) => new Set(queryTerms).size / asked.size >= ENOUGH)
        .slice(0, 3)
        .flatMap(({ id }) => known.get(lang)?.get(String(id)) ?? [])
    },
  }
}
