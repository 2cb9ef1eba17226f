/** The words that the whole house shares. */

export const LANGS = ['en', 'et', 'ja'] as const
export type Lang = (typeof LANGS)[number]
export type Text = Readonly<Record<Lang, string>> & {
  /** Where its author did not write a language: the one (its code) whose words stand there instead. */
  readonly borrowed?: Readonly<Partial<Record<Lang, string>>>
}

/** Of a journey and of a service. `unknown` is our own fault and is never scored. */
export const VERDICTS = ['up', 'slow', 'broken', 'down', 'unknown'] as const
export type Verdict = (typeof VERDICTS)[number]

/** The list of categories of points: each has its row in scoring/categories.ts. */
export const CATEGORIES = [
  ...(['availability', 'defence', 'recovery', 'usability'] as const),
  ...(['reporting', 'forensics', 'strategic'] as const),
] as const
export type Category = (typeof CATEGORIES)[number]
