import { expect, test, vi } from 'vitest'
import { exerciseView } from '../../server/exercise/views/exercise-view.ts'
import { nationalView } from '../../server/exercise/views/national-view.ts'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { NationalPage } from '../../web/national/national-page.tsx'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { recordLedger } from '../kit/ledger.ts'
import { recordedFeed, showPage, until } from './recorded-feed.tsx'

vi.mock(import('../../server/exercise/views/exercise-view.ts'), { spy: true })
vi.mock(import('../../server/exercise/views/national-view.ts'), { spy: true })

const STORM_MS = 372_000
const storm = recordLedger(STORM_MS)

const PAGES = {
  'a team room with all its score lines': ['blue', <TeamPage key="team" team="finland" />, '#/team/finland'],
  'the instructor’s console': ['white', <InstructorPage key="white" />, '#/instructor'],
  'the national picture': ['guest', <NationalPage key="guest" />, '#/national'],
} as const

for (const [name, [seat, shown, hash]] of Object.entries(PAGES))
  test(`${name} computes each view once a second`, async () => {
    const feed = recordedFeed(storm, seat === 'blue' ? { seat, team: 'finland' } : { seat }, STORM_MS)
    sessionStorage.clear()
    const box = await showPage(shown, feed, { hash, lang: 'en', theme: 'dark' })
    const tab = [...box.querySelectorAll<HTMLElement>('[role=tab]')].find(
      (known) => known.textContent === 'Score',
    )
    tab?.click()
    if (tab) await until(() => box.querySelectorAll('.score-line').length > 5)
    await new Promise((resolve) => setTimeout(resolve, 100))
    for (const view of [exerciseView, nationalView]) vi.mocked(view).mockClear()
    feed.store.setState(({ atMs }) => ({ atMs: atMs + 1_000 }))
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(vi.mocked(exerciseView).mock.calls.length).toBe(1)
    expect(vi.mocked(nationalView).mock.calls.length).toBeLessThanOrEqual(1)
  })
