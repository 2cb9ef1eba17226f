import { isMessage } from './i18n/i18n.ts'
import type { Say } from './i18n/use-say.ts'

/** Why an exercise stands still: what a person wrote, as it is; the platform's own reason, which is a code, in the viewer's words. */
export function saidReason(say: Say, reason: string): string {
  const key = `reason.${reason}`
  return isMessage(key) ? say(key) : reason
}
