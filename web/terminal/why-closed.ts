import { isMessage } from '../kit/i18n/i18n.ts'
import type { Say } from '../kit/i18n/use-say.ts'

/** Why a terminal ended in the viewer's words; what only the server knows as it is. */
export function whyClosed(say: Say, why: string): string {
  const key = `terminal.why.${why}`
  return isMessage(key) ? say(key) : why
}
