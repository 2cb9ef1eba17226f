import type { Text } from '#exercise/scenario/words.ts'
import { useSay } from './i18n/use-say.ts'

/**
 * A text of the scenario, where it stands by itself. When its author did not write the viewer's language, it is marked as what it is in: for
 * screen readers always, and in words where it is something to read and not a name.
 */
export function Told({ text, name = false }: { readonly text: Text; readonly name?: boolean }) {
  const say = useSay()
  const other = text.borrowed?.[say.lang]
  if (!other) return say.text(text)
  const language = new Intl.DisplayNames(say.lang, { type: 'language' }).of(other) ?? other
  return (
    <>
      <span lang={other}>{say.text(text)}</span>
      {!name && <small className="soft">{say.bracketed('', say('told.in', { language }))}</small>}
    </>
  )
}
