import { ALL_SOURCES, isSourcePath } from '../exercise/scenario/source-path.ts'
import type { SourceEntry, SourceFile, SourceTexts, SourceTree } from '../exercise/wire/sources.ts'
import type { ServiceSources } from './ports/sources.ts'
import { sha256 } from './sha256.ts'

/** Pure: all files there are or were, by path. */
export function treeOf({ now, start, cut }: ServiceSources): SourceTree {
  // Of what was not read nobody can say that it is gone.
  const paths = [...new Set([...now.keys(), ...(cut ? [] : start.keys())])].toSorted()
  const files = paths.map((path): SourceEntry => {
    const [is, was] = [now.get(path), start.get(path)]
    const same = is?.text === was?.text && is?.bytes === was?.bytes
    return {
      path,
      bytes: (is ?? was)?.bytes ?? 0,
      change: !is ? 'deleted' : !was ? 'added' : same ? 'none' : 'changed',
      locked: !isSourcePath(path) || (is ?? was)?.text === null,
    }
  })
  return { files, cut }
}

/** Pure: one text file, now and at the start; null where there is neither. */
export function fileOf({ now, start }: ServiceSources, path: string): SourceFile | null {
  const [is, was] = [now.get(path), start.get(path)]
  if ((!is && !was) || is?.text === null) return null
  const text = is?.text ?? null
  return { text, hash: text === null ? null : sha256(text), start: was?.text ?? null }
}

/** Pure: all texts that are there now and that the editor opens, in the order of their paths, as many as may be given at once. */
export function textsOf({ now, cut }: ServiceSources): SourceTexts {
  const all = [...now]
    .flatMap(([path, { text }]) => (text !== null && isSourcePath(path) ? [{ path, text }] : []))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
  let left = ALL_SOURCES
  const texts = all.filter(({ text }) => {
    if (text.length > left) return false
    left -= text.length
    return true
  })
  return { texts, cut: cut || texts.length < all.length }
}
