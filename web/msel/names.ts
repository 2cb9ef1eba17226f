import type { Actor } from '#exercise/ledger/actor.ts'
import type { EntryKind } from '#exercise/scenario/trigger.ts'
import type { Text } from '#exercise/scenario/words.ts'
import { actorName } from '../kit/actor-name.ts'
import type { Say } from '../kit/i18n/use-say.ts'

/** A tutor's note has no title but its words: so many characters of them stand for it. */
const TITLE_MOST = 90

const LETTERS: Readonly<Record<EntryKind, string>> = {
  attack: 'A',
  inject: '#',
  note: 'T',
  phase: 'P',
  world: 'W',
}

/** How an entry is called in a word, the same in every language: instructors of several say it to one another. `#3`, `A2`. */
export const shortName = ({ kind, number }: { readonly kind: EntryKind; readonly number: number }): string =>
  `${LETTERS[kind]}${number}`

/** The title of an entry, cut where it is a whole text. */
export function titleOf(say: Say, title: Text): string {
  const text = say.text(title)
  return text.length <= TITLE_MOST ? text : `${text.slice(0, TITLE_MOST).trimEnd()}…`
}

/** `#3 The press asks`. */
export const longName = (
  say: Say,
  row: { readonly kind: EntryKind; readonly number: number; readonly title: Text },
): string => `${shortName(row)} ${titleOf(say, row.title)}`

/** Who did something with the timeline: a person by name, else the seat of an instructor. */
export const whoName = (say: Say, by: Actor | null): string =>
  by?.kind === 'seat' && !by.name ? say('white.title') : actorName(say, by)
