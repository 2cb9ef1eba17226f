import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { Team } from '../../server/exercise/scenario/model.ts'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import { THEMES } from '../../web/app/route.ts'
import { passTime, takeBatches } from '../../web/feed/feed.ts'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { ScoreboardPage } from '../../web/scoreboard/scoreboard-page.tsx'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { demoTeams } from '../kit/demo-scenario.ts'
import { AT, ledgerOf, withServices } from './everywhere.tsx'
import { recordedFeed, type ShownFeed, showPage, until, violations } from './recorded-feed.tsx'

const teamsOf = (count: number): readonly Team[] =>
  Array.from({ length: count }, (_, i) => {
    const like = demoTeams[i % demoTeams.length] as Team
    const name = i < demoTeams.length ? like.name : { en: `Team ${i}`, et: `Meeskond ${i}`, ja: `チーム${i}` }
    return { ...like, name, id: i < demoTeams.length ? like.id : `team-${i}` }
  })
const scenario = withServices(15)
const many = ledgerOf(scenario, teamsOf(24))
const white = { seat: 'white' } as const

async function desk(
  ledger: readonly Recorded[] = many,
  lang: (typeof LANGS)[number] = 'en',
  theme: (typeof THEMES)[number] = 'dark',
) {
  const feed = recordedFeed(ledger, white, AT)
  const box = await showPage(<InstructorPage />, feed, { hash: '#/instructor', lang, theme })
  const at = (exerciseMs: number) => {
    const { heard } = feed.store.getState()
    if (heard)
      feed.store.setState({ heard: { heardAt: performance.now(), beat: { ...heard.beat, exerciseMs } } })
    passTime(feed.store, performance.now())
  }
  return { feed, box, at, all: (what: string) => [...box.querySelectorAll<HTMLElement>(what)] }
}

/** Time for what is measured to be drawn again. */
const drawn = () => new Promise((done) => setTimeout(done, 250))
const cellOf = (box: HTMLElement, team: string, service: string) =>
  until(() => box.querySelector<HTMLElement>(`[data-at='${JSON.stringify([team, service])}']`))
const names = (box: HTMLElement) =>
  [...box.querySelectorAll('.matrix tbody th .name')].map((n) => n.textContent)
const rowsOf = (box: HTMLElement) => [...box.querySelectorAll<HTMLElement>('.ledger tbody tr')]

beforeEach(() => sessionStorage.clear())

describe.each([
  [24, 1920, 1080],
  [8, 1366, 768],
  [1, 1366, 768],
] as const)('%i teams, %i by %i', (count, width, height) => {
  const ledger = ledgerOf(scenario, teamsOf(count))
  test.each([
    ['en', 'dark'],
    ['et', 'light'],
    ['ja', 'dark'],
  ] as const)('every row, the heading and the key are in sight: %s, %s', async (lang, theme) => {
    await page.viewport(width, height)
    const { box, all } = await desk(ledger, lang, theme)
    await drawn()
    const seen = ['.matrix thead', '.matrix tbody tr', '.matrix-key'].flatMap((what) => all(what))
    expect(seen).toHaveLength(count + 2)
    for (const part of seen) {
      const { top, bottom } = part.getBoundingClientRect()
      expect(top).toBeGreaterThanOrEqual(0)
      expect(bottom).toBeLessThanOrEqual(height)
    }
    const scroll = all('.matrix-scroll')[0] as HTMLElement
    expect(scroll.scrollHeight).toBeLessThanOrEqual(scroll.clientHeight + 1)
    expect(scroll.scrollWidth).toBeLessThanOrEqual(scroll.clientWidth + 1)
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
    // The ledger has some lines, or says its latest event.
    expect(rowsOf(box).length + all('.ledger-latest').length).toBeGreaterThan(0)
    expect(await violations(box)).toEqual([])
    await page.screenshot({ path: `../../.vitest/many-${count}-${width}-${lang}-${theme}.png` })
  })
})

