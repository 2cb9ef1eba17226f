import type { Say } from './i18n/use-say.ts'

const MINUTE_MS = 60_000
/** Up to here seconds are said; farther away they would only flicker. ms */
const CLOSE_MS = 3 * MINUTE_MS

/** How far away a moment is, as it is said: whole minutes, unless there are few. */
export function roundedMs(ms: number): number {
  const away = Math.abs(ms)
  return away > CLOSE_MS ? Math.floor(away / MINUTE_MS) * MINUTE_MS : Math.floor(away / 1000) * 1000
}

/** A time to go, or gone, in words. Whoever says how far away a moment is says it by this: white and a team must not read different minutes of one deadline. */
export const awayText = (say: Say, ms: number): string => say.span(roundedMs(ms))

/** How much time is left until a deadline, or how long it is over, in words. */
export function leftText(say: Say, leftMs: number): string {
  if (roundedMs(leftMs) === 0) return say('due.now')
  return say(leftMs < 0 ? 'due.late' : 'due.left', { span: awayText(say, leftMs) })
}
