import { afterEach, describe, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import type { ExerciseSummary } from '../../server/exercise/wire/protocol.ts'
import { THEMES } from '../../web/app/route.ts'
import { StartPage } from '../../web/start/start-page.tsx'
import { recordLedger } from '../kit/ledger.ts'
import { text } from '../kit/small-scenario.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const AT = 372_000
const ledger = recordLedger(AT)
const created = ledger[0]
const shown = created?.type === 'exercise.created' ? created.data.exerciseId : ''

const summary = (id: string, more: Partial<ExerciseSummary>): ExerciseSummary => ({
  id,
  scenario: 'storm',
  title: text(`Storm ${id}`),
  name: null,
  phase: 'running',
  createdWall: Date.UTC(2026, 10, 28, 9, 5),
  startsWall: null,
  endedWall: null,
  teams: [],
  deployed: null,
  archived: false,
  open: true,
  current: false,
  ...more,
})

const serve = (exercises: readonly ExerciseSummary[]) =>
  vi.stubGlobal('fetch', async (path: string) => {
    expect(path).toBe('/api/exercises')
    return new Response(JSON.stringify({ exercises }), { headers: { 'content-type': 'application/json' } })
  })

afterEach(() => vi.unstubAllGlobals())

const start = (lang: (typeof LANGS)[number], theme: (typeof THEMES)[number], hash = '#/') =>
  showPage(<StartPage />, recordedFeed(ledger, { seat: 'guest' }, AT), { hash, lang, theme })

describe('the list of exercises', () => {
  for (const lang of LANGS)
    for (const theme of THEMES)
      test(`${lang}, ${theme}: axe finds nothing, and nothing is wider than the screen`, async () => {
        serve([
          summary(shown, { current: true }),
          summary('b', { phase: 'paused' }),
          summary('c', { phase: 'ended', open: false }),
          summary('d', { phase: 'left', open: false, title: text('W'.repeat(60)) }),
        ])
        await page.viewport(1920, 1080)
        const box = await start(lang, theme)
        await until(() => box.querySelector('.start-exercises'))
        expect(await violations(box)).toEqual([])
        await page.viewport(390, 844)
        expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390)
      })

  test('leads to each of them, keeps language and theme, and says which one the page shows', async () => {
    serve([
      summary(shown, { current: true }),
      summary('b', {}),
      summary('c', { phase: 'ended', open: false }),
    ])
    const box = await start('en', 'dark', '#/?lang=en&theme=dark')
    const list = await until(() => box.querySelector('.start-exercises'))
    const links = [...list.querySelectorAll('li > a')]
    expect(links.map((link) => link.getAttribute('href'))).toEqual(
      [shown, 'b', 'c'].map((id) => `#/e/${id}?lang=en&theme=dark`),
    )
    // What is over is played again from its beginning.
    expect([...list.querySelectorAll('.start-looks a')].map((link) => link.getAttribute('href'))).toEqual([
      '#/e/c/national?lang=en&theme=dark&at=0',
    ])
    expect(links.map((link) => link.getAttribute('aria-current'))).toEqual(['page', null, null])
    expect([...list.querySelectorAll('li')].map((item) => item.innerText.replaceAll('\n', ' '))).toEqual([
      expect.stringMatching(/^Storm \S+ Live made \d+ Nov, \d\d:05$/),
      expect.stringMatching(/^Storm b Live made /),
      expect.stringMatching(/^Storm c Ended made .* Replay$/),
    ])
  })

  test('is not there where there is nothing to choose, or no answer', async () => {
    serve([summary(shown, { current: true })])
    const box = await start('en', 'dark')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(box.querySelector('.start-exercises')).toBeNull()
    vi.stubGlobal('fetch', async () => new Response('no', { status: 503 }))
    const other = await start('en', 'dark')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(other.querySelector('.start-exercises')).toBeNull()
  })
})