test.each([
  [24, 'en', 'light'],
  [24, 'ja', 'dark'],
  [1, 'et', 'dark'],
] as const)(
  '%i teams on a narrow screen: the table alone scrolls sideways: %s',
  async (count, lang, theme) => {
    await page.viewport(390, 844)
    const { box, all } = await desk(ledgerOf(scenario, teamsOf(count)), lang, theme)
    await drawn()
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390)
    const scroll = all('.matrix-scroll')[0] as HTMLElement
    expect(scroll.scrollWidth).toBeGreaterThan(scroll.clientWidth)
    expect(scroll.getBoundingClientRect().right).toBeLessThanOrEqual(390)
    scroll.scrollLeft = 10_000
    const lefts = all('.matrix tbody th').map((name) => name.getBoundingClientRect().left)
    expect(new Set(lefts.map((left) => Math.round(left - scroll.getBoundingClientRect().left)))).toEqual(
      new Set([0]),
    )
    scroll.scrollLeft = 0
    expect(await violations(box)).toEqual([])
    const card = all('.console-matrix')[0] as HTMLElement
    await page.screenshot({ element: card, path: `../../.vitest/many-${count}-390-${lang}-${theme}.png` })
  },
)

test('with few services their names stand as they are read, with many upright', async () => {
  await page.viewport(1920, 1080)
  for (const [services, upright] of [
    [6, false],
    [8, false],
    [15, true],
  ] as const) {
    const { box, all } = await desk(ledgerOf(withServices(services), teamsOf(1)))
    await drawn()
    const modes = new Set(all('.matrix-name').map((name) => getComputedStyle(name).writingMode))
    expect(modes).toEqual(new Set([upright ? 'vertical-rl' : 'horizontal-tb']))
    const cut = all('.matrix-name').filter((name) => name.scrollWidth > name.clientWidth + 1)
    expect(upright ? [] : cut).toEqual([])
    box.remove()
  }
})

test('a cell is a handful of elements, and none is drawn again while nothing changes', async () => {
  await page.viewport(1920, 1080)
  const { all, at } = await desk()
  const sizes = all('.matrix tbody td').map((td) => 1 + td.querySelectorAll('*').length)
  expect(sizes).toHaveLength(24 * 15)
  // Most are quiet; what has been up, slow and down, and has attackers inside, has a path for each.
  expect(sizes.filter((size) => size <= 6).length).toBeGreaterThan(sizes.length * 0.8)
  expect(sizes.filter((size) => size > 8).length).toBeLessThan(sizes.length * 0.02)
  await drawn()
  const seen: MutationRecord[] = []
  const watch = new MutationObserver((changes) => seen.push(...changes))
  for (const td of all('.matrix tbody td'))
    watch.observe(td, { subtree: true, childList: true, attributes: true, characterData: true })
  const before = all('.transport-clocks')[0]?.textContent
  at(AT + 2_000)
  await until(() => all('.transport-clocks')[0]?.textContent !== before)
  await drawn()
  expect(seen.length).toBe(0)
  watch.disconnect()
})

describe('order and filters', () => {
  test('are in one row with many teams, and not there with few', async () => {
    await page.viewport(1920, 1080)
    const { all } = await desk()
    const tops = [...all('.matrix-ask > *'), ...all('.matrix-head h2')].map((one) => {
      const { top, height } = one.getBoundingClientRect()
      return Math.round((top + height / 2) / 4)
    })
    expect(tops).toHaveLength(5)
    expect(new Set(tops).size).toBe(1)
    const few = await desk(ledgerOf(scenario, teamsOf(6)))
    expect(few.all('.matrix-ask')).toEqual([])
  })
  test('put the worst first, find a team and a service, and are kept over a reload', async () => {
    await page.viewport(1920, 1080)
    const { box, all } = await desk()
    expect(names(box)[0]).toBe('Team 3')
    const order = page.getByRole('combobox', { name: 'Order' })
    await order.selectOptions('Worst first')
    await expect.poll(() => names(box).slice(0, 2).toSorted()).toEqual(['Finland', 'Japan'])
    await order.selectOptions('By name')
    await expect.poll(() => names(box).slice(0, 4)).toEqual(['Estonia', 'Finland', 'Japan', 'Team 3'])
    await order.selectOptions('Lost in 10 min')
    await expect.poll(() => names(box)[0]).toBe('Finland')
    expect(all('.matrix-points')[0]?.textContent).toMatch(/^[-−]\d/)
    await page.getByRole('checkbox', { name: 'Only with trouble' }).click()
    await expect.poll(() => names(box).toSorted()).toEqual(['Finland', 'Japan'])
    expect(all('.matrix-ask output')[0]?.textContent).toBe('2 of 24 teams')
    await page.getByRole('checkbox', { name: 'Only with trouble' }).click()
    await page.getByRole('searchbox', { name: 'Find a team' }).fill('team 2')
    await expect.poll(() => names(box).length).toBe(4)
    await page.getByRole('combobox', { name: 'Service' }).selectOptions('Tax filing')
    await expect.poll(() => all('.matrix thead th').length).toBe(2)
    expect(await violations(box)).toEqual([])
    box.remove()
    const again = await desk()
    expect(names(again.box)).toHaveLength(4)
    await page.getByRole('searchbox', { name: 'Find a team' }).fill('nobody')
    await expect
      .poll(() => again.box.querySelector('.console-matrix')?.textContent)
      .toContain('No team fits.')
  })
})

