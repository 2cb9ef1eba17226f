import { type ReactNode, useState } from 'react'
import { Button } from 'react-aria-components'
import './confirm.css'
import { useSay } from './i18n/use-say.ts'
import { useAhead } from './later-part.tsx'
import { LaterSheet, SHEETS } from './later-sheet.ts'

/** A button whose deed is asked about once more before it is done; `ask` also asks for a few words, which may be left out; `final`: a second Enter does not do it. */
export function ConfirmButton(props: {
  readonly className: string
  readonly label: ReactNode
  readonly title: string
  readonly text: string
  readonly ask?: string
  readonly final?: boolean
  readonly yes: string
  readonly disabled?: boolean
  readonly onYes: (words: string) => void
}) {
  const say = useSay()
  const [asks, setAsks] = useState(false)
  const close = () => setAsks(false)
  useAhead(SHEETS)
  return (
    <>
      <Button
        className={`button ${props.className}`}
        isDisabled={props.disabled ?? false}
        aria-haspopup="dialog"
        onPress={() => setAsks(true)}
      >
        {props.label}
      </Button>
      {asks && (
        <LaterSheet title={props.title} alert onClose={close}>
          <form
            onSubmit={(event) => {
              event.preventDefault()
              const words = new FormData(event.currentTarget).get('words')
              close()
              props.onYes(String(words ?? '').trim())
            }}
          >
            <p>{props.text}</p>
            {props.ask !== undefined && (
              <label className="field">
                {props.ask}
                {/* biome-ignore lint/a11y/noAutofocus: the words that were just asked for */}
                <input name="words" maxLength={300} autoComplete="off" autoFocus={!props.final} />
              </label>
            )}
            <div className="modal-buttons">
              <Button
                className="button"
                autoFocus={props.ask === undefined || props.final === true}
                onPress={close}
              >
                {say('confirm.no')}
              </Button>
              <Button className="button primary" type="submit">
                {props.yes}
              </Button>
            </div>
          </form>
        </LaterSheet>
      )}
    </>
  )
}
