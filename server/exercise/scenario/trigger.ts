/** How an attack must have come out for what waits for it. `open`: it landed, and its foothold is still there. `concluded`: any way, also void. */
export const OUTCOMES = ['landed', 'open', 'blocked', 'concluded'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** When an entry of the timeline comes: an attack, a tutor's note, a phase. Durations in ms of exercise time. */
export type Trigger =
  /** The same moment for all teams; in an exercise jitter is applied already. */
  | { readonly kind: 'at'; readonly atMs: number }
  /** So long after an attack on the team came out so. */
  | { readonly kind: 'after'; readonly attack: string; readonly outcome: Outcome; readonly delayMs: number }
  /** When the instructor says so. */
  | { readonly kind: 'manual' }

export const at = (atMs: number): Trigger => ({ kind: 'at', atMs })

/** The moment that a trigger names by itself; null when it depends on what happens. */
export const fixedMs = (trigger: Trigger): number | null => (trigger.kind === 'at' ? trigger.atMs : null)

/** In the order of the moments that are known; what waits for something stands after what does not. */
export const byMoment = (a: { readonly trigger: Trigger }, b: { readonly trigger: Trigger }): number =>
  (fixedMs(a.trigger) ?? Number.MAX_SAFE_INTEGER) - (fixedMs(b.trigger) ?? Number.MAX_SAFE_INTEGER)

/** Kinds of entries of the timeline that have a trigger. */
export const ENTRY_KINDS = ['attack', 'note', 'phase'] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]

/** An entry of the timeline by its kind and the id that it has among those. */
export interface EntryRef {
  readonly kind: EntryKind
  readonly id: string
}
