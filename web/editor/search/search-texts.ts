import type { SourceTexts } from '#exercise/wire/sources.ts'

/** A line in which something was found. */
export interface Found {
  readonly path: string
  /** From 1. */
  readonly line: number
  /** Of the line, around what was found. */
  readonly text: string
}

export interface Search {
  readonly words: string
  readonly regular: boolean
}

/** `more`: there are more than are given. */
export interface SearchAnswer {
  readonly found: readonly Found[]
  readonly more: boolean
}

const MOST_FOUND = 200
/** Longer lines are shown around what was found in them. */
const SHOWN = 160
const BEFORE = 40

/** Pure: a pattern for what is looked for, capitals and small letters alike; null: no regular expression. */
export function patternOf({ words, regular }: Search): RegExp | null {
  try {
    return new RegExp(regular ? words : words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i')
  } catch {
    return null
  }
}

/** Pure: lines of the texts that the pattern finds, each once. An evil pattern takes its time: see search-sources.ts. */
export function searchTexts(texts: SourceTexts['texts'], pattern: RegExp): SearchAnswer {
  const found: Found[] = []
  for (const { path, text } of texts)
    for (const [index, line] of text.split('\n').entries()) {
      const at = line.search(pattern)
      if (at < 0) continue
      if (found.length === MOST_FOUND) return { found, more: true }
      const from = line.length > SHOWN ? Math.max(0, at - BEFORE) : 0
      found.push({ path, line: index + 1, text: line.slice(from, from + SHOWN).trim() })
    }
  return { found, more: false }
}
