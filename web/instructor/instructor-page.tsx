import { ExternalLink, FileText, ListChecks } from 'lucide-react'
import { TabPanel, Tabs } from 'react-aria-components'
import { linkTo } from '../app/route.ts'
import { Shell } from '../app/shell.tsx'
import { LedgerPanel } from '../control/ledger-panel.tsx'
import { WallPageControl } from '../control/wall-page-control.tsx'
import { WallSceneControl } from '../control/wall-scene-control.tsx'
import { WhoNeedsMe } from '../control/who-needs-me.tsx'
import { WorldLines } from '../control/world-lines.tsx'
import { useAudience } from '../feed/use-feed.tsx'
import { useWhere } from '../feed/use-here.ts'
import { useExercise } from '../feed/use-view.ts'
import { DeployProgress } from '../kit/deploy-progress.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { Later } from '../kit/later.tsx'
import { useAhead } from '../kit/later-part.tsx'
import { LiveRegion } from '../kit/live-region.tsx'
import { ScrollRegion } from '../kit/scroll-region.tsx'
import { CONSOLE_TABS, useConsoleTab } from '../msel/console-tab.ts'
import { Palette } from '../msel/palette.tsx'
import '../kit/tabs.css'
import { AttackTimeline } from './attack-timeline.tsx'
import {
  AdjustForm,
  BriefingTab,
  CONSOLE_TOOLS,
  EndSummary,
  GradingQueue,
  MessageForm,
  NotesPanel,
  OpenTerminals,
  PeoplePanel,
  SeatList,
} from './console-tools.ts'
import './instructor.css'
import { MachinesAway } from './machines-away.tsx'
import { Pilots } from './pilots.tsx'
import { ServiceMatrix } from './service-matrix.tsx'
import { StorageWarning } from './storage-warning.tsx'
import { ToolRow } from './tool-row.tsx'
import { Transport } from './transport.tsx'

/** With more teams than these the table of services has all the height that there is. */
const MANY = 8

/** White: runs the exercise, sees everything, and sees what the others see. */
export function InstructorPage() {
  const say = useSay()
  const view = useExercise()
  const audience = useAudience()
  const { tab, open: setTab } = useConsoleTab()
  useWhere(tab)
  useAhead(CONSOLE_TOOLS)
  if (audience.seat !== 'white') {
    return (
      <Shell title={say('white.title')} className="white">
        <p>{say('white.noSeat')}</p>
      </Shell>
    )
  }
  return (
    <Shell
      title={say('white.title')}
      className="white"
      tools={
        <>
          <Palette view={view} />
          <a className="button" href={linkTo('timeline')}>
            <ListChecks aria-hidden="true" size="1.1em" />
            {say('msel.title')}
          </a>
          <a className="button" href={linkTo('report')} title={say('report.page.title')}>
            <FileText aria-hidden="true" size="1.1em" />
            <span className="hidden">{say('report.page.title')}</span>
          </a>
          <a className="button" href={linkTo('national')} target="_blank" rel="noreferrer">
            <ExternalLink aria-hidden="true" size="1.1em" />
            {say('white.guests')}
          </a>
        </>
      }
    >
      <div className={view.teams.length > MANY ? 'console console-many' : 'console'}>
        <Transport view={view} />
        <div className="console-troubles">
          <EndSummary view={view} />
          <StorageWarning />
          <WorldLines view={view} />
          {view.failure && (
            <section className="console-failure" role="alert">
              <h2>{say('white.failed', { team: view.failure.team ?? '' })}</h2>
              <p lang="en">{view.failure.reason}</p>
              <ScrollRegion
                className="console-evidence"
                label={say('overview.why', { journey: say('deploy.title') })}
              >
                <pre lang="en">{view.failure.evidence}</pre>
              </ScrollRegion>
            </section>
          )}
          <MachinesAway view={view} />
          {view.isolationLost && (
            <section className="console-failure" role="alert">
              <h2>{say('white.isolationLost', { team: view.isolationLost.team ?? '' })}</h2>
              <p lang="en">{view.isolationLost.what}</p>
              <p>{say('white.isolationLostNow')}</p>
            </section>
          )}
        </div>
        <Later>
          <AttackTimeline view={view} />
          <div className="console-middle">
            {view.phase === 'deploying' && (
              <section className="card" aria-labelledby="deploy">
                <h2 id="deploy">{say('deploy.title')}</h2>
                <DeployProgress view={view} />
              </section>
            )}
            {view.phase !== 'deploying' && <ServiceMatrix view={view} />}
            <LedgerPanel view={view} />
          </div>
          <Tabs
            className="console-side card"
            selectedKey={tab}
            onSelectionChange={(key) => setTab(CONSOLE_TABS.find((one) => one === key) ?? tab)}
          >
            <ToolRow tab={tab} onOpen={setTab} />
            <TabPanel id="pilots" className="tab-panel">
              <Pilots view={view} />
            </TabPanel>
            <TabPanel id="grading" className="tab-panel">
              <GradingQueue view={view} />
            </TabPanel>
            <TabPanel id="people" className="tab-panel">
              <PeoplePanel view={view} />
            </TabPanel>
            <TabPanel id="needs" className="tab-panel">
              <WhoNeedsMe />
            </TabPanel>
            <TabPanel id="terminals" className="tab-panel">
              <OpenTerminals view={view} />
            </TabPanel>
            <TabPanel id="message" className="tab-panel">
              <WallSceneControl />
              <WallPageControl />
              <MessageForm view={view} />
            </TabPanel>
            <TabPanel id="seats" className="tab-panel">
              <SeatList view={view} />
            </TabPanel>
            <TabPanel id="adjust" className="tab-panel">
              <AdjustForm view={view} />
            </TabPanel>
            <TabPanel id="note" className="tab-panel">
              <NotesPanel />
            </TabPanel>
            <TabPanel id="briefing" className="tab-panel">
              <BriefingTab />
            </TabPanel>
          </Tabs>
        </Later>
      </div>
      <LiveRegion summary={say(`pulse.${view.phase}`)} />
    </Shell>
  )
}
