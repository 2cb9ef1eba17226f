import type { Say } from './i18n/use-say.ts'

/** Names as a list; of more than `most`, the first ones and how many more there are. */
export function fewNames(say: Say, names: readonly string[], most: number): string {
  if (names.length <= most) return say.list(names)
  return say.list([...names.slice(0, most), `+${names.length - most}`])
}
