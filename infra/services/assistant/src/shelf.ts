import MiniSearch, { type SearchResult } from 'minisearch'
import type { Lang } from '../../kit/html.ts'
import type { Article } from './articles.ts'
import { answering, type Looked, weightOf } from './relevance.ts'
import { isWeak, type Reader } from './words.ts'

/** What counts a word that is only like one of the article, and one that is only in its text, not in what it is called or asked for. */
const ALIKE = 0.8
const IN_TEXT = 0.6
/** A shelf with fewer articles says little about how rare a word is. */
const FEW = 25

export interface Shelf {
  add(article: Article): void
  /** Articles that know enough of the words to be an answer, best first. */
  find(words: readonly string[]): readonly Article[]
}

export function openShelf(lang: Lang, read: Reader): Shelf {
  const articles = new Map<string, Article>()
  const known = new Set<string>()
  const index = new MiniSearch<Article>({
    fields: ['title', 'asked', 'text'],
    extractField: (article, field) => String(article[field as 'title']),
    tokenize: (text) => [...read(text)],
    processTerm: (term) => {
      known.add(term)
      return term
    },
    searchOptions: {
      tokenize: (term) => [term],
      processTerm: (term) => term,
      boost: { title: 3, asked: 3 },
      prefix: (term) => lang !== 'ja' && term.length >= 4,
      fuzzy: (term) => (lang !== 'ja' && term.length >= 5 ? 0.2 : false),
      maxFuzzy: 2,
    },
  })
  const search = (word: string): readonly SearchResult[] => {
    // A slip of the pen is seldom in the first letter; what only then is alike is another word.
    const found = index.search(word).filter(({ terms }) => terms.some((term) => term[0] === word[0]))
    if (found.length > 0 || lang === 'ja') return found
    const parts = partsOf(lang, word, known).filter((part) => !isWeak(lang, part))
    return index.search({ combineWith: 'OR', queries: parts })
  }
  const look = (word: string): Looked => {
    const found = search(word)
    const silent = isWeak(lang, word) || (found.length === 0 && /^\d+$/.test(word))
    const weight = silent ? 0 : weightOf(found.length / Math.max(FEW, articles.size))
    return { weight, found: found.map((one) => ({ id: one.id, score: one.score, fit: fitOf(word, one) })) }
  }
  return {
    add(article) {
      if (articles.has(article.id)) return
      articles.set(article.id, article)
      index.add(article)
    },
    find: (words) => answering(words.map(look)).flatMap((id) => articles.get(id) ?? []),
  }
}

function fitOf(word: string, { match }: SearchResult): number {
  const onlyInText = Object.values(match).every((fields) => fields.every((field) => field === 'text'))
  return (Object.hasOwn(match, word) ? 1 : ALIKE) * (onlyInText ? IN_TEXT : 1)
}

/** Known words of which a longer one is made: how it begins, and in Estonian also how it ends (perearst: arst). */
function partsOf(lang: Lang, word: string, known: ReadonlySet<string>): string[] {
  const part = (shortest: number, cut: (length: number) => string): string[] => {
    for (let length = word.length - 1; length >= shortest; length--)
      if (known.has(cut(length))) return [cut(length)]
    return []
  }
  const end = lang === 'et' ? part(4, (length) => word.slice(-length)) : []
  return [...part(5, (length) => word.slice(0, length)), ...end]
}