describe('a cell', () => {
  test.each(LANGS.flatMap((lang) => THEMES.map((theme) => [lang, theme] as const)))(
    'opens what it stands for, and leads to evidence, log and terminal: %s, %s',
    async (lang, theme) => {
      await page.viewport(1366, 768)
      const { box } = await desk(many, lang, theme)
      const cell = await cellOf(box, 'finland', 'tax')
      cell.scrollIntoView({ block: 'center' })
      cell.click()
      const sheet = await until(() => document.querySelector<HTMLElement>('.cell-sheet'))
      const title = {
        en: 'Finland: Tax filing',
        et: 'Soome: Tuludeklaratsioon',
        ja: 'フィンランド：税務申告',
      }
      expect(sheet.querySelector('h3')?.textContent).toBe(title[lang])
      expect(sheet.querySelector('.chip')).not.toBeNull()
      // Since when it is so, since when attackers are inside, and what came back.
      expect(sheet.textContent).toMatch(/5:3\d/)
      expect(sheet.querySelector('.cell-about-breach')?.textContent).toMatch(/5:32/)
      expect(sheet.querySelector('.evidence')?.textContent).toContain('500 Internal Server Error')
      expect([...sheet.querySelectorAll('a')].map(({ hash }) => hash.split('?')[0])).toEqual([
        '#/instructor/finland/tax/overview',
        '#/instructor/finland/tax/logs',
        '#/instructor/finland/tax/terminal',
      ])
      await expect
        .poll(() => {
          const { left, right, top, bottom } = sheet.getBoundingClientRect()
          return [left >= 0, right <= 1366, top >= 0, bottom <= 768]
        })
        .toEqual([true, true, true, true])
      expect(await violations(sheet)).toEqual([])
      await page.screenshot({ path: `../../.vitest/cell-${lang}-${theme}.png` })
    },
  )
  test('is reached, opened and left by keys', async () => {
    await page.viewport(1920, 1080)
    const { box, all } = await desk()
    // Tab leads to one place in the table.
    expect(all('.matrix [data-at][tabindex="0"]')).toHaveLength(1)
    all('.matrix [data-at][tabindex="0"]')[0]?.focus()
    const focused = () => (document.activeElement as HTMLElement | null)?.dataset.at
    expect(focused()).toBe('team-3')
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowDown}')
    const [, second] = scenario.services.map(({ id }) => id)
    expect(focused()).toBe(JSON.stringify(['team-4', second]))
    expect(all('.matrix [data-at][tabindex="0"]').map((cell) => cell.dataset.at)).toEqual([focused()])
    await userEvent.keyboard('{Control>}{End}{/Control}')
    expect(focused()).toBe(JSON.stringify(['finland', scenario.services.at(-1)?.id]))
    await userEvent.keyboard('{ArrowDown}{ArrowRight}{Home}')
    expect(focused()).toBe('finland')
    ;(await cellOf(box, 'japan', 'tax')).focus()
    await userEvent.keyboard('{Enter}')
    const sheet = await until(() => document.querySelector('.cell-sheet'))
    await expect.poll(() => sheet.contains(document.activeElement)).toBe(true)
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => document.querySelector('.cell-sheet')).toBeNull()
    await expect.poll(focused).toBe(JSON.stringify(['japan', 'tax']))
  })
  test('leads into the team’s room, to the service and its log; the address then names the room alone', async () => {
    const feed = recordedFeed(many, white, AT)
    const hash = '#/instructor/finland/tax/logs'
    const room = await showPage(<TeamPage team="finland" />, feed, { hash, lang: 'en', theme: 'dark' })
    await until(() => room.querySelector('.logs'))
    expect(room.querySelector('[role=tab][aria-selected=true]')?.textContent).toBe('Logs')
    expect(room.querySelector<HTMLSelectElement>('.logs select')?.value).toBe('tax')
    expect(room.querySelector('.service-button[aria-pressed=true]')?.textContent).toContain('Tax filing')
    await expect.poll(() => location.hash).toBe('#/instructor/finland')
    await page.getByRole('tab', { name: 'Overview' }).click()
    await page.getByRole('button', { name: /^State portal/ }).click()
    await expect.poll(() => room.querySelector('.overview-head h2')?.textContent).toBe('State portal')
  })
  test('is a picture with a name where nobody may open it', async () => {
    const feed = recordedFeed(many, { seat: 'guest' }, AT)
    const hash = '#/scoreboard?board=services'
    const board = await showPage(<ScoreboardPage withTechniques={false} />, feed, {
      hash,
      lang: 'en',
      theme: 'dark',
    })
    await until(() => board.querySelector('.matrix tbody td'))
    expect(board.querySelectorAll('.matrix button')).toHaveLength(0)
    expect(board.querySelectorAll('.matrix tbody td [role=img][aria-label]')).toHaveLength(24 * 15)
    expect(await violations(board)).toEqual([])
  })
})

