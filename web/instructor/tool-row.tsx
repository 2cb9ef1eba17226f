import { ChevronDown } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover, Tab, TabList } from 'react-aria-components'
import { useGrading } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { CONSOLE_TABS, type ConsoleTab, TAB_NAMES } from '../msel/console-tab.ts'
import './tool-row.css'

/** The console's tools in one row, however narrow it is: it scrolls, and a menu at its end lists all of them. */
export function ToolRow({
  tab,
  onOpen,
}: {
  readonly tab: ConsoleTab
  readonly onOpen: (tab: ConsoleTab) => void
}) {
  const say = useSay()
  const { queue, second } = useGrading()
  const list = useRef<HTMLDivElement>(null)
  // The open one is in sight, also when a key or an action led to it. The page itself stays where it is.
  useLayoutEffect(() => {
    const row = list.current
    const open = row?.querySelector<HTMLElement>(`[data-key="${tab}"]`)
    if (!row || !open) return
    const [outer, inner] = [row.getBoundingClientRect(), open.getBoundingClientRect()]
    if (inner.left < outer.left) row.scrollLeft += inner.left - outer.left
    if (inner.right > outer.right) row.scrollLeft += inner.right - outer.right
  }, [tab])
  const waiting: Partial<Record<ConsoleTab, number>> = { grading: queue.length + second.length }
  const name = (id: ConsoleTab) => (
    <>
      {say(TAB_NAMES[id])}
      {(waiting[id] ?? 0) > 0 && <span className="tab-count num">{waiting[id]}</span>}
    </>
  )
  return (
    <div className="tool-row">
      <TabList ref={list} className="tabs" aria-label={say('white.tools')}>
        {CONSOLE_TABS.map((id) => (
          <Tab key={id} id={id}>
            {name(id)}
          </Tab>
        ))}
      </TabList>
      <MenuTrigger>
        <Button className="button tool-menu-button" aria-label={say('white.tools.all')}>
          <ChevronDown aria-hidden="true" size="1.2em" />
        </Button>
        <Popover className="tool-menu card" placement="bottom end">
          <Menu
            aria-label={say('white.tools')}
            selectionMode="single"
            selectedKeys={[tab]}
            onAction={(key) => {
              const id = CONSOLE_TABS.find((known) => known === key)
              if (id) onOpen(id)
            }}
          >
            {CONSOLE_TABS.map((id) => (
              <MenuItem key={id} id={id} textValue={say(TAB_NAMES[id])}>
                {name(id)}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  )
}
