import type { Text } from './words.ts'

/** What an exercise is called: a name of its own, which is the same in every language, or else as its scenario. */
export const namedTitle = (name: string | null, title: Text): Text =>
  name === null ? title : { en: name, et: name, ja: name }