describe('the ledger', () => {
  /** So many events of a minute, as they come from 24 teams. */
  const burst = (from: number, count: number, type: 'verdict.changed' | 'note.added' = 'verdict.changed') => {
    const wall = many.at(-1)?.wall ?? 0
    return Array.from({ length: count }, (_, i) => {
      const service = scenario.services[i % 15]
      const journey = service?.journeys[0]?.id
      const data =
        type === 'note.added'
          ? { text: `Note ${i}`, by: { kind: 'platform' } }
          : {
              team: teamsOf(24)[i % 24]?.id,
              service: service?.id,
              journey,
              from: 'up',
              to: 'slow',
              evidence: null,
            }
      return {
        type,
        version: 1,
        at: AT,
        position: from + 1 + i,
        wall: wall + i * 200,
        data,
      } as unknown as Recorded
    })
  }
  const give = (feed: ShownFeed, events: readonly Recorded[]) => {
    const { cursor } = feed.store.getState().folded
    const take = takeBatches(feed.store, () => Promise.reject(new Error('nothing')))
    take({ after: cursor, cursor: cursor + events.length, events })
  }

  test('300 events a minute are a few lines, each with a count, and each opens', async () => {
    await page.viewport(1920, 1080)
    const { feed, box } = await desk()
    expect(rowsOf(box)).toHaveLength(0)
    await page.getByRole('button', { name: 'Ledger' }).click()
    await expect.poll(() => rowsOf(box).length).toBeGreaterThan(3)
    const counts = () =>
      rowsOf(box).map((row) =>
        Number(/^(\d+) × verdict/.exec(row.querySelector('.ledger-more')?.textContent ?? '')?.[1] ?? 0),
      )
    // They come some at a time: of those that come at once a page keeps the last hundred.
    const minute = burst(many.length, 300)
    const counted = () => counts().reduce((a, b) => a + b, 0)
    for (let i = 0; i < minute.length; i += 60) {
      give(feed, minute.slice(i, i + 60))
      await expect.poll(counted).toBeGreaterThanOrEqual(i + 60)
    }
    await expect.poll(() => rowsOf(box)[0]?.textContent).toMatch(/\d+ × verdict\.changed/)
    // And those of before.
    expect(counts().filter((count) => count > 0).length).toBeLessThanOrEqual(8)
    const closed = rowsOf(box).length
    const [count = 0] = counts()
    rowsOf(box)[0]?.querySelector('button')?.click()
    await expect.poll(() => rowsOf(box).length).toBe(closed + count)
    const card = box.querySelector<HTMLElement>('.ledger') as HTMLElement
    expect(await violations(card)).toEqual([])
    expect(card.querySelector('.ledger-scroll')?.clientHeight).toBeGreaterThan(90)
    await page.screenshot({ element: card, path: '../../.vitest/ledger-24.png' })
    // By one team a line is of that team.
    await page.getByRole('search').getByRole('combobox', { name: 'Team' }).last().selectOptions('Team 7')
    await expect.poll(() => rowsOf(box).every((row) => row.textContent?.includes('Team 7'))).toBe(true)
    await page.getByRole('searchbox', { name: 'Contains' }).fill('digital signatures')
    await expect
      .poll(() => rowsOf(box).every((row) => /Digital signatures/.test(row.textContent ?? '')))
      .toBe(true)
  })

  test('held, no line changes; let go, all that came is there', async () => {
    await page.viewport(1920, 1080)
    const { feed, box } = await desk()
    await page.getByRole('button', { name: 'Ledger' }).click()
    await expect.poll(() => rowsOf(box).length).toBeGreaterThan(3)
    await page.getByRole('button', { name: 'Hold' }).click()
    const before = rowsOf(box).map((row) => row.textContent)
    give(feed, burst(many.length, 40))
    await drawn()
    expect(rowsOf(box).map((row) => row.textContent)).toEqual(before)
    await page.getByRole('button', { name: 'Go on' }).click()
    await expect.poll(() => rowsOf(box)[0]?.textContent).toContain('40 × verdict.changed')
  })

  test('folded it says its latest event, and stays as it was left', async () => {
    await page.viewport(1920, 1080)
    const { feed, box } = await desk()
    give(feed, burst(many.length, 1))
    await expect
      .poll(() => box.querySelector('.ledger-latest')?.textContent)
      .toContain('verdict.changed Estonia')
    await page.getByRole('button', { name: 'Ledger' }).click()
    await expect.poll(() => rowsOf(box).length).toBeGreaterThan(3)
    box.remove()
    const again = await desk()
    await expect.poll(() => rowsOf(again.box).length).toBeGreaterThan(3)
    const few = await desk(ledgerOf(scenario, teamsOf(3)))
    expect(few.box.querySelector('.ledger-fold')?.getAttribute('aria-expanded')).toBe('true')
  })
})

