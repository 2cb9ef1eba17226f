import { closest, distance } from 'fastest-levenshtein'

/** One thing that is wrong (or, as a warning, doubtful) in a scenario or in the files of services that it uses. */
export interface Diagnostic {
  /** Relative to where the person stands, or absolute: a terminal can open it. */
  readonly file: string
  /** Both count from 1. */
  readonly line: number
  readonly column: number
  readonly severity: 'error' | 'warning'
  /** Stable, e.g. `unknown-key`. */
  readonly code: string
  readonly message: string
  /** The nearest right name, when one is near. */
  readonly hint?: string
  /** The line of the file, for the excerpt; long lines are cut around the column. */
  readonly source: string
}

/** The candidate that a person most probably meant, or undefined when none is near. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates].filter((candidate) => candidate !== name)
  if (all.length === 0) return undefined
  const lower = name.toLowerCase()
  const sameLetters = all.find((candidate) => candidate.toLowerCase() === lower)
  if (sameLetters) return sameLetters
  const found = closest(name, all)
  const allowed = name.length <= 3 ? 1 : Math.max(2, Math.floor(name.length / 4))
  return distance(name, found) <= allowed ? found : undefined
}

/** `; did you mean ...?` or nothing. */
export const meant = (hint: string | undefined) => (hint ? `; did you mean \`${hint}\`?` : '')

/** In reading order, each only once. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map(diagnostics.map((d) => [`${d.file}:${d.line}:${d.column}:${d.message}`, d]))
  return [...seen.values()].sort(
    (a, b) => Number(a.file > b.file) - Number(a.file < b.file) || a.line - b.line || a.column - b.column,
  )
}
