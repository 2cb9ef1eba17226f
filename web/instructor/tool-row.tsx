import { useGrading } from '../feed/use-white.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { TabRow } from '../kit/tab-row.tsx'
import { CONSOLE_TABS, type ConsoleTab, TAB_NAMES } from '../msel/console-tab.ts'

/** The console's tools in one row. */
export function ToolRow({
  tab,
  onOpen,
}: {
  readonly tab: ConsoleTab
  readonly onOpen: (tab: ConsoleTab) => void
}) {
  const say = useSay()
  const { queue, second } = useGrading()
  const waiting: Partial<Record<ConsoleTab, number>> = { grading: queue.length + second.length }
  return (
    <TabRow
      tabs={CONSOLE_TABS.map((id) => ({
        id,
        name: say(TAB_NAMES[id]),
        mark: (waiting[id] ?? 0) > 0 && <span className="tab-count num">{waiting[id]}</span>,
      }))}
      open={tab}
      onOpen={onOpen}
      label={say('white.tools')}
      all={say('white.tools.all')}
    />
  )
}
