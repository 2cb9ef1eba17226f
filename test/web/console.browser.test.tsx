import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { CONSOLE_TABS, useConsoleTab } from '../../web/msel/console-tab.ts'
import { inject } from '../exercise/made-scenario.ts'
import { blue } from '../kit/actors.ts'
import { demoScenario, demoTeams } from '../kit/demo-scenario.ts'
import { continued, recordLedger } from '../kit/ledger.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const NOW_MS = 372_000
const [first = ''] = demoTeams.map(({ id }) => id)
const scenario = {
  ...demoScenario,
  injects: [inject('press', 60_000)],
  scoring: { ...demoScenario.scoring, strategic: 0 },
}
const ledger = continued(recordLedger(NOW_MS, null, scenario), NOW_MS, [
  ['send-inject', { team: first, inject: 'press' }],
  [
    'answer-inject',
    { team: first, inject: 'press', content: { kind: 'text', text: 'Nobody is.' }, seen: 0 },
    blue(`blue-${first}`),
  ],
])

const console = async (lang: 'en' | 'et' | 'ja' = 'en', theme: 'dark' | 'light' = 'dark') => {
  const feed = recordedFeed(ledger, { seat: 'white' }, NOW_MS)
  const box = await showPage(<InstructorPage />, feed, { hash: '#/instructor', lang, theme })
  await until(() => box.querySelector('.console-side .tabs'))
  return box
}
const tabsOf = (box: HTMLElement) => [...box.querySelectorAll<HTMLElement>('.console-side [role=tab]')]

beforeEach(() => {
  sessionStorage.clear()
  useConsoleTab.setState({ tab: 'pilots' })
})

describe.each([
  [1920, 1080],
  [1440, 900],
  [1366, 768],
  [390, 844],
] as const)('the console, %i by %i', (width, height) => {
  test.each([
    ['en', 'dark'],
    ['et', 'light'],
    ['ja', 'dark'],
  ] as const)(
    'its tools are one row, and its table is whole or scrolls in itself: %s, %s',
    async (lang, theme) => {
      await page.viewport(width, height)
      const box = await console(lang, theme)
      expect(new Set(tabsOf(box).map((tab) => Math.round(tab.getBoundingClientRect().top))).size).toBe(1)
      const side = box.querySelector('.console-side')?.getBoundingClientRect()
      const menu = box.querySelector('.tab-menu-button')?.getBoundingClientRect()
      expect(menu?.right).toBeLessThanOrEqual(side?.right ?? 0)
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
      // No team is cut off: the table ends before its region does, or the region scrolls and has the names of teams at its edge.
      const region = await until(() => box.querySelector<HTMLElement>('.matrix-scroll'))
      const card = box.querySelector('.console-matrix')?.getBoundingClientRect()
      await expect.poll(() => region.getBoundingClientRect().bottom).toBeLessThanOrEqual(card?.bottom ?? 0)
      expect(region.getBoundingClientRect().right).toBeLessThanOrEqual(card?.right ?? 0)
      // Three teams are whole.
      expect(region.scrollHeight).toBeLessThanOrEqual(region.clientHeight + 1)
      region.scrollLeft = 10_000
      const names = [...region.querySelectorAll('tbody th')].map((name) => name.getBoundingClientRect().left)
      expect(new Set(names.map((left) => Math.round(left - region.getBoundingClientRect().left)))).toEqual(
        new Set([0]),
      )
      region.scrollLeft = 0
      expect(await violations(box)).toEqual([])
      await page.screenshot({ path: `../../.kilp/shots/console-${width}-${lang}.png` })
    },
  )
})

test('by keys along the row, and from the menu that lists all; what waits is counted; the open one is in sight', async () => {
  await page.viewport(1366, 768)
  const box = await console()
  const grading = tabsOf(box).find((tab) => tab.textContent?.startsWith('Grading'))
  expect(grading?.querySelector('.tab-count')?.textContent).toBe('1')
  const inSight = (name: string) => {
    const tab = tabsOf(box)
      .find((one) => one.textContent?.startsWith(name))
      ?.getBoundingClientRect()
    const row = box.querySelector('.console-side .tabs')?.getBoundingClientRect()
    return Boolean(tab && row && tab.left >= row.left - 1 && tab.right <= row.right + 1)
  }
  expect(inSight('Briefing')).toBe(false)
  tabsOf(box)[0]?.focus()
  await userEvent.keyboard('{End}')
  await expect.poll(() => box.querySelector('[role=tab][aria-selected=true]')?.textContent).toBe('Briefing')
  await expect.poll(() => inSight('Briefing')).toBe(true)
  await page.getByRole('button', { name: 'All tools' }).click()
  const items = await until(() => {
    const all = [...document.querySelectorAll('[role=menuitemradio]')].map((item) => item.textContent)
    return all.length === CONSOLE_TABS.length && all
  })
  expect(items).toContain('Grading1')
  expect(await violations(document.body)).toEqual([])
  await page.screenshot({ path: '../../.kilp/shots/console-tools.png' })
  await userEvent.keyboard('gr{Enter}')
  await expect.poll(() => box.querySelector('[role=tab][aria-selected=true]')?.textContent).toBe('Grading1')
  await expect.poll(() => inSight('Grading')).toBe(true)
})
