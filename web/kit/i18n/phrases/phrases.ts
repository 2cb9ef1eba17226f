/** What no text with gaps can say in every language: numbers choose words and cases, and what stands before or after. Each language builds it whole. */
export interface Phrases {
  /** Sentences one after the other. */
  sentences(said: readonly string[]): string
  /** The start of a line that says something of what it names: `Cause: `. */
  head(name: string): string
  /** Remarks on one thing, in one line. */
  remarks(said: readonly string[]): string
  /** A text with an explanation after it. */
  bracketed(text: string, why: string): string
  /** In how many of the countries, as a part of a sentence. `total` is 2 or more. */
  where(here: string, total: string, count: Counted): string
  /** How many of the teams have not answered yet: a clause of its own. */
  unanswered(here: string, total: string, count: Counted): string
}

/** The numbers as such: they choose the words, and are shown as the language writes them. */
export interface Counted {
  readonly here: number
  readonly total: number
}
