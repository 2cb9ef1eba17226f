import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { linkTo } from '../app/route.ts'
import { Shell } from '../app/shell.tsx'
import { useAudience } from '../feed/use-feed.tsx'
import { useExercise } from '../feed/use-view.ts'
import { DeployProgress } from '../kit/deploy-progress.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { LiveRegion } from '../kit/live-region.tsx'
import { Matrix } from '../kit/matrix.tsx'
import { ScrollRegion } from '../kit/scroll-region.tsx'
import '../kit/tabs.css'
import { AdjustForm } from './adjust-form.tsx'
import { AttackTimeline } from './attack-timeline.tsx'
import './instructor.css'
import { LedgerTail } from './ledger-tail.tsx'
import { NoteForm } from './note-form.tsx'
import { Pilots } from './pilots.tsx'
import { SeatList } from './seat-list.tsx'
import { StorageWarning } from './storage-warning.tsx'
import { Transport } from './transport.tsx'

/** White: runs the exercise, sees everything, and sees what the others see. */
export function InstructorPage() {
  const say = useSay()
  const view = useExercise()
  const audience = useAudience()
  const [tab, setTab] = useState('pilots')
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
        <a className="button" href={linkTo('national')} target="_blank" rel="noreferrer">
          <ExternalLink aria-hidden="true" size="1.1em" />
          {say('white.guests')}
        </a>
      }
    >
      <div className="console">
        <Transport view={view} />
        <div className="console-troubles">
          <StorageWarning />
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
          {view.isolationLost && (
            <section className="console-failure" role="alert">
              <h2>{say('white.isolationLost', { team: view.isolationLost.team ?? '' })}</h2>
              <p lang="en">{view.isolationLost.what}</p>
              <p>{say('white.isolationLostNow')}</p>
            </section>
          )}
        </div>
        <AttackTimeline view={view} />
        <div className="console-middle">
          {view.phase === 'deploying' && (
            <section className="card" aria-labelledby="deploy">
              <h2 id="deploy">{say('deploy.title')}</h2>
              <DeployProgress view={view} />
            </section>
          )}
          {view.phase !== 'deploying' && (
            <section className="card console-matrix" aria-labelledby="matrix">
              <h2 id="matrix">{say('matrix.title')}</h2>
              <Matrix view={view} withPoints roomOf={(team) => linkTo('instructor', team)} />
            </section>
          )}
          <LedgerTail view={view} />
        </div>
        <Tabs
          className="console-side card"
          selectedKey={tab}
          onSelectionChange={(key) => setTab(String(key))}
        >
          <TabList className="tabs" aria-label={say('white.tools')}>
            <Tab id="pilots">{say('white.tab.pilots')}</Tab>
            <Tab id="seats">{say('white.tab.seats')}</Tab>
            <Tab id="adjust">{say('white.tab.adjust')}</Tab>
            <Tab id="note">{say('white.tab.note')}</Tab>
          </TabList>
          <TabPanel id="pilots" className="tab-panel">
            <Pilots view={view} />
          </TabPanel>
          <TabPanel id="seats" className="tab-panel">
            <SeatList view={view} />
          </TabPanel>
          <TabPanel id="adjust" className="tab-panel">
            <AdjustForm view={view} />
          </TabPanel>
          <TabPanel id="note" className="tab-panel">
            <NoteForm />
          </TabPanel>
        </Tabs>
      </div>
      <LiveRegion summary={say(`pulse.${view.phase}`)} />
    </Shell>
  )
}
