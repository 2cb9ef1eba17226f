import type { ReactNode, RefObject } from 'react'
import { Dialog, Popover } from 'react-aria-components'

/** What is to be said of a cell, beside it. */
export function MatrixPopover(props: {
  readonly trigger: RefObject<HTMLElement | null>
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  return (
    <Popover
      className="cell-sheet card"
      triggerRef={props.trigger}
      isOpen
      onOpenChange={(open) => open || props.onClose()}
    >
      <Dialog>{props.children}</Dialog>
    </Popover>
  )
}
