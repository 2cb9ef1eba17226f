import type { Text } from './words.ts'

/** Skills of machine-played teams that answer messages. */
export const ANSWERING = ['swift', 'steady', 'clumsy'] as const
export type Answering = (typeof ANSWERING)[number]

/** What a machine in the place of a team's people answers: words in all languages, since it speaks none of its own. */
export type MachineAnswer =
  | { readonly kind: 'text'; readonly text: Text }
  | { readonly kind: 'choice'; readonly chosen: readonly string[] }
  | { readonly kind: 'sitrep'; readonly fields: Readonly<Record<string, Text>> }
  /** What it tries, once, at a question: right or wrong, as its author wrote it. */
  | { readonly kind: 'question'; readonly text: string }

export type MachineAnswers = Readonly<Partial<Record<Answering, MachineAnswer>>>
