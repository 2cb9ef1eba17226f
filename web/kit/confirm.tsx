import type { ReactNode } from 'react'
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components'
import './confirm.css'
import { useSay } from './i18n/use-say.ts'

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
  return (
    <DialogTrigger>
      <Button className={`button ${props.className}`} isDisabled={props.disabled ?? false}>
        {props.label}
      </Button>
      <ModalOverlay className="veil" isDismissable>
        <Modal className="modal card">
          <Dialog role="alertdialog">
            {({ close }) => (
              <form
                onSubmit={(event) => {
                  event.preventDefault()
                  const words = new FormData(event.currentTarget).get('words')
                  close()
                  props.onYes(String(words ?? '').trim())
                }}
              >
                <Heading slot="title">{props.title}</Heading>
                <p>{props.text}</p>
                {props.ask !== undefined && (
                  <label className="field">
                    {props.ask}
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
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  )
}
