import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import './confirm.css'
import { useSay } from './i18n/use-say.ts'

/** A dialog that the page opens by itself. */
export function Sheet(props: {
  readonly title: string
  readonly wide?: boolean
  readonly alert?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  return (
    <ModalOverlay className="veil" isOpen isDismissable onOpenChange={(open) => open || props.onClose()}>
      <Modal className={`modal card ${props.wide ? 'modal-wide' : ''}`}>
        <Dialog role={props.alert ? 'alertdialog' : 'dialog'}>
          <Heading slot="title">{props.title}</Heading>
          {props.children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

/** The end of a form in a sheet: away without it, or what it is for. */
export function SheetButtons(props: {
  readonly yes: string
  readonly busy?: boolean
  /** The answer to what was just asked: Enter is enough. */
  readonly asks?: boolean
  readonly onClose: () => void
}) {
  const say = useSay()
  return (
    <div className="modal-buttons">
      <button type="button" className="button" onClick={props.onClose}>
        {say('confirm.no')}
      </button>
      {/* biome-ignore lint/a11y/noAutofocus: the answer to what was just asked */}
      <button type="submit" className="button primary" disabled={props.busy} autoFocus={props.asks}>
        {props.yes}
      </button>
    </div>
  )
}
