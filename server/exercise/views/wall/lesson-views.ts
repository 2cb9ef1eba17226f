/** Of one problem of one country, for those who watch: what it was, how long it stood, and when its team turned to it. Durations from its beginning, ms. */
export interface LessonBout {
  readonly cause: 'attack' | 'outage'
  readonly service: string
  readonly team: string
  readonly ms: number
  /** Null where nothing public says that somebody was at it. */
  readonly noticedMs: number | null
  readonly mendingMs: number | null
}

/** What can be learned from how it went, as facts that everybody may know. [NV7] */
export type LessonView =
  /** Attackers were never put out: of which services, in which countries. */
  | { readonly kind: 'open'; readonly services: readonly string[]; readonly teams: readonly string[] }
  | { readonly kind: 'longest'; readonly bout: LessonBout }
  /** Who was done soonest with what others had, too; and how long the slowest of those took. */
  | { readonly kind: 'fastest'; readonly bout: LessonBout; readonly slowestMs: number }
  /** The services that attackers got into in most countries, in as many each. */
  | { readonly kind: 'most-hit'; readonly services: readonly string[]; readonly teams: number }
  | { readonly kind: 'blocked'; readonly blocked: number; readonly attacks: number }
