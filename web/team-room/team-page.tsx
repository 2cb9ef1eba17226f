import { ArrowLeft } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { linkTo, useRoute } from '../app/route.ts'
import { Shell } from '../app/shell.tsx'
import { BriefingTab } from '../briefing/briefing-tab.tsx'
import { FrozenNote } from '../control/frozen-note.tsx'
import { ServiceActs } from '../control/service-acts.tsx'
import { ServiceTaken } from '../control/service-taken.tsx'
import { useAudience } from '../feed/use-feed.tsx'
import { useWhere } from '../feed/use-here.ts'
import { useExercise, useInbox } from '../feed/use-view.ts'
import { InboxTab } from '../inbox/inbox-tab.tsx'
import { FreshCount, ReadGrades } from '../kit/fresh-mark.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { LiveRegion } from '../kit/live-region.tsx'
import { Outcome } from '../kit/outcome.tsx'
import { LastHandover } from '../kit/people/handover.tsx'
import { WorkClaim } from '../kit/people/work-claim.tsx'
import { NextSteps } from './next-steps.tsx'
import '../kit/tabs.css'
import { unusable } from '#exercise/fold/verdicts.ts'
import type { Phase } from '#exercise/scenario/model.ts'
import type { ExerciseView, TeamView } from '#exercise/views/views.ts'
import { ReportsTab } from '../reports/reports-tab.tsx'
import { FollowedMark } from '../terminal/followed-mark.tsx'
import { ServiceTerminals } from '../terminal/service-terminals.tsx'
import { Attacks } from './attacks.tsx'
import { Hints } from './hints.tsx'
import { InboxLine } from './inbox-line.tsx'
import { LogsTab } from './logs-tab.tsx'
import { mostUrgent } from './most-urgent.ts'
import { Overview } from './overview.tsx'
import { PeopleTab } from './people-tab.tsx'
import { usePlace } from './place.ts'
import { Preparation } from './preparation.tsx'
import { ScoreTab } from './score-tab.tsx'
import { ServiceList } from './service-list.tsx'
import { StoryTab } from './story-tab.tsx'
import { TakeOver } from './take-over.tsx'
import { TicketsTab } from './tickets-tab.tsx'
import { Tutor } from './tutor.tsx'
import './team-room.css'

const TerminalTab = lazy(async () => ({
  default: (await import('../terminal/terminal-tab.tsx')).TerminalTab,
}))

/**
 * A blue team's room: what it defends, why it stands as it does, and a terminal to do something about it. The instructor may look into every one, and do
 * there what the seat may.
 */
export function TeamPage({ team: id }: { readonly team: string }) {
  const say = useSay()
  const view = useExercise()
  const audience = useAudience()
  const team = view.teams.find((known) => known.id === id)
  const { scene } = useRoute()
  const mine = audience.seat === 'white' || (audience.seat === 'blue' && audience.team === id)
  if (!team || !mine) {
    return (
      <Shell title={say('team.title')} className="team">
        <p>{say(scene === 'instructor' ? 'white.noSeat' : 'team.noSeat')}</p>
      </Shell>
    )
  }
  return <Room team={team} view={view} />
}

const BEGUN: readonly Phase[] = ['running', 'paused', 'ended']

