import type { ReactNode } from 'react'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import { upcast } from '../../server/exercise/ledger/upcast.ts'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { TimelinePage } from '../../web/instructor/timeline-page.tsx'
import { CONSOLE_TABS, type ConsoleTab, useConsoleTab } from '../../web/msel/console-tab.ts'
import { NationalPage } from '../../web/national/national-page.tsx'
import { TeamReport, WhiteReport } from '../../web/report/report-page.tsx'
import { ScoreboardPage } from '../../web/scoreboard/scoreboard-page.tsx'
import { StartPage } from '../../web/start/start-page.tsx'
import { TABS } from '../../web/team-room/place.ts'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import dayFile from '../golden/exercise-day.jsonl?raw'
import { demoScenario, demoTeams } from '../kit/demo-scenario.ts'
import { recordLedger } from '../kit/ledger.ts'
import { SECTOR_MS, sectorLedger, sectorTeams } from '../kit/sector-day.ts'

/** A page at a moment of a recorded exercise, as one audience sees it. */
export interface Shot {
  readonly name: string
  readonly hash: string
  readonly audience: Audience
  readonly page: ReactNode
  readonly ledger: readonly Recorded[]
  /** Exercise time at which it is looked at. ms */
  readonly atMs: number
  /** Before it is shown. */
  readonly first?: () => void
}

const STORM_MS = 372_000
const storm = recordLedger(STORM_MS, null, demoScenario, demoTeams)
/** An exercise with everything that people do in it; in its middle, and over. */
const day: readonly Recorded[] = dayFile
  .trimEnd()
  .split('\n')
  .map((line) => upcast(JSON.parse(line)))
const MIDDLE_MS = 150_000
const middle = day.filter(({ at }) => at <= MIDDLE_MS)
const END_MS = 600_000
const many = sectorLedger(sectorTeams(24))

const guest: Audience = { seat: 'guest' }
const white: Audience = { seat: 'white' }
const TEAM = 'saareke'
const blue: Audience = { seat: 'blue', team: TEAM }

const boards = (name: string, ledger: readonly Recorded[], atMs: number): readonly Shot[] => [
  {
    name: `wall ${name}`,
    hash: '#/national?big=1',
    audience: guest,
    page: <NationalPage key="" />,
    ledger,
    atMs,
  },
  {
    name: `scoreboard ${name}`,
    hash: '#/scoreboard',
    audience: guest,
    page: <ScoreboardPage key="" withTechniques={false} />,
    ledger,
    atMs,
  },
]

const tool = (tab: ConsoleTab): Shot => ({
  name: `console ${tab}`,
  hash: '#/instructor',
  audience: white,
  page: <InstructorPage key="" />,
  ledger: middle,
  atMs: MIDDLE_MS,
  first: () => useConsoleTab.getState().open(tab),
})

const roomTab = (tab: string): Shot => ({
  name: `room ${tab}`,
  hash: `#/team/${TEAM}/tax/${tab}`,
  audience: blue,
  page: <TeamPage key="" team={TEAM} />,
  ledger: middle,
  atMs: MIDDLE_MS,
})

/** Every page, each of its tabs, and what changes most of them: many teams, the end. */
export const SHOTS: readonly Shot[] = [
  { name: 'start', hash: '#/', audience: guest, page: <StartPage key="" />, ledger: storm, atMs: STORM_MS },
  {
    name: 'national',
    hash: '#/national',
    audience: guest,
    page: <NationalPage key="" />,
    ledger: storm,
    atMs: STORM_MS,
  },
  {
    name: 'national services',
    hash: '#/national?board=services',
    audience: guest,
    page: <NationalPage key="" />,
    ledger: storm,
    atMs: STORM_MS,
  },
  {
    name: 'scoreboard services',
    hash: '#/scoreboard?board=services',
    audience: guest,
    page: <ScoreboardPage key="" withTechniques={false} />,
    ledger: storm,
    atMs: STORM_MS,
  },
  {
    name: 'observer',
    hash: '#/observer',
    audience: { seat: 'observer' },
    page: <ScoreboardPage key="" withTechniques />,
    ledger: storm,
    atMs: STORM_MS,
  },
  ...boards('storm', storm, STORM_MS),
  ...boards('24 teams', many, SECTOR_MS),
  ...boards('ended', day, END_MS),
  ...TABS.map(roomTab),
  { ...roomTab('overview'), name: 'room ended', ledger: day, atMs: END_MS },
  ...CONSOLE_TABS.map(tool),
  { ...tool('pilots'), name: 'console 24 teams', ledger: many, atMs: SECTOR_MS },
  { ...tool('pilots'), name: 'console ended', ledger: day, atMs: END_MS },
  {
    name: 'report minister',
    hash: '#/report?board=minister',
    audience: white,
    page: <WhiteReport key="" />,
    ledger: day,
    atMs: END_MS,
  },
  {
    name: 'report plan',
    hash: '#/report?board=plan',
    audience: white,
    page: <WhiteReport key="" />,
    ledger: day,
    atMs: END_MS,
  },
  {
    name: 'report rescore',
    hash: '#/report?board=rescore&weights=defence:0',
    audience: white,
    page: <WhiteReport key="" />,
    ledger: day,
    atMs: END_MS,
  },
  {
    name: 'report team',
    hash: `#/team-report/${TEAM}`,
    audience: blue,
    page: <TeamReport key="" team={TEAM} />,
    ledger: day,
    atMs: END_MS,
  },
  {
    name: 'report excon',
    hash: '#/report?board=excon',
    audience: white,
    page: <WhiteReport key="" />,
    ledger: middle,
    atMs: MIDDLE_MS,
  },
  {
    name: 'report excon 24 teams',
    hash: '#/report?board=excon',
    audience: white,
    page: <WhiteReport key="" />,
    ledger: many,
    atMs: SECTOR_MS,
  },
  {
    name: 'timeline',
    hash: '#/timeline',
    audience: white,
    page: <TimelinePage key="" />,
    ledger: middle,
    atMs: MIDDLE_MS,
  },
]
