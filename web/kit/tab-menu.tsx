import type { ReactNode, RefObject } from 'react'
import { Menu, MenuItem, Popover } from 'react-aria-components'

export interface TabOfRow<Id extends string> {
  readonly id: Id
  readonly name: string
  /** What waits in it, behind its name. */
  readonly mark?: ReactNode
}

/** All tabs of a row, one below the other. */
export function TabMenu(props: {
  readonly trigger: RefObject<HTMLElement | null>
  readonly tabs: readonly TabOfRow<string>[]
  readonly open: string
  readonly label: string
  readonly onOpen: (id: string) => void
  readonly onClose: () => void
}) {
  const { trigger, tabs, open, label, onOpen, onClose } = props
  return (
    <Popover
      className="tab-menu card"
      placement="bottom end"
      aria-label={label}
      triggerRef={trigger}
      isOpen
      onOpenChange={(shown) => shown || onClose()}
    >
      <Menu
        aria-label={label}
        selectionMode="single"
        selectedKeys={[open]}
        autoFocus="first"
        onClose={onClose}
        onAction={(key) => onOpen(String(key))}
      >
        {tabs.map(({ id, name, mark }) => (
          <MenuItem key={id} id={id} textValue={name}>
            {name}
            {mark}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  )
}