test('the next attack stays in sight of 24 teams; who scrolls away is offered a way back', async () => {
  await page.viewport(1920, 1080)
  const { box, at } = await desk()
  const list = await until(() => box.querySelector<HTMLElement>('.timeline-scroll'))
  const next = () => box.querySelector<HTMLElement>('.next')
  const inSight = () => {
    const [outer, inner] = [list, next()].map((one) => one?.getBoundingClientRect())
    if (!outer || !inner || inner.bottom > innerHeight) return false
    return inner.top >= outer.top - 2 && inner.bottom <= outer.bottom + 2
  }
  const back = () => box.querySelector<HTMLElement>('.timeline-back')
  for (const [ms, clock] of [
    [AT, '6:40'],
    [410_000, '7:30'],
    [460_000, '8:40'],
  ] as const) {
    at(ms)
    await expect.poll(() => next()?.querySelector('.timeline-time')?.textContent).toBe(clock)
    await expect.poll(inSight).toBe(true)
    expect(back()).toBeNull()
  }
  // Less room for it changes nothing, nor does a page that is scrolled to its end.
  await page.viewport(1366, 768)
  await drawn()
  await expect.poll(inSight).toBe(true)
  scrollTo(0, 10_000)
  await expect.poll(inSight).toBe(true)
  scrollTo(0, 0)
  expect(back()).toBeNull()
  list.scrollTop = 0
  const button = await until(back)
  expect(inSight()).toBe(false)
  expect(button.getBoundingClientRect().bottom).toBeLessThanOrEqual(768)
  expect(button.getBoundingClientRect().bottom).toBeLessThanOrEqual(list.getBoundingClientRect().bottom + 2)
  expect(await violations(list.parentElement as HTMLElement)).toEqual([])
  await page.screenshot({ path: '../../.vitest/follow-away.png' })
  button.click()
  await expect.poll(inSight).toBe(true)
  await expect.poll(back).toBeNull()
})
