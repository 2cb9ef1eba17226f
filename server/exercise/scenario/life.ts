import type { Text } from './words.ts'

/** What somebody who gets in through a weakness takes away. */
export interface Takes {
  /** Whose and what, as a guest reads it after a number: "addresses of people under protection". */
  readonly what: Text
  /** Of so many people of one country. */
  readonly people: number
}

/** Something that people want to do, whatever services it takes: "Get a prescription". */
export interface LifeSituation {
  readonly id: string
  readonly title: Text
  /** All of them have to work. */
  readonly journeys: readonly { readonly service: string; readonly journey: string }[]
}
