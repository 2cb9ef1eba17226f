import type { Say } from './i18n/use-say.ts'

/** Names as a list; of more than `most`, the first ones and how many more there are. What is counted decides the word for it. */
export function fewNames(
  say: Say,
  names: readonly string[],
  most: number,
  more: 'names.more' | 'names.more.teams' = 'names.more',
): string {
  if (names.length <= most) return say.list(names)
  const told = names.slice(0, most).join(say.lang === 'ja' ? '、' : ', ')
  return say(more, { names: told, n: names.length - most })
}
