import type { FileRef } from '../scenario/inject.ts'
import type { Text } from '../scenario/words.ts'

/**
 * What somebody answers: words, choices, a file, a form's fields. `inLanguages`: the same words in all languages, by field (`text` of a text), where a machine wrote
 * them; people's own words are shown as they are.
 */
export type AnswerContent =
  | { readonly kind: 'text'; readonly text: string; readonly inLanguages?: InLanguages }
  | { readonly kind: 'choice'; readonly chosen: readonly string[] }
  | { readonly kind: 'file'; readonly file: FileRef }
  | {
      readonly kind: 'form'
      readonly fields: Readonly<Record<string, string>>
      readonly inLanguages?: InLanguages
    }

export type InLanguages = Readonly<Record<string, Text>>
