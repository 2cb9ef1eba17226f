import type { Say } from './i18n/use-say.ts'

const MINUTE_MS = 60_000
/** Up to here seconds are said; farther away they would only flicker. ms */
const CLOSE_MS = 3 * MINUTE_MS

/** How far away a moment is, as it is said: whole minutes, unless there are few. */
export function roundedMs(ms: number): number {
  const away = Math.abs(ms)
  return away > CLOSE_MS ? Math.floor(away / MINUTE_MS) * MINUTE_MS : Math.floor(away / 1000) * 1000
}

/** How much time is left until a deadline, or how long it is over, in words. */
export function leftText(say: Say, leftMs: number): string {
  const ms = roundedMs(leftMs)
  if (ms === 0) return say('due.now')
  return say(leftMs < 0 ? 'due.late' : 'due.left', { span: say.span(ms) })
}
