import { LANGS, type Lang } from '../../kit/html.ts'
import type { Article } from './articles.ts'
import { openShelf } from './shelf.ts'
import { openReader } from './words.ts'

const LONGEST_READ = 500
const SHOWN = 3

export interface Library {
  add(article: Article): void
  /** Articles that answer the question, best first, three at most. None when nothing fits: then nothing is known. */
  find(lang: Lang, question: string): readonly Article[]
}

/**
 * A searchable library of articles, by language. What the state published comes first wherever it answers at all, however near to the question
 * citizens wrote: theirs are on a shelf of their own, so that they change neither the order of the state's nor what a word weighs there.
 */
export function openLibrary(articles: readonly Article[]): Library {
  const rooms = new Map(LANGS.map((lang) => [lang, openRoom(lang, articles)]))
  return {
    add: (article) => rooms.get(article.lang)?.add(article),
    find: (lang, question) => rooms.get(lang)?.find(question) ?? [],
  }
}

function openRoom(lang: Lang, articles: readonly Article[]) {
  const published = articles.filter((article) => article.lang === lang)
  const read = openReader(
    lang,
    published.flatMap(({ asked }) => asked),
  )
  const state = openShelf(lang, read)
  const citizens = openShelf(lang, read)
  const add = (article: Article): void => (article.by === 'citizen' ? citizens : state).add(article)
  for (const article of published) add(article)
  return {
    add,
    find(question: string): readonly Article[] {
      const words = [...new Set(read(question.slice(0, LONGEST_READ)))]
      return [...state.find(words), ...citizens.find(words)].slice(0, SHOWN)
    },
  }
}
