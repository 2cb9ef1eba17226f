import { describe, expect, onTestFinished, test } from 'vitest'
import { page } from 'vitest/browser'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { WallScene } from '../../server/exercise/scenario/wall-scene.ts'
import type { Lang } from '../../server/exercise/scenario/words.ts'
import type { Theme } from '../../web/app/route.ts'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { useConsoleTab } from '../../web/msel/console-tab.ts'
import { NationalPage } from '../../web/national/national-page.tsx'
import { white } from '../kit/actors.ts'
import { continued } from '../kit/ledger.ts'
import { misplaced } from '../web/boxes.ts'
import { recordedFeed, showPage, until, violations } from '../web/recorded-feed.tsx'
import { SITUATIONS, type SituationName } from './situations.ts'

const SCENE = {
  situation: '.situation-scene',
  life: '.scene .wall-life',
  flow: '.scene .national-flow',
  story: '.scene .national-story',
  countries: '.country-board',
  day: '.day-schedule',
  services: '.national-tiles',
} as const satisfies Record<WallScene, string>

const PARTS = '.scene-body > *, .country-card, .end-lessons, .wall-curve, .wall-number'

const shown = (
  ledger: readonly Recorded[],
  atMs: number,
  hash: string,
  lang: Lang = 'en',
  theme: Theme = 'dark',
) => showPage(<NationalPage />, recordedFeed(ledger, { seat: 'guest' }, atMs), { hash, lang, theme })
const wall = (name: SituationName, query: string, lang: Lang = 'en', theme: Theme = 'dark') => {
  const { ledger, atMs } = SITUATIONS[name]()
  return shown(ledger, atMs, `#/national?${query}`, lang, theme)
}
/** Parts whose content is cut off. */
const cut = (box: HTMLElement) =>
  [...box.querySelectorAll(PARTS)]
    .filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 2)
    .map(({ className }) => className)
const told = (box: HTMLElement, part: string) => box.querySelector(part)?.textContent ?? ''

describe.each(['life', 'flow', 'story', 'countries', 'day'] as const)('the scene %s', (scene) => {
  test.each([
    [1920, 1080, 'en', 'dark'],
    [1280, 720, 'et', 'light'],
    [1920, 1080, 'ja', 'light'],
    [2560, 1080, 'et', 'dark'],
  ] as const)(
    'lies over nothing and cuts nothing off: %i by %i, %s, %s',
    async (width, height, lang, theme) => {
      await page.viewport(width, height)
      for (const name of ['quiet', 'crisis'] as const) {
        const box = await wall(name, `big=1&board=${scene}`, lang, theme)
        expect(box.querySelector(SCENE[scene])).not.toBeNull()
        await expect.poll(() => misplaced(box)).toEqual([])
        expect(cut(box)).toEqual([])
        expect(document.documentElement.scrollHeight).toBeLessThanOrEqual(height)
        expect(await violations(box)).toEqual([])
        box.remove()
      }
    },
  )

  test('stands on a phone', async () => {
    await page.viewport(390, 844)
    const box = await wall('crisis', `board=${scene}`, 'ja')
    await expect.poll(() => misplaced(box)).toEqual([])
    expect(await violations(box)).toEqual([])
  })
})

