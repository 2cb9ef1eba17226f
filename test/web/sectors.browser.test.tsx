import { describe, expect, onTestFinished, test } from 'vitest'
import { cdp, page } from 'vitest/browser'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import { THEMES } from '../../web/app/route.ts'
import { ScoreboardPage } from '../../web/scoreboard/scoreboard-page.tsx'
import { ODD_NAMES, SECTOR_MS, sectorLedger, sectorTeams } from '../kit/sector-day.ts'
import { misplaced } from './boxes.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const many = sectorLedger(sectorTeams(24))
const few = sectorLedger(sectorTeams(4))
const odd = sectorLedger(sectorTeams(24, true))
const guest: Audience = { seat: 'guest' }
const observer: Audience = { seat: 'observer' }

const LOOKS = [
  ['en', 'dark'],
  ['et', 'light'],
  ['ja', 'dark'],
] as const

/** As far as this file talks to the browser’s own tools. */
interface Devtools {
  send(method: string, params: object): Promise<unknown>
}

interface Shown {
  readonly hash?: string
  readonly lang?: (typeof LANGS)[number]
  readonly theme?: (typeof THEMES)[number]
  readonly audience?: Audience
}

const show = (ledger: typeof many, of: Shown = {}) => {
  const { hash = '#/scoreboard', lang = 'en', theme = 'dark', audience = guest } = of
  const element = <ScoreboardPage key="" withTechniques={audience.seat === 'observer'} />
  return showPage(element, recordedFeed(ledger, audience, SECTOR_MS), { hash, lang, theme })
}

const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 120)))
const rowsOf = (box: HTMLElement) => [...box.querySelectorAll<HTMLElement>('.sectors tbody tr')]

/** Pictures for people to look at; nothing compares them. */
const shoot = (name: string, element: Element = document.body) =>
  page.screenshot({ path: `../../.vitest/sectors-${name}.png`, element })

const SIZES = [
  [1920, 1080],
  [1366, 768],
  [390, 844],
] as const
const CROWDS = [
  ['few', few],
  ['many', many],
  ['odd', odd],
] as const

/** Each size by itself with each crowd: what lies over what takes seconds to find among hundreds of cells. */
const CASES = SIZES.flatMap(([width, height]) =>
  CROWDS.map(([name, ledger]) => [width, height, name, ledger] as const),
)

describe('a big screen', () => {
  test.each(CASES.filter(([width]) => width > 1000))(
    '%i x %i, %s: all rows are whole, of about a thirtieth of the height, and nothing scrolls',
    async (width, height, name, ledger) => {
      await page.viewport(width, height)
      for (const lang of name === 'many' ? LANGS : LANGS.slice(1, 2)) {
        const box = await show(ledger, { hash: '#/scoreboard?big=1', lang })
        await drawn()
        await shoot(`big-${name}-${width}-${lang}`)
        const rows = rowsOf(box)
        expect(rows).toHaveLength(name === 'few' ? 4 : 24)
        const heights = rows.map((row) => row.getBoundingClientRect().height)
        expect(Math.max(...heights)).toBeLessThan(Math.min(...heights) + 1.5)
        expect(Math.min(...heights)).toBeGreaterThan(height / 34)
        expect(document.documentElement.scrollHeight).toBeLessThanOrEqual(height)
        const key = box.querySelector('.sectors-key')?.getBoundingClientRect()
        const last = rows.at(-1)?.getBoundingClientRect()
        expect(last?.bottom).toBeLessThanOrEqual((key?.top ?? 0) + 1)
        expect(key?.bottom).toBeLessThanOrEqual(height)
        const scroll = box.querySelector('.sectors-scroll')
        expect(scroll?.scrollWidth).toBeLessThanOrEqual((scroll?.clientWidth ?? 0) + 1)
        // A time is never cut off.
        const times = [...box.querySelectorAll<HTMLElement>('.sector-cell b')]
        expect(times.length).toBeGreaterThan(rows.length)
        const cells = times.map((one) => [one, one.closest('td')?.getBoundingClientRect()] as const)
        expect(cells.filter(([one, cell]) => one.getBoundingClientRect().right > (cell?.right ?? 0))).toEqual(
          [],
        )
        expect(box.querySelectorAll('.sectors thead .sector').length).toBeGreaterThan(3)
        expect(misplaced(box)).toEqual([])
        box.remove()
      }
    },
  )

  test('the newest attacks are shown, and it is said how many are not', async () => {
    await page.viewport(1366, 768)
    const box = await show(many, { hash: '#/scoreboard?big=1' })
    await drawn()
    const moments = [...box.querySelectorAll('.sectors thead .sector-head .num')].map((one) =>
      one.textContent?.trim(),
    )
    expect(moments[0]).toBe('23:30')
    expect(box.querySelector('.sectors-key')?.textContent).toMatch(/\d+ earlier attacks are not shown/)
    expect(box.querySelectorAll('.sectors tbody button')).toHaveLength(0)
  })
})

