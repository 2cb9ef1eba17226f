/** Moments from `from` on and before `to`, in ms since 1970. `to` is Infinity while something lasts. */
export interface Span {
  readonly from: number
  readonly to: number
}

export const PREFIXES = ['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'] as const
export type Prefix = (typeof PREFIXES)[number]

const DATE_TIME =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/

/** What a resource may hold; searches may leave out seconds and zone. */
const WITH_TIME = /T([01]\d|2[0-3]):\d\d:\d\d(\.\d+)?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/

/** Years that this server can keep. */
const FIRST_YEAR = 1000
const LAST_YEAR = 9998

/**
 * The span that a FHIR date, dateTime or instant means by its precision: `2026-05` is the whole of May. Without a zone it is UTC.
 * Null when it is none, or no day of the calendar.
 */
export function spanOf(value: string): Span | null {
  const match = DATE_TIME.exec(value)
  if (!match) return null
  const [, year = '', month, day, hour, minute, second, fraction, zone] = match
  const time = `${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}${(fraction ?? '').slice(0, 4)}`
  const from = Date.parse(`${year}-${month ?? '01'}-${day ?? '01'}T${time}${zone ?? 'Z'}`)
  if (Number.isNaN(from) || Number(year) < FIRST_YEAR || Number(year) > LAST_YEAR) return null
  if (day && new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDate() !== Number(day)) return null
  return { from, to: endOf(from, { month, day, minute, second, fraction }) }
}

/** Whether a text is a dateTime of a resource: a time of the day has seconds and a zone, and is before 24:00 (R4, 2.24.0.1). */
export const isDateTime = (value: string): boolean =>
  spanOf(value) !== null && (!value.includes('T') || WITH_TIME.test(value))

function endOf(from: number, given: Readonly<Record<string, string | undefined>>): number {
  const date = new Date(from)
  if (given.fraction) return from + 1
  if (given.second) return from + 1000
  if (given.minute) return from + 60_000
  if (given.day) return from + 86_400_000
  if (given.month) return date.setUTCMonth(date.getUTCMonth() + 1)
  return date.setUTCFullYear(date.getUTCFullYear() + 1)
}

/** `ge2026-05` into its prefix and span; null when it is not valid. */
export function readDateParameter(value: string): { readonly prefix: Prefix; readonly span: Span } | null {
  const prefix = PREFIXES.find((candidate) => value.startsWith(candidate))
  const span = spanOf(prefix ? value.slice(2) : value)
  return span && { prefix: prefix ?? 'eq', span }
}

/**
 * SQL that compares the span [starts, ends) of a resource with that of a parameter, which are `$lo` and `$hi` (R4, Search, 3.1.1.4.8):
 * `eq` contains it, `gt` and `lt` reach beyond it, `sa` and `eb` lie wholly after and before it, `ap` touches it.
 */
export function dateCondition(prefix: Prefix, lo: string, hi: string): string {
  const within = `(starts >= ${lo} and ends <= ${hi})`
  const conditions: Readonly<Record<Prefix, string>> = {
    eq: within,
    ne: `not ${within}`,
    gt: `ends > ${hi}`,
    lt: `starts < ${lo}`,
    ge: `(ends > ${hi} or ${within})`,
    le: `(starts < ${lo} or ${within})`,
    sa: `starts >= ${hi}`,
    eb: `ends <= ${lo}`,
    ap: `(starts < ${hi} and ends > ${lo})`,
  }
  return conditions[prefix]
}

/** `ap` is a tenth of the way to now, at least the span itself. */
export function widened({ from, to }: Span, now: number): Span {
  const margin = Math.abs(now - from) / 10
  return { from: from - margin, to: to + margin }
}