describe('the end screen', () => {
  test('says who won, how many were hit when, what was taken, and three lessons in sentences', async () => {
    await page.viewport(1920, 1080)
    const box = await wall('ended', 'big=1')
    expect(told(box, '.end-winner')).toBe('Teams Lithuania and Denmark share the first place')
    expect(told(box, '[aria-labelledby=end-peak]')).toMatch(/3\.47.million.*at 1:02:30/)
    expect(told(box, '[aria-labelledby=end-hours]')).toMatch(/377,000/)
    expect([...box.querySelectorAll('.end-lessons li')].map((item) => item.textContent)).toEqual([
      expect.stringMatching(/^Attackers stayed longest with team Sweden: 12.min, in Population register\. /),
      expect.stringMatching(/^Team Latvia was fastest: .* in 4.min, elsewhere it took up to 12.min\. /),
      expect.stringMatching(/^No service was broken into in more countries than .*: 3 of 8\.$/),
    ])
    expect(await violations(box)).toEqual([])
  })

  test.each([
    [1920, 1080, 'en', 'dark', 'big=1'],
    [1280, 720, 'et', 'light', 'big=1'],
    [3840, 2160, 'ja', 'dark', 'big=1'],
    [390, 844, 'ja', 'dark', ''],
  ] as const)('is whole at %i by %i, %s, %s', async (width, height, lang, theme, query) => {
    await page.viewport(width, height)
    const box = await wall('ended', query, lang, theme)
    await until(() => box.querySelector('.wall-plot canvas'))
    await expect.poll(() => misplaced(box)).toEqual([])
    expect(cut(box)).toEqual([])
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
  })

  test('names nobody while the standings are held back, whoever looks', async () => {
    await page.viewport(1920, 1080)
    const { ledger, atMs } = SITUATIONS.ended()
    const before = ledger.filter(({ at }) => at < atMs)
    const held = continued(before, atMs - 1, [['freeze-standings', {}, white()]])
    const ended = continued(held, atMs, [['pass-time', {}]])
    for (const seat of ['guest', 'white'] as const) {
      const feed = recordedFeed(ended, { seat }, atMs)
      const box = await showPage(<NationalPage />, feed, { hash: '#/national', lang: 'en', theme: 'dark' })
      await until(() => box.querySelector('.end-winner'))
      expect(told(box, '.end-winner')).toBe('Who comes first will be announced.')
      box.remove()
    }
  })
})

describe('what white wants all walls to show', () => {
  const setTo = (scene: WallScene | null) => {
    const { ledger, atMs } = SITUATIONS.cascade()
    return { ledger: continued(ledger, atMs, [['set-wall-scene', { scene }, white()]]), atMs }
  }

  test('big screens follow, whatever their address says, and say nothing about who; a page stays as it is', async () => {
    await page.viewport(1920, 1080)
    const { ledger, atMs } = setTo('countries')
    const box = await shown(ledger, atMs, '#/national?big=1&board=day&rotate=20')
    expect(box.querySelector(SCENE.countries)).not.toBeNull()
    expect(box.textContent).not.toMatch(/instructor|white/i)
    box.remove()
    const own = await shown(ledger, atMs, '#/national?board=day')
    expect(own.querySelector(SCENE.day)).not.toBeNull()
  })

  test('is chosen on the console, and given back', async () => {
    await page.viewport(1920, 1080)
    const { ledger, atMs } = setTo('story')
    const feed = recordedFeed(ledger, { seat: 'white' }, atMs)
    onTestFinished(() => useConsoleTab.setState({ tab: 'pilots' }))
    useConsoleTab.setState({ tab: 'message' })
    const box = await showPage(<InstructorPage />, feed, { hash: '#/instructor', lang: 'en', theme: 'dark' })
    await until(() => box.querySelector('.wall-scene-control'))
    const choice = box.querySelector<HTMLSelectElement>('.wall-scene-control select')
    expect(choice?.value).toBe('story')
    for (const value of ['life', '']) {
      if (!choice) throw new Error('no choice')
      choice.value = value
      choice.dispatchEvent(new Event('change', { bubbles: true }))
      await expect.poll(() => feed.sent.at(-1)?.type).toBe('set-wall-scene')
      await expect.poll(() => choice.disabled).toBe(false)
    }
    expect(feed.sent.map(({ data }) => data)).toEqual([{ scene: 'life' }, { scene: null }])
  })
})

describe('a wall that changes its views', () => {
  const button = (box: HTMLElement, name: string) =>
    box.querySelector<HTMLButtonElement>(`button[aria-label="${name}"]`)

  test('goes on to the next one by itself, until it is stopped', async () => {
    await page.viewport(1920, 1080)
    const box = await wall('cascade', 'big=1&rotate=5')
    expect(box.querySelector(SCENE.situation)).not.toBeNull()
    await expect.poll(() => box.querySelector(SCENE.life), { timeout: 8_000 }).not.toBeNull()
    button(box, 'Stop changing views')?.click()
    await until(() => button(box, 'Go on changing views'))
    await new Promise((resolve) => setTimeout(resolve, 6_000))
    expect(box.querySelector(SCENE.life)).not.toBeNull()
  }, 25_000)

  test('starts where nobody asked for it with one press, which the address keeps', async () => {
    const box = await wall('quiet', 'big=1')
    button(box, 'Change views automatically')?.click()
    await until(() => button(box, 'Stop changing views'))
    expect(location.hash).toContain('rotate=20')
  })
})