describe('the page', () => {
  test.each(LANGS)('%s: axe finds nothing, in either theme, for guests and observers', async (lang) => {
    await page.viewport(1366, 768)
    for (const theme of THEMES) {
      for (const [audience, hash] of [
        [guest, '#/scoreboard'],
        [observer, '#/observer'],
        [guest, '#/scoreboard?big=1'],
        [guest, '#/scoreboard?embed=1'],
      ] as const) {
        const box = await show(few, { hash, lang, theme, audience })
        await drawn()
        expect(await violations(box)).toEqual([])
        box.remove()
      }
    }
  })

  test.each(CASES)('%i x %i, %s: nothing lies over anything else', async (width, height, name, ledger) => {
    await page.viewport(width, height)
    // Of a large crowd one look for each size: it takes a busy machine long enough.
    const nth = SIZES.findIndex(([known]) => known === width)
    for (const [lang, theme] of name === 'few' ? LOOKS : LOOKS.slice(nth, nth + 1)) {
      const box = await show(ledger, { lang, theme, audience: name === 'many' ? observer : guest })
      await drawn()
      await shoot(`${name}-${width}-${lang}-${theme}`, box.querySelector('.board-main') ?? box)
      expect(misplaced(box)).toEqual([])
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
      // Nobody scrolls to find a team, presses the wrong one, or reads half a word for what became of an attack.
      if (name !== 'few' && width > 1000) {
        expect(rowsOf(box)).toHaveLength(24)
        expect(rowsOf(box).at(-1)?.getBoundingClientRect().bottom).toBeLessThanOrEqual(height)
        expect(rowsOf(box)[0]?.getBoundingClientRect().height).toBeGreaterThanOrEqual(24)
        const cut = [...box.querySelectorAll('.sector-only')].filter(
          ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
        )
        expect(cut.map(({ textContent }) => textContent)).toEqual([])
      }
      box.remove()
    }
  })

  test('a name that does not fit keeps its beginning, also one that is written from right to left', async () => {
    await page.viewport(1366, 768)
    const box = await show(odd)
    await until(() => box.querySelector('.sectors .name'))
    const names = [...box.querySelectorAll<HTMLElement>('.sectors .name')]
    const arabic = names.filter(
      ({ textContent }) => textContent?.replaceAll(/[\u2066-\u2069]/g, '') === ODD_NAMES[3],
    )
    expect(arabic.map((one) => getComputedStyle(one).direction)).toEqual(arabic.map(() => 'rtl'))
    expect(arabic.length).toBeGreaterThan(0)
    expect(names.filter(({ title, textContent }) => title !== textContent)).toEqual([])
  })

  test('is a table with a caption, whose every cell has a row’s and a column’s heading', async () => {
    await page.viewport(1366, 768)
    const box = await show(few)
    const table = await until(() => box.querySelector<HTMLTableElement>('table.sectors'))
    expect(table.caption?.textContent).toMatch(/how soon each one drove the attackers out/)
    const heads = table.querySelectorAll('thead th[scope=col]').length
    for (const row of rowsOf(box)) {
      expect(row.children).toHaveLength(heads)
      expect(row.querySelectorAll('th[scope=row]')).toHaveLength(1)
    }
    // Words, not only shapes and colours.
    const words = [...table.querySelectorAll('td.sector > .hidden')].map((one) => one.textContent ?? '')
    expect(words.some((one) => /^Fastest: closed after \d+:\d\d$/.test(one))).toBe(true)
    expect(words.some((one) => /^Closed after \d+:\d\d$/.test(one))).toBe(true)
    expect(words.some((one) => /^Still open after \d+:\d\d$/.test(one))).toBe(true)
    expect(words).toContain('Blocked before it got in')
    expect(words).toContain('Failed only because the service was down')
  })

  test('sector times or services, as the URL says', async () => {
    await page.viewport(1366, 768)
    const box = await show(few)
    expect(box.querySelector('table.matrix')).toBeNull()
    await page.getByRole('link', { name: 'Services' }).click()
    await until(() => box.querySelector('table.matrix'))
    expect(location.hash).toBe('#/scoreboard?board=services')
    expect(box.querySelector('table.sectors')).toBeNull()
    await page.getByRole('link', { name: 'Sector times' }).click()
    await until(() => box.querySelector('table.sectors'))
  })

  test('guests are told nothing of what comes; white is told when', async () => {
    const facts = async (audience: Audience) => {
      const box = await show(few, { audience })
      const told = box.querySelector('.board-facts')?.textContent
      box.remove()
      return told
    }
    expect(await facts(guest)).toMatch(/comes unannounced/)
    expect(await facts(observer)).toMatch(/comes unannounced/)
    expect(await facts({ seat: 'white' })).toMatch(/^No attack is left|^Next attack in/)
  })

  test('observers read by what points were lost, guests in which category', async () => {
    const said = async (audience: Audience) => {
      const box = await show(few, { audience })
      const told = [...box.querySelectorAll('.sector-changes')].map((one) => one.textContent).join('\n')
      box.remove()
      return told
    }
    expect(await said(observer)).toMatch(/lost \d+ by (an attack on|the outage of|failures of) \w+/)
    const plain = await said(guest)
    expect(plain).toMatch(/lost \d+ in (defence|recovery|availability)/)
    expect(plain).not.toMatch(/by (an attack|the outage)/)
  })

  test('a team that is picked by its name stands out, in the table and by keyboard', async () => {
    await page.viewport(1366, 768)
    const box = await show(many)
    await page.getByRole('button', { name: 'Iceland' }).click()
    await until(() => box.querySelector('tr[data-look=picked]'))
    expect(box.querySelector('tr[data-look=picked]')?.textContent).toContain('Iceland')
    expect(box.querySelectorAll('tr[data-look=faded]')).toHaveLength(23)
    const select = page.getByRole('combobox', { name: 'Highlight a team' })
    await expect.element(select).toHaveDisplayValue('Iceland')
    await select.selectOptions('Norway')
    await until(() => box.querySelector('tr[data-look=picked]')?.textContent?.includes('Norway'))
    // Whoever is sent the address sees the same.
    const norway = location.hash
    expect(norway).toContain('pick=')
    const sent = await show(many, { hash: norway })
    expect(sent.querySelector('tr[data-look=picked]')?.textContent).toContain('Norway')
    await expect.element(select.last()).toHaveDisplayValue('Norway')
    sent.remove()
    await select.first().selectOptions('All teams alike')
    await until(() => !box.querySelector('tr[data-look]'))
  })

  test('a phone shows the newest time, and the gap, before it is scrolled', async () => {
    await page.viewport(390, 844)
    const box = await show(many)
    await drawn()
    await shoot('phone')
    const right = box.querySelector('.sectors-scroll')?.getBoundingClientRect().right ?? 0
    for (const row of rowsOf(box).slice(0, 5)) {
      expect(row.querySelector('.sector')?.getBoundingClientRect().right).toBeLessThanOrEqual(right + 1)
      const gap = [...row.querySelectorAll<HTMLElement>('.sector-gap, .sector-gap-below')]
      expect(gap.filter((one) => one.checkVisibility())).toHaveLength(1)
    }
  })

  test.each(THEMES)('the others fade, and can still be read: %s', async (theme) => {
    await page.viewport(1366, 768)
    const box = await show(few, { theme })
    await page.getByRole('button', { name: 'Finland' }).click()
    await until(() => box.querySelector('tr[data-look=faded]'))
    await drawn()
    await shoot(`picked-${theme}`, box.querySelector('.board-main') ?? box)
    expect(await violations(box)).toEqual([])
  })

  test('the curve is one of points lost, of the gap to the mean or to the leader', async () => {
    await page.viewport(1366, 768)
    const box = await show(few)
    await page.getByRole('button', { name: 'Show as table' }).click()
    const last = () =>
      [...([...box.querySelectorAll('.series-table tbody tr')].at(-1)?.querySelectorAll('td') ?? [])].map(
        (cell) => Number(cell.textContent?.replaceAll(/[^\d.-]/g, '')),
      )
    const lost = last()
    const mode = page.getByRole('combobox', { name: 'The curve shows' })
    await mode.selectOptions('Gap to the leader')
    await until(() => box.querySelector('#series')?.textContent === 'Gap to the leader over time')
    for (const [i, value] of last().entries())
      expect(Math.abs(value - ((lost[i] ?? 0) - Math.min(...lost)))).toBeLessThanOrEqual(1)
    await mode.selectOptions('Gap to the mean')
    await until(() => box.querySelector('#series')?.textContent === 'Gap to the mean over time')
    expect(Math.abs(last().reduce((sum, one) => sum + one, 0))).toBeLessThan(3)
    await page.getByRole('button', { name: 'Show as chart' }).click()
    await until(() => box.querySelector('.chart canvas'))
    await shoot('mean')
  })

  test('embedded, it has no head but says that it is an exercise', async () => {
    const box = await show(few, { hash: '#/scoreboard?embed=1' })
    expect(box.querySelector('header')).toBeNull()
    expect(box.querySelector('.shell-banner')).not.toBeNull()
    expect(box.querySelectorAll('h1')).toHaveLength(1)
    await shoot('embed')
  })

  test('on paper it is light, without anything to press, and fits a sheet across', async () => {
    await page.viewport(1366, 768)
    const box = await show(many)
    const session = cdp() as unknown as Devtools
    const print = (media: string) => session.send('Emulation.setEmulatedMedia', { media })
    onTestFinished(async () => {
      await print('')
    })
    const dark = getComputedStyle(box.querySelector('.board-main') as Element).backgroundColor
    await print('print')
    // A sheet of A4 across, without its margins.
    await page.viewport(1032, 700)
    await drawn()
    const of = (what: string) => getComputedStyle(box.querySelector(what) as Element)
    expect(dark).not.toBe('rgb(255, 255, 255)')
    expect(of('.board-main').backgroundColor).toBe('rgb(255, 255, 255)')
    expect(of('.board-views').display).toBe('none')
    expect(of('.shell-tools').display).toBe('none')
    expect(of('.sectors thead').display).toBe('table-header-group')
    expect(of('.sectors tbody tr').breakInside).toBe('avoid')
    expect(box.querySelector('.sectors')?.getBoundingClientRect().width).toBeLessThanOrEqual(1032)
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1032)
    await shoot('print')
  })
})
