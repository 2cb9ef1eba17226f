import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page as screen } from 'vitest/browser'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import type { WallPage } from '../../server/exercise/scenario/wall-scene.ts'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import { THEMES } from '../../web/app/route.ts'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { useConsoleTab } from '../../web/msel/console-tab.ts'
import { NationalPage } from '../../web/national/national-page.tsx'
import { white } from '../kit/actors.ts'
import { continued, recordLedger } from '../kit/ledger.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const AT = 372_000
const PAGE: WallPage = { team: 'finland', service: 'tax', path: '/', lang: 'en' }
const storm = recordLedger(AT)
const put = continued(storm, AT, [['set-wall-page', { page: PAGE }, white()]])
const dropped = continued(put, AT, [['drop-wall-page', { page: PAGE, reason: 'no-page' }, PLATFORM]])

/** What the platform says of the page; null: it shows none. */
let said: object | null = null
beforeEach(() => {
  said = { ...PAGE, status: 200, ms: 12, failed: null, url: null }
  vi.spyOn(window, 'fetch').mockImplementation(async () =>
    said ? Response.json({ page: said }) : new Response('', { status: 404 }),
  )
})
afterEach(() => {
  vi.restoreAllMocks()
  useConsoleTab.setState({ tab: 'pilots' })
})

const wall = (
  hash = '#/national?big=1',
  lang: (typeof LANGS)[number] = 'en',
  theme: (typeof THEMES)[number] = 'dark',
) => showPage(<NationalPage />, recordedFeed(put, { seat: 'guest' }, AT), { hash, lang, theme })
const bar = (box: HTMLElement) => box.querySelector('.wall-page')?.textContent

test.each([
  [
    {},
    'Tax filing of team Finland, as a citizen sees it nowThe service answered in 12 ms. The page is team Finland’s own.',
  ],
  [{ status: 500 }, 'The service answers with an error (status 500).'],
  [{ status: 0, failed: 'down' }, 'Tax filing does not answer. Citizens see an error of their browser now.'],
  [{ status: 0, failed: 'leads-away' }, 'sends citizens on to another service'],
  [{ status: 0, failed: 'busy' }, 'The page cannot be shown now.'],
])('the bar says in words how it stands: %o', async (more, words) => {
  said = { ...said, ...more }
  const box = await wall()
  await expect.poll(() => bar(box)).toContain(words)
})

test('other pages stay as they are, and so does a wall of a platform that shows no services', async () => {
  const own = await wall('#/national')
  expect(own.querySelector('.wall-page')).toBeNull()
  own.remove()
  said = null
  const box = await wall()
  await expect.poll(() => box.querySelector('.wall-page')).toBeNull()
  expect(box.querySelector('main')?.textContent).not.toBe('')
})

test.each(LANGS.flatMap((lang) => THEMES.map((theme) => [lang, theme] as const)))(
  'wall and console can be used by everybody: %s, %s',
  async (lang, theme) => {
    await screen.viewport(1920, 1080)
    said = { ...said, status: 0, failed: 'down' }
    const box = await wall('#/national?big=1', lang, theme)
    await until(() => box.querySelector('.wall-page-bad'))
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1920)
    expect(await violations(box)).toEqual([])
    await screen.screenshot({ path: `../../.vitest/wall-page-${lang}-${theme}.png` })
    box.remove()
    useConsoleTab.setState({ tab: 'message' })
    const feed = recordedFeed(put, { seat: 'white' }, AT)
    const desk = await showPage(<InstructorPage />, feed, { hash: '#/instructor', lang, theme })
    const control = await until(() => desk.querySelector<HTMLElement>('.wall-page-control'))
    expect(await violations(control)).toEqual([])
    await screen.screenshot({ path: `../../.vitest/wall-page-console-${lang}-${theme}.png` })
    control.querySelector('button')?.click()
    await expect.poll(() => feed.sent.at(-1)).toEqual({ type: 'set-wall-page', data: { page: null } })
  },
)

test('white reads that a page went by itself, and why', async () => {
  useConsoleTab.setState({ tab: 'message' })
  const feed = recordedFeed(dropped, { seat: 'white' }, AT)
  const desk = await showPage(<InstructorPage />, feed, { hash: '#/instructor', lang: 'en', theme: 'dark' })
  await expect.poll(() => desk.textContent).toContain('what the service sent was no page')
})
