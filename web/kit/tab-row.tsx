import { ChevronDown } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import { Button, Tab, TabList } from 'react-aria-components'
import { laterPart, useAhead } from './later-part.tsx'
import type { TabOfRow } from './tab-menu.tsx'
import './tabs.css'
import './tab-row.css'

const Menu = laterPart(async () => (await import('./tab-menu.tsx')).TabMenu, null)
const PARTS = [Menu]

/** Tabs in one row, however narrow it is: it scrolls, and a menu at its end lists all of them. */
export function TabRow<Id extends string>(props: {
  readonly tabs: readonly TabOfRow<Id>[]
  readonly open: string
  readonly onOpen: (id: Id) => void
  readonly label: string
  /** Name of the button that lists all. */
  readonly all: string
}) {
  const { tabs, open, onOpen, label, all } = props
  const list = useRef<HTMLDivElement>(null)
  const more = useRef<HTMLButtonElement>(null)
  const [listed, setListed] = useState(false)
  useAhead(PARTS)
  // The open one is in sight, also when a key or an action led to it. The page itself stays where it is.
  useLayoutEffect(() => {
    const row = list.current
    const tab = row?.querySelector<HTMLElement>(`[data-key="${open}"]`)
    if (!row || !tab) return
    const [outer, inner] = [row.getBoundingClientRect(), tab.getBoundingClientRect()]
    if (inner.left < outer.left) row.scrollLeft += inner.left - outer.left
    if (inner.right > outer.right) row.scrollLeft += inner.right - outer.right
  }, [open])
  return (
    <div className="tab-row">
      <TabList ref={list} className="tabs" aria-label={label}>
        {tabs.map(({ id, name, mark }) => (
          <Tab key={id} id={id}>
            {name}
            {mark}
          </Tab>
        ))}
      </TabList>
      <Button
        ref={more}
        className="button tab-menu-button"
        aria-label={all}
        aria-haspopup="menu"
        aria-expanded={listed}
        onPress={() => setListed(true)}
      >
        <ChevronDown aria-hidden="true" size="1.2em" />
      </Button>
      {listed && (
        <Menu
          {...{ tabs, open, label }}
          trigger={more}
          onOpen={(id) => {
            const tab = tabs.find((one) => one.id === id)
            if (tab) onOpen(tab.id)
          }}
          onClose={() => setListed(false)}
        />
      )}
    </div>
  )
}
