import { isSourcePath } from '#exercise/scenario/source-path.ts'
import type { CaseView } from '#exercise/views/case-views.ts'

/** A source as machines name it, with a line where they know one: in a trace of what runs (`/srv/.run/app/src/main.js:42:7`) or where it is edited. */
const NAMED = /(?:\/srv\/(?:\.run\/)?app\/src\/)([\w./-]+?)\.[jt]s(?::(\d+))?(?![\w/])/
/** A file that a diff has changed and left there. */
const CHANGED = /^\+\+\+ b\/(\S+)/m
/** Where its first change stands. */
const FIRST_LINE = /^@@ -\S+ \+(\d+)/m

/** The source that a case's own evidence names: `letters.ts:42`. Types are stripped in place, so that lines are the same. */
export function namedIn(evidence: CaseView['evidence']): string | null {
  if (!evidence) return null
  const [, name, line] = NAMED.exec(`${evidence.received}\n${evidence.step}\n${evidence.expected}`) ?? []
  return name === undefined ? null : placed(`${name}.ts`, line)
}

/** The first file that was changed since the start, where that began. */
export function changedIn(diff: string): string | null {
  const from = diff.search(CHANGED)
  if (from < 0) return null
  const rest = diff.slice(from)
  return placed(CHANGED.exec(rest)?.[1] ?? '', FIRST_LINE.exec(rest)?.[1])
}

const placed = (path: string, line: string | undefined): string | null =>
  isSourcePath(path) ? (line === undefined ? path : `${path}:${line}`) : null
