import { describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import { THEMES } from '../../web/app/route.ts'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { en } from '../../web/kit/i18n/en.ts'
import { NationalPage } from '../../web/national/national-page.tsx'
import { ScoreboardPage } from '../../web/scoreboard/scoreboard-page.tsx'
import { StartPage } from '../../web/start/start-page.tsx'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { recordLedger } from '../kit/ledger.ts'
import { recordedFeed, showPage, violations } from './recorded-feed.tsx'

const STORM_MS = 372_000
const storm = recordLedger(STORM_MS)
const deploying = recordLedger(-1)
const over = recordLedger(600_000)
const blackout = recordLedger(STORM_MS, 'down')

const guest: Audience = { seat: 'guest' }
const PAGES = [
  { name: 'start', hash: '#/', audience: guest, element: <StartPage /> },
  {
    name: 'scoreboard',
    hash: '#/scoreboard',
    audience: guest,
    element: <ScoreboardPage withTechniques={false} />,
  },
  {
    name: 'observer',
    hash: '#/observer',
    audience: { seat: 'observer' },
    element: <ScoreboardPage withTechniques />,
  },
  { name: 'national', hash: '#/national', audience: guest, element: <NationalPage /> },
  { name: 'big screen', hash: '#/national?big=1', audience: guest, element: <NationalPage /> },
  {
    name: 'team',
    hash: '#/team/finland',
    audience: { seat: 'blue', team: 'finland' },
    element: <TeamPage team="finland" />,
  },
  { name: 'instructor', hash: '#/instructor', audience: { seat: 'white' }, element: <InstructorPage /> },
] as const satisfies readonly { readonly audience: Audience; readonly [key: string]: unknown }[]

const SIZES = [
  [1920, 1080],
  [390, 844],
] as const

for (const { name, hash, audience, element } of PAGES) {
  describe(name, () => {
    for (const lang of LANGS) {
      for (const theme of THEMES) {
        test(`${lang}, ${theme}: axe finds nothing, and nothing is wider than the screen`, async () => {
          const feed = recordedFeed(storm, audience, STORM_MS)
          await page.viewport(1920, 1080)
          const box = await showPage(element, feed, { hash, lang, theme })
          expect(await violations(box)).toEqual([])
          for (const [width, height] of SIZES) {
            await page.viewport(width, height)
            // A page that draws by its size does so a moment after it has changed.
            await expect
              .poll(() => document.documentElement.scrollWidth, { message: `${width} px` })
              .toBeLessThanOrEqual(width)
          }
        })
      }
    }
  })
}

describe('other moments', () => {
  test.each([
    ['while enclaves come up', deploying, 0],
    ['after the end', over, 600_000],
  ] as const)('%s axe finds nothing', async (_name, ledger, atMs) => {
    for (const { hash, audience, element } of PAGES) {
      const box = await showPage(element, recordedFeed(ledger, audience, atMs), {
        hash,
        lang: 'en',
        theme: 'dark',
      })
      expect(await violations(box)).toEqual([])
      box.remove()
    }
  })
})

test('while enclaves come up nobody is told that all is well', async () => {
  const feed = recordedFeed(deploying, guest, 0)
  const wall = await showPage(<NationalPage />, feed, { hash: '#/national', lang: 'en', theme: 'dark' })
  expect(wall.querySelector('.national-number')?.textContent).toBe('–')
  for (const well of [
    'national.affected.rest_zero',
    'wall.expected.normal',
    'wall.curve.none',
    'wall.life.fine_other',
  ] as const)
    expect(wall.textContent).not.toContain(en[well])
  wall.remove()
  const box = await showPage(<NationalPage />, feed, {
    hash: '#/national?board=services',
    lang: 'en',
    theme: 'dark',
  })
  expect(box.querySelector('.national-number')?.textContent).toBe('–')
  expect(box.textContent).not.toContain(en['national.affected.rest_zero'])
  expect(box.querySelector('.national-countries')?.textContent).not.toContain(en['country.holding'])
  expect(box.querySelector('.national-countries')?.textContent).toContain(en['pulse.deploying'])
  box.remove()
})

describe('a projector never scrolls', () => {
  for (const [width, height] of [
    [1920, 1080],
    [3840, 2160],
  ] as const) {
    test.each(LANGS)(`national picture at ${width} x ${height}, %s: every part is whole`, async (lang) => {
      await page.viewport(width, height)
      for (const [hash, ledger] of [
        ['#/national', storm],
        ['#/national', blackout],
        ['#/national?big=1', storm],
        ['#/national?big=1', blackout],
        ['#/national?board=services', storm],
        ['#/national?board=services', blackout],
        ['#/national?board=services&big=1', storm],
        ['#/national?board=services&big=1', blackout],
      ] as const) {
        const box = await showPage(<NationalPage />, recordedFeed(ledger, guest, STORM_MS), {
          hash,
          lang,
          theme: 'dark',
        })
        expect(document.documentElement.scrollHeight).toBeLessThanOrEqual(height)
        expect(cutParts(box)).toEqual([])
        box.remove()
      }
    })
  }

  test.each(LANGS)('scoreboard at 1920 x 1080, %s: every part is whole', async (lang) => {
    await page.viewport(1920, 1080)
    const feed = recordedFeed(storm, guest, STORM_MS)
    const box = await showPage(<ScoreboardPage withTechniques={false} />, feed, {
      hash: '#/scoreboard',
      lang,
      theme: 'dark',
    })
    expect(document.documentElement.scrollHeight).toBeLessThanOrEqual(1080)
    expect(cutParts(box)).toEqual([])
  })
})

/** Tiles, cards and sections whose content does not fit into them; the story feed hides whole items on purpose. */
function cutParts(box: HTMLElement): string[] {
  const parts = [
    ...box.querySelectorAll<HTMLElement>('.tile, .chip, .card, section, .day-name, .standings td'),
  ]
  return parts
    .filter((part) => !part.querySelector('.story') && !part.closest('.story'))
    .filter((part) => part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1)
    .map((part) => `${part.className}: ${part.textContent?.slice(0, 60)}`)
}
