/** Share of the question, by what its words weigh, that an article must know to be an answer. */
const ENOUGH = 0.44
/** What a word weighs that is not in the article but in others: the question is of these matters all the same. */
const ELSEWHERE = 0.5
/** An article that has more of the words comes before one that has one of them often. */
const BREADTH = 5
/** How often a word is taken to be in articles: at the least, and when it is in none. */
const RAREST = 0.04
const UNKNOWN = 0.1

/** A word of a question and the articles that have it. */
export interface Looked {
  /** What it says about the topic: see `weightOf`. */
  readonly weight: number
  /** `score` as the index gives it, `fit` from 0 to 1: how near to the word and how prominent what was found is. */
  readonly found: readonly { readonly id: string; readonly score: number; readonly fit: number }[]
}

/** The rarer a word, the more it says. `share` of the articles have it. */
export const weightOf = (share: number): number =>
  Math.log(1 + 1 / (share === 0 ? UNKNOWN : Math.max(RAREST, share)))

/** The articles that know enough of the question to be an answer, best first. None: then nothing is known. */
export function answering(question: readonly Looked[]): readonly string[] {
  const weigh = (words: readonly Looked[]): number => words.reduce((sum, { weight }) => sum + weight, 0)
  const unknown = weigh(question.filter(({ found }) => found.length === 0))
  const known = weigh(question) - unknown
  const articles = new Map<string, { score: number; here: number; fit: number }>()
  for (const { weight, found } of question)
    for (const one of found) {
      const { score, here, fit } = articles.get(one.id) ?? { score: 0, here: 0, fit: 0 }
      articles.set(one.id, { score: score + one.score, here: here + weight, fit: fit + one.fit * weight })
    }
  return [...articles]
    .filter(([, { here, fit }]) => {
      const whole = unknown + here + ELSEWHERE * (known - here)
      return whole === 0 || fit / whole >= ENOUGH
    })
    .map(([id, { score, fit }]) => ({ id, rank: score + BREADTH * fit }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ id }) => id)
}
