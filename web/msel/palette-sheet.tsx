import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import type { ExerciseView } from '#exercise/views/views.ts'
import { useSender } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import { useGrading, useTimeline } from '../feed/use-white.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import '../kit/confirm.css'
import './palette.css'
import { type Action, paletteActions } from './palette-actions.ts'

/** So many are shown; whoever looks for another writes more. */
const SHOWN = 40

/** The actions, to be found by a part of their names. */
export function PaletteSheet(props: { readonly view: ExerciseView; readonly onClose: () => void }) {
  const say = useSay()
  const { view, onClose } = props
  return (
    <ModalOverlay className="veil" isOpen isDismissable onOpenChange={(open) => open || onClose()}>
      <Modal className="modal card palette">
        <Dialog>
          <Heading slot="title" className="hidden">
            {say('palette.title')}
          </Heading>
          <Finder view={view} onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function Finder({ view, onClose }: { readonly view: ExerciseView; readonly onClose: () => void }) {
  const say = useSay()
  const state = useExerciseState()
  const timeline = useTimeline()
  const grading = useGrading()
  const { send, busy, refusal } = useSender()
  const list = useId()
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  /** The action that asks once more, or for words. */
  const [asking, setAsking] = useState<Action | null>(null)
  const found = useMemo(() => {
    const wanted = asking ? [] : words.toLocaleLowerCase(say.lang).split(/\s+/)
    const fits = ({ label }: Action) => {
      const name = label.toLocaleLowerCase(say.lang)
      return wanted.every((word) => name.includes(word))
    }
    return firstOf(paletteActions(say, { view, state, timeline, grading }), fits, SHOWN)
  }, [say, view, state, timeline, grading, words, asking])
  const chosen = found[Math.min(at, found.length - 1)]

  const run = (action: Action, said: string) => {
    if (action.go) {
      onClose()
      action.go()
      return
    }
    if (action.command) void send(action.command(said)).then((ok) => ok && onClose())
  }
  const choose = (action: Action | undefined) => {
    if (!action || busy) return
    if (action.ask === undefined && action.sure === undefined) return run(action, '')
    setAsking(action)
    setWords('')
  }
  const move = (by: number) => setAt((now) => Math.max(0, Math.min(found.length - 1, now + by)))
  const onKeyDown = (event: KeyboardEvent) => {
    // What a Japanese keyboard is still composing is not meant yet.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') {
      event.preventDefault()
      if (asking) run(asking, words.trim())
      else choose(chosen)
    }
    if (event.key === 'Escape' && asking) {
      event.stopPropagation()
      setAsking(null)
      setWords('')
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      move(event.key === 'ArrowDown' ? 1 : -1)
    }
  }
  const wordless = asking !== null && asking.ask === undefined
  const label = asking ? (asking.ask ?? asking.label) : say('palette.find')
  return (
    <div>
      {asking && (
        <p>
          <b>{asking.label}</b> {asking.sure}
        </p>
      )}
      <input
        role="combobox"
        aria-label={label}
        aria-expanded={!asking}
        aria-controls={list}
        aria-activedescendant={!asking && chosen ? `${list}-${chosen.id}` : undefined}
        placeholder={wordless ? '' : label}
        readOnly={wordless}
        value={words}
        maxLength={300}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: what was opened to be written in
        autoFocus
        onChange={(event) => {
          setWords(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <RefusalText refusal={refusal} />
      {asking ? (
        <p className="soft small" id={list} role="status">
          {say('palette.sure')}
        </p>
      ) : (
        <div role="listbox" id={list} aria-label={say('palette.title')} tabIndex={-1}>
          {found.map((action) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the combobox's
            <div
              key={action.id}
              id={`${list}-${action.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={action === chosen}
              ref={action === chosen ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
              onClick={() => choose(action)}
            >
              {action.label}
            </div>
          ))}
          {found.length === 0 && <p className="soft">{say('palette.none')}</p>}
        </div>
      )}
    </div>
  )
}

/** The first ones that fit, at most so many; what comes after them is not even named. */
function firstOf(
  actions: Iterable<Action>,
  fits: (action: Action) => boolean,
  most: number,
): readonly Action[] {
  const found: Action[] = []
  for (const action of actions) {
    if (found.length >= most) break
    if (fits(action)) found.push(action)
  }
  return found
}
