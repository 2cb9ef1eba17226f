import { useSay } from '../kit/i18n/use-say.ts'
import { KeyList } from '../kit/key-list.tsx'
import { Sheet } from '../kit/sheet.tsx'
import { ACT_NAMES, ACTS, KEYS } from './acts.ts'

/** All keys of the timeline. */
export function HelpSheet({ onClose }: { readonly onClose: () => void }) {
  const say = useSay()
  const keys: readonly (readonly [string, string])[] = [
    ['← ↑ → ↓ Home End PgUp PgDn', say('msel.act.move')],
    [`${KEYS.select}, Shift`, say('msel.act.select')],
    ...ACT_NAMES.map((act) => [ACTS[act].key, say(`msel.act.${act}`)] as const),
    [KEYS.shift, say('msel.act.shift')],
    [KEYS.edit, say('msel.act.edit')],
    [KEYS.clone, say('msel.act.clone')],
    [KEYS.add, say('msel.act.add')],
    [KEYS.undo, say('msel.act.undo')],
    ['Esc', say('msel.act.clear')],
    ['Ctrl-K', say('msel.act.palette')],
    [KEYS.help, say('msel.act.help')],
  ]
  return (
    <Sheet title={say('msel.help.title')} onClose={onClose}>
      <p>{say('msel.help.text')}</p>
      <KeyList keys={keys} />
    </Sheet>
  )
}
