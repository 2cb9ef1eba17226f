import type { Text } from './words.ts'

/** So many reports a team files at most. */
export const REPORTS_MOST = 200

/** How sure a team is of what it reports. */
export const CONFIDENCES = ['low', 'medium', 'high'] as const
export type Confidence = (typeof CONFIDENCES)[number]

/** What a team says of one incident. */
export interface ReportFields {
  readonly service: string
  /** When somebody noticed it, ms of exercise time. */
  readonly noticedMs: number
  /** A technique of MITRE ATT&CK or ATLAS, e.g. `T1190`; empty where they do not know. */
  readonly technique: string
  /** Addresses, paths, names, values: what others could look for. */
  readonly indicators: string
  /** What was done about it. */
  readonly actions: string
  readonly confidence: Confidence
  /** The same words in all languages, where a machine wrote them; people's own are shown as they are. */
  readonly inLanguages?: { readonly actions: Text }
}

/** What a report is graded by, in order. */
export const REPORT_CRITERIA = ['service', 'technique', 'time', 'indicators', 'completeness'] as const
export type ReportCriterion = (typeof REPORT_CRITERIA)[number]

/** Why a criterion got what the platform proposes. Viewers prefix it `report.reason.`. */
export const REPORT_REASONS = [
  ...(['service-right', 'service-wrong'] as const),
  ...(['technique-right', 'technique-parent', 'technique-wrong', 'technique-missing'] as const),
  ...(['time-prompt', 'time-slow', 'time-late', 'time-before'] as const),
  ...(['indicators-seen', 'indicators-few', 'indicators-none'] as const),
  ...(['complete', 'incomplete'] as const),
] as const
export type ReportReason = (typeof REPORT_REASONS)[number]

/** What a report was about: an attack by its id, nothing that happened (`false`), or something that was no attack (null). */
export type ReportMatch = string | false | null

/** How a technique is written; empty is none. */
const TECHNIQUE = /^(T\d{4}|AML\.T\d{4})(\.\d{3})?$/

export const isTechnique = (written: string): boolean => TECHNIQUE.test(written)

/** A technique without the part that names its variant: `T1565` of `T1565.001`. */
export const parentTechnique = (technique: string): string => TECHNIQUE.exec(technique)?.[1] ?? technique
