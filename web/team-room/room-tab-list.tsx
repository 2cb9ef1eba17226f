import type { ReactNode } from 'react'
import { FreshCount } from '../kit/fresh-mark.tsx'
import type { MessageKey } from '../kit/i18n/message-keys.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { TabRow } from '../kit/tab-row.tsx'
import { FollowedMark } from '../terminal/followed-mark.tsx'
import { type RoomTab, TABS } from './place.ts'

const NAMES: Readonly<Record<RoomTab, MessageKey>> = {
  overview: 'team.tab.overview',
  cases: 'team.tab.cases',
  terminal: 'team.tab.terminal',
  code: 'team.tab.code',
  logs: 'team.tab.logs',
  citizen: 'team.tab.citizen',
  inbox: 'team.tab.inbox',
  reports: 'team.tab.reports',
  tickets: 'team.tab.tickets',
  score: 'team.tab.score',
  story: 'team.tab.story',
  briefing: 'team.tab.briefing',
  people: 'team.tab.people',
}

/** The views of a team's room in one row, each with how much in it waits for somebody. */
export function RoomTabList(props: {
  readonly team: string
  readonly open: string
  readonly onOpen: (tab: RoomTab) => void
  readonly unread: number
  readonly complaints: number
  readonly waiting: number
}) {
  const say = useSay()
  const { team, open, onOpen, unread, complaints, waiting } = props
  const marks: Partial<Record<RoomTab, ReactNode>> = {
    cases: unread > 0 && (
      <span className="tab-count">
        <span className="num" aria-hidden="true">
          {unread}
        </span>
        <span className="hidden">{say('case.count', { count: unread })}</span>
      </span>
    ),
    terminal: <FollowedMark team={team} />,
    inbox: (
      <>
        <Count n={waiting} />
        <FreshCount team={team} kind="inject" />
      </>
    ),
    reports: <FreshCount team={team} kind="report" />,
    tickets: <Count n={complaints} />,
    score: <FreshCount team={team} kind="line" />,
  }
  return (
    <TabRow
      tabs={TABS.map((id) => ({ id, name: say(NAMES[id]), mark: marks[id] }))}
      open={open}
      onOpen={onOpen}
      label={say('team.tabs')}
      all={say('team.tabs.all')}
    />
  )
}

const Count = ({ n }: { readonly n: number }) => n > 0 && <span className="tab-count num">{n}</span>