function Room({ team, view }: { readonly team: TeamView; readonly view: ExerciseView }) {
  const say = useSay()
  const { scene } = useRoute()
  const [place, go] = usePlace(team.id, BEGUN.includes(view.phase))
  const [rule, setRule] = useState<string | null>(null)
  const tabs = useRef<HTMLDivElement>(null)
  const service = team.services.find((known) => known.id === place.service) ?? mostUrgent(team.services)
  useWhere(place.tab, service?.id)
  if (!service) return null
  const complaints = team.tickets.filter(({ closedMs }) => closedMs === null).length
  // What wants an answer, and what nobody has read: a word from exercise control must not wait unseen.
  const waiting = useInbox(team.id).filter(
    ({ standing, readMs }) =>
      standing === 'open' || standing === 'overdue' || (standing === 'notice' && readMs === null),
  )
  const down = team.services.filter((one) => unusable(one.verdict))
  return (
    <Shell
      title={say('team.of', { team: say.text(team.name) })}
      className="team"
      tools={
        scene === 'instructor' && (
          <a className="button" href={linkTo('instructor')}>
            <ArrowLeft aria-hidden="true" size="1.1em" />
            {say('white.title')}
          </a>
        )
      }
      aside={
        <span className="team-score">
          {view.teams.length > 1 && <span className="soft">{say('team.rank', { n: team.rank })} </span>}
          <b className="num">{say.points(team.score.total)}</b>{' '}
          <span className="soft num">
            {view.phase === 'ended'
              ? say('standings.ofAll', { possible: say.points(team.score.possible) })
              : say('team.of.points', { n: say.points(team.score.possible) })}
          </span>
          {view.frozenMs !== undefined && (
            <span className="soft num"> · {say('team.heldSince', { time: say.clock(view.frozenMs) })}</span>
          )}
        </span>
      }
    >
      <div className="room">
        <div className="room-banner">
          {place.tab !== 'inbox' && (
            <InboxLine
              waiting={waiting}
              onGo={() => {
                go({ tab: 'inbox' })
                tabs.current?.scrollIntoView()
              }}
            />
          )}
          {view.phase === 'ended' && view.frozenMs === undefined ? (
            <Outcome view={view}>
              <NextSteps
                onGo={(tab) => {
                  go({ tab })
                  if (matchMedia('(max-width: 74.99rem)').matches) tabs.current?.scrollIntoView()
                }}
              />
            </Outcome>
          ) : (
            <TakeOver team={team} />
          )}
          <Preparation />
          <FrozenNote view={view} />
        </div>
        <ServiceList
          team={team.id}
          services={team.services}
          chosen={service.id}
          onChoose={(id) => go({ service: id })}
        />
        <Tabs
          ref={tabs}
          className="room-middle"
          // Arrow keys walk past the terminal, which would take the keys; Enter opens.
          keyboardActivation="manual"
          selectedKey={place.tab}
          // Whoever looks closer stays with this service, also when another becomes more urgent.
          onSelectionChange={(key) => {
            setRule(null)
            go({ tab: String(key), service: service.id })
          }}
        >
          <TabList className="tabs" aria-label={say('team.tabs')}>
            <Tab id="overview">{say('team.tab.overview')}</Tab>
            <Tab id="terminal">
              {say('team.tab.terminal')}
              <FollowedMark team={team.id} />
            </Tab>
            <Tab id="tickets">
              {say('team.tab.tickets')}
              {complaints > 0 && <span className="tab-count num">{complaints}</span>}
            </Tab>
            <Tab id="inbox">
              {say('team.tab.inbox')}
              {waiting.length > 0 && <span className="tab-count num">{waiting.length}</span>}
              <FreshCount team={team.id} kind="inject" />
            </Tab>
            <Tab id="reports">
              {say('team.tab.reports')}
              <FreshCount team={team.id} kind="report" />
            </Tab>
            <Tab id="story">{say('team.tab.story')}</Tab>
            <Tab id="logs">{say('team.tab.logs')}</Tab>
            <Tab id="score">
              {say('team.tab.score')}
              <FreshCount team={team.id} kind="line" />
            </Tab>
            <Tab id="briefing">{say('team.tab.briefing')}</Tab>
            <Tab id="people">{say('team.tab.people')}</Tab>
          </TabList>
          <TabPanel id="overview" className="tab-panel">
            <WorkClaim team={team.id} kind="service" id={service.id} />
            <ServiceTaken team={team.id} service={service.id} />
            <Overview team={team.id} service={service} />
            <ServiceActs team={team} service={service} />
            <ServiceTerminals team={team.id} service={service.id} view={view} />
          </TabPanel>
          <TabPanel id="terminal" className="tab-panel">
            <Suspense fallback={<p className="soft">{say('terminal.loading')}</p>}>
              <TerminalTab key={service.id} team={team.id} service={service} />
            </Suspense>
          </TabPanel>
          <TabPanel id="tickets" className="tab-panel">
            <TicketsTab team={team} over={view.phase === 'ended'} />
          </TabPanel>
          <TabPanel id="inbox" className="tab-panel">
            <InboxTab team={team.id} over={view.phase === 'ended'} />
          </TabPanel>
          <TabPanel id="reports" className="tab-panel">
            <ReportsTab team={team} over={view.phase === 'ended'} />
          </TabPanel>
          <TabPanel id="story" className="tab-panel">
            <StoryTab team={team} view={view} />
          </TabPanel>
          <TabPanel id="logs" className="tab-panel">
            <LogsTab key={place.log} team={team} first={place.log} />
          </TabPanel>
          <TabPanel id="score" className="tab-panel">
            <ReadGrades team={team.id} kind="line" />
            <ScoreTab
              team={team}
              onRule={(wanted) => {
                setRule(wanted)
                go({ tab: 'briefing' })
              }}
            />
          </TabPanel>
          <TabPanel id="briefing" className="tab-panel">
            <BriefingTab rule={rule} />
          </TabPanel>
          <TabPanel id="people" className="tab-panel">
            <PeopleTab team={team} view={view} />
          </TabPanel>
        </Tabs>
        <div className="room-side">
          {/* What needs somebody first. */}
          <Attacks attacks={team.attacks} services={team.services} />
          <Tutor team={team} />
          <LastHandover team={team.id} />
          <Hints team={team} service={service} over={view.phase === 'ended'} />
        </div>
      </div>
      <LiveRegion
        summary={
          down.length > 0
            ? say('team.summary.down', { services: say.list(down.map((one) => say.text(one.title))) })
            : team.services.some(({ verdict }) => verdict === 'unknown')
              ? ''
              : say('team.summary.up')
        }
      />
    </Shell>
  )
}
