import type { ReactNode } from 'react'
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components'
import './confirm.css'
import { useSay } from './i18n/use-say.ts'

/** A button whose deed is asked about once more before it is done. */
export function ConfirmButton(props: {
  readonly className: string
  readonly label: ReactNode
  readonly title: string
  readonly text: string
  readonly yes: string
  readonly disabled?: boolean
  readonly onYes: () => void
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
              <>
                <Heading slot="title">{props.title}</Heading>
                <p>{props.text}</p>
                <div className="modal-buttons">
                  <Button className="button" autoFocus onPress={close}>
                    {say('confirm.no')}
                  </Button>
                  <Button
                    className="button primary"
                    onPress={() => {
                      close()
                      props.onYes()
                    }}
                  >
                    {props.yes}
                  </Button>
                </div>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  )
}
