import type { Refusal } from '#exercise/decide/commands.ts'
import { isMessage } from './i18n/i18n.ts'
import { useSay } from './i18n/use-say.ts'

/** Why the server refused: in the viewer's language where we have the words, else in the server's own English. */
export function RefusalText({ refusal }: { readonly refusal: Refusal | null }) {
  const say = useSay()
  if (!refusal) return null
  const key = `refusal.${refusal.code}`
  return (
    <p role="alert" className="refusal">
      {isMessage(key) ? say(key, refusal.params) : <span lang="en">{refusal.message}</span>}
    </p>
  )
}
