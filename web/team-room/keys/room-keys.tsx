import { Keyboard } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useSay } from '../../kit/i18n/use-say.ts'
import { inText } from '../../kit/in-text.ts'
import { keep, kept } from '../../kit/kept-text.ts'
import { KeyList } from '../../kit/key-list.tsx'
import { LaterSheet } from '../../kit/later-sheet.ts'

export const ROOM_KEYS = {
  next: 'j',
  before: 'k',
  list: 'c',
  evidence: 'e',
  logs: 'l',
  changes: 'd',
  notes: 'n',
  terminal: 't',
  editor: 's',
  citizen: 'v',
  report: 'r',
} as const
export type RoomAct = keyof typeof ROOM_KEYS
const ACTS = Object.keys(ROOM_KEYS) as readonly RoomAct[]

/** Whoever speaks to their computer, or has a cat on the keyboard, may do without. */
const OFF = 'kilp.keys.off'

/** Keys of the room: single letters, which do nothing where somebody writes; `?` shows them. */
export function RoomKeys({ onAct }: { readonly onAct: (act: RoomAct) => void }) {
  const say = useSay()
  const [shown, setShown] = useState(false)
  const [on, setOn] = useState(() => kept(OFF) === null)
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const { key, target } = event
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || inText(target)) return
      // A dialog has the keys while it is open.
      if (document.querySelector('[role=dialog], [role=alertdialog]')) return
      const act = ACTS.find((one) => ROOM_KEYS[one] === key)
      if (!on || (key !== '?' && !act)) return
      event.preventDefault()
      if (act) onAct(act)
      else setShown(true)
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  })
  return (
    <>
      <button type="button" className="button" aria-label={say('keys.title')} onClick={() => setShown(true)}>
        <Keyboard aria-hidden="true" size="1.2em" />
      </button>
      {shown && (
        <LaterSheet title={say('keys.title')} onClose={() => setShown(false)}>
          <p>{say('keys.text')}</p>
          <KeyList
            keys={[
              ...ACTS.map((act) => [ROOM_KEYS[act], say(`keys.${act}`)] as const),
              ['Ctrl+Shift+F', say('editor.search')],
              ['?', say('keys.help')],
            ]}
          />
          <label className="logs-follow">
            <input
              type="checkbox"
              checked={on}
              onChange={({ target: { checked } }) => {
                setOn(checked)
                keep(OFF, checked ? null : '1')
              }}
            />
            {say('keys.off')}
          </label>
        </LaterSheet>
      )}
    </>
  )
}
