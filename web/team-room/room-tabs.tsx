import { type ReactNode, type Ref, Suspense, useState } from 'react'
import { TabPanel, Tabs } from 'react-aria-components'
import type { ExerciseView, ServiceView, TeamView } from '#exercise/views/views.ts'
import { ServiceActs } from '../control/service-acts.tsx'
import { ServiceTaken } from '../control/service-taken.tsx'
import { ReadGrades } from '../kit/fresh-mark.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { WorkClaim } from '../kit/people/work-claim.tsx'
import type { CaseWays } from './cases/case-ways.ts'
import {
  BriefingTab,
  CasesTab,
  InboxTab,
  LogsTab,
  PeopleTab,
  ReportsTab,
  ScoreTab,
  StoryTab,
  TicketsTab,
} from './later-tabs.ts'
import { CitizenView, ServiceCode, TerminalDesk } from './lazy-tools.ts'
import { Overview } from './overview.tsx'
import type { RoomTab, usePlace } from './place.ts'
import { Recording } from './recording.tsx'
import { RoomTabList } from './room-tab-list.tsx'
import { ServiceTerminals, WallPagePut } from './white-in-room.tsx'

interface RoomOf {
  readonly team: TeamView
  readonly view: ExerciseView
  readonly service: ServiceView
  readonly place: ReturnType<typeof usePlace>[0]
  readonly go: ReturnType<typeof usePlace>[1]
  readonly ways: CaseWays
}

/** The middle of a team's room: one view of it at a time. */
export function RoomTabs(
  props: RoomOf & {
    readonly unread: number
    readonly waiting: number
    readonly box: Ref<HTMLDivElement>
  },
) {
  const { team, service, place, go, unread, waiting, box } = props
  const [rule, setRule] = useState<string | null>(null)
  // Whoever looks closer stays with this service, also when another becomes more urgent.
  const choose = (tab: RoomTab) => go({ tab, service: service.id })
  const panels = panelsOf({
    ...props,
    rule,
    onRule: (wanted) => {
      setRule(wanted)
      go({ tab: 'briefing' })
    },
  })
  return (
    <Tabs
      ref={box}
      className="room-middle"
      // Arrow keys walk past the terminal, which would take the keys; Enter opens.
      keyboardActivation="manual"
      selectedKey={place.tab}
      onSelectionChange={(key) => {
        setRule(null)
        choose(key as RoomTab)
      }}
    >
      <RoomTabList
        team={team.id}
        open={place.tab}
        onOpen={choose}
        complaints={team.tickets.filter(({ closedMs }) => closedMs === null).length}
        waiting={waiting}
        unread={unread}
      />
      {Object.entries(panels).map(([id, panel]) => (
        <TabPanel key={id} id={id} className="tab-panel">
          {panel}
        </TabPanel>
      ))}
    </Tabs>
  )
}

function panelsOf({
  team,
  view,
  service,
  place,
  ways,
  rule,
  onRule,
}: RoomOf & {
  readonly rule: string | null
  readonly onRule: (rule: string) => void
}): Readonly<Record<RoomTab, ReactNode>> {
  const over = view.phase === 'ended'
  return {
    overview: (
      <>
        <WorkClaim team={team.id} kind="service" id={service.id} />
        <ServiceTaken team={team.id} service={service.id} />
        <Overview team={team.id} service={service} />
        <ServiceActs team={team} service={service} />
        <Recording key={service.id} team={team.id} service={service} />
        <ServiceTerminals team={team.id} service={service.id} view={view} />
      </>
    ),
    cases: <CasesTab team={team} view={view} chosen={place.case} {...ways} />,
    terminal: (
      <Loading>
        <TerminalDesk key={service.id} team={team.id} service={service} />
      </Loading>
    ),
    code: (
      <Loading>
        <ServiceCode key={service.id} team={team.id} service={service.id} />
      </Loading>
    ),
    citizen: (
      <Loading>
        <CitizenView
          team={team}
          service={service.id}
          beside={(page) => <WallPagePut team={team.id} place={page} />}
        />
      </Loading>
    ),
    tickets: <TicketsTab team={team} over={over} />,
    inbox: <InboxTab team={team.id} over={over} />,
    reports: <ReportsTab key={place.report} team={team} over={over} first={place.report ?? null} />,
    story: <StoryTab team={team} view={view} />,
    logs: <LogsTab key={place.log} team={team} first={place.log} />,
    score: (
      <>
        <ReadGrades team={team.id} kind="line" />
        <ScoreTab team={team} onRule={onRule} />
      </>
    ),
    briefing: <BriefingTab rule={rule} />,
    people: <PeopleTab team={team} view={view} />,
  }
}

function Loading({ children }: { readonly children: ReactNode }) {
  const say = useSay()
  return <Suspense fallback={<p className="soft">{say('wait')}</p>}>{children}</Suspense>
}
