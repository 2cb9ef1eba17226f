import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Actor } from '../../server/exercise/ledger/actor.ts'
import { redact } from '../../server/exercise/ledger/audience.ts'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import { THEMES } from '../../web/app/route.ts'
import { takeBatches } from '../../web/feed/feed.ts'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { continued, recordLedger } from '../kit/ledger.ts'
import { misplaced } from './boxes.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const AT = 372_000
const WALL = Date.UTC(2026, 10, 23, 9, 0, 0)
const storm = recordLedger(AT)
const blue: Audience = { seat: 'blue', team: 'finland' }
const anna: Actor = { kind: 'seat', seatId: 'blue', seat: 'blue', name: 'Anna' }
const team = 'finland'
const hand = { team, title: 'Odd login at night', service: 'tax', sinceMs: 300_000, seen: 0 } as const
const opened = continued(storm, AT, [['open-case', hand, anna]])
const number = [...JSON.stringify(opened.at(-1)).matchAll(/C\d+/g)][0]?.[0] ?? ''
const noted = continued(opened, AT, [
  ['note-case', { team, case: number, text: 'Two logins\nfrom one address.', seen: 0 }, anna],
  ['claim-work', { team, subject: { kind: 'case', id: number }, seen: 0 }, anna],
])
const wall = (ms: number) => new Date(WALL + ms).toISOString()
const lines = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => ({
    id: from - n,
    at: wall(300_000 - n * 100),
    atMs: 300_000 - n * 100,
    service: 'tax',
    line: `GET /declarations ${from - n} 200`,
  }))

const SOURCE = Array.from({ length: 40 }, (_, n) => `export const fixed${n} = ${n}`).join('\n')
const asked: URL[] = []
/** The platform is asked too much at once. */
let full = false
/** A platform that has 70 lines of log and a change of the sources. */
function platform() {
  vi.stubGlobal('fetch', async (path: string) => {
    const url = new URL(path, location.href)
    asked.push(url)
    if (url.pathname.endsWith('/sources'))
      return Response.json({
        files: [
          { path: 'main.ts', bytes: 900, change: 'changed', locked: false },
          { path: 'lib/iban.ts', bytes: 90, change: 'none', locked: false },
        ],
        cut: false,
      })
    if (url.pathname.endsWith('/sources/file'))
      return Response.json({ text: SOURCE, hash: 'h', start: SOURCE.replace('fixed', 'open') })
    if (url.pathname.endsWith('/texts'))
      return Response.json({
        texts: [
          { path: 'lib/iban.ts', text: SOURCE },
          { path: 'main.ts', text: 'a' },
        ],
        cut: false,
      })
    if (url.pathname.endsWith('/looks')) return Response.json({ askedMs: null, journeys: [], attacks: [] })
    if (url.pathname.includes('/citizen')) return Response.json({}, { status: 503 })
    if (full) return Response.json({}, { status: 429 })
    if (url.pathname.endsWith('/changes'))
      return Response.json({ diff: '--- a/main.ts\n+++ b/main.ts\n+fixed' })
    const before = Number(url.searchParams.get('before') ?? 0)
    return Response.json({ lines: before ? lines(before - 1, 20) : lines(70, 50), services: ['tax'] })
  })
}

const room = async (
  place = '',
  ledger = noted,
  lang: (typeof LANGS)[number] = 'en',
  theme: (typeof THEMES)[number] = 'dark',
  audience: Audience = blue,
) => {
  const feed = recordedFeed(ledger, audience, AT)
  const hash = `#/${audience.seat === 'white' ? 'instructor' : 'team'}/${team}${place}`
  return { feed, box: await showPage(<TeamPage team={team} />, feed, { hash, lang, theme }) }
}
const desk = `/tax/cases/${number}`
const heading = () => document.querySelector('.desk-head h2')?.textContent ?? ''
const more = (feed: Awaited<ReturnType<typeof room>>['feed'], before: typeof storm, after: typeof storm) =>
  takeBatches(feed.store, () => Promise.reject(new Error('no gap')))({
    after: before.length,
    cursor: after.length,
    events: after.slice(before.length).flatMap((event) => redact(event, blue) ?? []),
  })

beforeEach(async () => {
  await page.viewport(1366, 768)
  localStorage.clear()
  sessionStorage.clear()
  asked.length = 0
  full = false
  platform()
})
afterEach(() => vi.unstubAllGlobals())

describe('the list of cases', () => {
  test('has each attack, complaint and outage that the team has seen; what is open first; closed ones elsewhere', async () => {
    const { box } = await room()
    await page.getByRole('tab', { name: /^Cases/ }).click()
    const rows = await until(() => {
      const found = [...box.querySelectorAll('.case-item')]
      return found.length > 0 && found
    })
    expect(rows.some((row) => row.textContent?.includes('Odd login at night'))).toBe(true)
    expect(rows.every((row) => row.querySelector('.case-state-closed') === null)).toBe(true)
    await page.getByRole('button', { name: /^Closed/ }).click()
    await expect.poll(() => box.querySelectorAll('.case-state-closed').length).toBeGreaterThan(2)
    expect(box.querySelector('.case-state-open')).toBeNull()
  })

  test('what nobody has looked at is counted in the tab and before the title of the page, until it is opened or marked', async () => {
    await room()
    const [, count] = await until(() => /^\((\d+)\) Team room/.exec(document.title))
    await page.getByRole('tab', { name: /^Cases/ }).click()
    await page.getByRole('button', { name: /Odd login at night/ }).click()
    await expect.poll(() => document.title).not.toMatch(new RegExp(`^\\(${count}\\)`))
    await page.getByRole('button', { name: 'All cases' }).click()
    if (Number(count) > 1) await page.getByRole('button', { name: 'Mark all as read' }).click()
    await expect.poll(() => document.title).toMatch(/^Team room/)
  })

  test('an attack on us opens its case, which says what happens in plain words and what the attack waits for', async () => {
    const { box } = await room()
    const attack = await until(() => box.querySelector<HTMLDetailsElement>('.room-attacks details'))
    const told = attack.querySelector('p')?.textContent ?? 'nothing told'
    attack.open = true
    attack.querySelector<HTMLElement>('button')?.click()
    const evidence = await until(() => box.querySelector('.desk-evidence .evidence-of-attack'))
    expect(told).toContain(box.querySelector('.desk-evidence p')?.textContent)
    expect(evidence.textContent).toContain('The attack succeeds if')
    // Where it is answered is a press away, and open beside it where there is room.
    const places = await until(() => box.querySelector('.desk-answered'))
    const [first] = places.querySelectorAll('button')
    await until(() => box.querySelector('.desk .cm-content'))
    expect(box.querySelector('.desk .cm-content')?.getAttribute('aria-label')).toContain(
      first?.textContent?.split(':')[0],
    )
    const other = [...places.querySelectorAll('button')].at(-1)
    other?.click()
    await expect
      .poll(() => document.activeElement?.getAttribute('aria-label'))
      .toContain(other?.textContent?.split(':')[0])
    expect(await violations(box)).toEqual([])
    // Whoever closes it has it closed from then on.
    await page.getByRole('button', { name: 'Code', exact: true }).click()
    expect(box.querySelector('.desk .code')).toBeNull()
  })

  test('a case is opened by hand', async () => {
    const { feed } = await room('', storm)
    await page.getByRole('tab', { name: /^Cases/ }).click()
    await page.getByRole('button', { name: 'New case' }).click()
    await page.getByLabelText('What is it about?').fill('A strange mail')
    await page.getByLabelText('Since (exercise time)').fill('5:00')
    await page.getByRole('button', { name: 'Open the case' }).click()
    expect(feed.sent).toEqual([
      { type: 'open-case', data: { ...hand, title: 'A strange mail', service: null } },
    ])
  })

  test('the instructor reads the cases of a team, and changes none', async () => {
    const { box } = await room(desk, noted, 'en', 'dark', { seat: 'white' })
    await until(() => box.querySelector('.desk'))
    expect(box.querySelector('.desk-notes form')).toBeNull()
    expect(box.querySelector('.desk-acts button')).toBeNull()
    expect(document.title).toMatch(/^Team room/)
  })
})

describe('the desk of a case', () => {
  test('a link leads to it; it says what, how far, whose, what was noted', async () => {
    const { box, feed } = await room(desk)
    await expect.poll(heading).toBe(`${number} Odd login at night`)
    expect(box.querySelector('.desk-facts')?.textContent).toContain('being worked on')
    expect(box.querySelector('.desk-acts')?.textContent).toContain('Anna has worked on this')
    expect(box.querySelector('.desk-note')?.textContent).toBe('Two logins\nfrom one address.')
    await page.getByRole('button', { name: 'Fixed: wait for confirmation' }).click()
    expect(feed.sent).toEqual([
      { type: 'set-case-state', data: { team, case: number, state: 'waiting', seen: 1 } },
    ])
    await page.getByLabelText('Note for the team').fill('Blocked it.')
    await page.getByRole('button', { name: 'Add the note' }).click()
    expect(feed.sent.at(-1)).toEqual({
      type: 'note-case',
      data: { team, case: number, text: 'Blocked it.', seen: 1 },
    })
  })

  test('log lines ten seconds before and after, in exercise time with the time of day; older ones a page at a time', async () => {
    const { box } = await room(desk)
    await until(() => box.querySelector('.desk .logs-lines tbody tr'))
    const { searchParams } = asked.find(({ pathname }) => pathname.endsWith('/logs')) ?? new URL('a:')
    expect([searchParams.get('from'), searchParams.get('to')]).toEqual(['290000', '310000'])
    expect(searchParams.get('service')).toBe('tax')
    expect(box.querySelectorAll('.logs-lines tbody tr')).toHaveLength(50)
    const time = box.querySelector('.logs-lines time')
    expect(time?.textContent).toBe('5:00')
    expect(time?.getAttribute('title')).toMatch(/^Time of day: .*05:00/)
    await page.getByRole('button', { name: 'Older lines' }).click()
    await expect.poll(() => box.querySelectorAll('.logs-lines tbody tr').length).toBe(70)
    expect(box.querySelector('.logs')?.textContent).toContain('There are no older lines.')
    await page.getByRole('combobox', { name: 'Before and after' }).selectOptions('60')
    await expect.poll(() => asked.at(-1)?.searchParams.get('from')).toBe('240000')
  })

  test('what was changed is asked for by a click, and never by itself', async () => {
    const { box } = await room(desk)
    await until(() => box.querySelector('.desk-changes button'))
    expect(asked.some(({ pathname }) => pathname.endsWith('/changes'))).toBe(false)
    await page
      .getByRole('button', { name: /what the team has changed|changes/i })
      .first()
      .click()
    await expect.poll(() => box.querySelector('.changes')?.textContent).toContain('+fixed')
  })

  test('one click begins the report with what the case knows, and leads to it', async () => {
    const { feed, box } = await room(desk)
    await page.getByRole('button', { name: 'Start a report' }).click()
    expect(feed.sent).toEqual([{ type: 'begin-case-report', data: { team, case: number } }])
    more(feed, noted, continued(noted, AT, [['begin-case-report', { team, case: number }, anna]]))
    await expect.poll(() => box.querySelector('[role=tab][aria-selected=true]')?.textContent).toBe('Reports')
    await expect.poll(() => box.querySelector<HTMLInputElement>('input[name=noticed]')?.value).toBe('5:00')
    expect(box.querySelector<HTMLSelectElement>('select[name=service]')?.value).toBe('tax')
  })

  test('a terminal stands beside it, once it is asked for', async () => {
    await page.viewport(1920, 1080)
    const { box } = await room(desk)
    await until(() => box.querySelector('.desk'))
    expect(box.querySelector('.desk .terminal')).toBeNull()
    await page.getByRole('button', { name: 'Terminal', exact: true }).click()
    const terminal = await until(() => box.querySelector('.desk .terminal'))
    const [left, right] = [box.querySelector('.desk-main'), terminal].map((one) =>
      one?.getBoundingClientRect(),
    )
    expect(right?.left).toBeGreaterThanOrEqual(left?.right ?? Number.POSITIVE_INFINITY)
    expect(right?.width).toBeGreaterThan(640)
    await page.screenshot({ path: '../../.vitest/desk-terminal.png' })
    await page.getByRole('button', { name: 'Terminal', exact: true }).click()
    await expect.poll(() => box.querySelector('.desk .terminal')).toBeNull()
  })
})

describe('tools beside a case', () => {
  const edited = continued(noted, AT, [
    ['save-source', { team, service: 'tax', file: 'main.ts', gone: false }, anna],
    ['restart-app', { team, service: 'tax', ok: true }, { kind: 'seat', seatId: 'blue', seat: 'blue' }],
  ])

  test('what was done from the editor stands under the strip, with who did it; one restart is told once', async () => {
    const { box } = await room(desk, edited)
    const said = await until(() => box.querySelector('.desk-evidence .strip-edits'))
    expect(
      [...said.querySelectorAll('li')].map(({ textContent }) =>
        textContent?.replaceAll(/[\u2066-\u2069]/g, ''),
      ),
    ).toEqual(['6:12 somebody of the team restarted the service', '6:12 Anna saved main.ts'])
    expect(box.querySelectorAll('.strip-ticks .strip-saved, .strip-ticks .strip-restarted')).toHaveLength(2)
  })

  test('the editor opens the file that was changed, where the case names none, and not before somebody asks', async () => {
    const { box } = await room(desk)
    await until(() => box.querySelector('.desk .logs-lines'))
    expect(asked.some(({ pathname }) => pathname.includes('/sources'))).toBe(false)
    await page.getByRole('button', { name: 'Code', exact: true }).click()
    await until(() => box.querySelector('.desk .cm-content'))
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toContain('main.ts')
    expect(box.querySelector('#desk-citizen')).toBeNull()
  })

  test('logs that are asked too much say that they come later, and come', async () => {
    full = true
    const { box } = await room(desk)
    await expect
      .poll(() => box.querySelector('.desk [role=status].logs-later')?.textContent)
      .toBe('Too many questions were asked of the logs at once. The page asks again by itself.')
    full = false
    await expect
      .poll(() => box.querySelectorAll('.desk .logs-lines tbody tr').length, { timeout: 9_000 })
      .toBe(50)
    expect(box.querySelector('.logs-later')).toBeNull()
  })

  for (const lang of LANGS)
    test(`${lang}: editor, terminals and citizen’s view at once: axe finds nothing, nothing sticks out`, async () => {
      const { box } = await room(desk, edited, lang, lang === 'et' ? 'light' : 'dark')
      await until(() => box.querySelector('.desk .logs-lines'))
      await userEvent.keyboard('vts')
      await until(() => box.querySelector('.desk .cm-content'))
      await until(() => box.querySelector('.desk .terminal-box'))
      await until(() => box.querySelector('.desk .citizen-none'))
      for (const [width, height] of [
        [1920, 1080],
        [1366, 768],
        [390, 844],
      ] as const) {
        await page.viewport(width, height)
        await new Promise((drawn) => setTimeout(drawn, 300))
        expect([width, misplaced(box)]).toEqual([width, []])
        await page.screenshot({ path: `../../.vitest/tools-${lang}-${width}.png` })
      }
      expect(await violations(box)).toEqual([])
    })
})

describe('keys', () => {
  test('a case by keyboard alone: open it, evidence, logs, notes, terminal and back, the next one, the report', async () => {
    const { feed, box } = await room()
    await userEvent.keyboard('j')
    await until(() => box.querySelector('.desk'))
    const first = heading()
    for (const [key, panel] of [
      ['e', 'evidence'],
      ['l', 'logs'],
      ['d', 'changes'],
    ] as const) {
      await userEvent.keyboard(key)
      await expect.poll(() => document.activeElement?.id).toBe(`desk-${panel}`)
    }
    await userEvent.keyboard('n')
    await expect.poll(() => document.activeElement?.tagName).toBe('TEXTAREA')
    // What is written there is written, and does nothing else.
    await userEvent.keyboard('jer?')
    expect((document.activeElement as HTMLTextAreaElement).value).toBe('jer?')
    expect(heading()).toBe(first)
    expect(document.querySelector('[role=dialog]')).toBeNull()
    expect(feed.sent).toEqual([])
    ;(document.activeElement as HTMLElement).blur()
    await userEvent.keyboard('j')
    await expect.poll(heading).not.toBe(first)
    await userEvent.keyboard('k')
    await expect.poll(heading).toBe(first)
    await userEvent.keyboard('r')
    expect(feed.sent.map(({ type }) => type)).toEqual(['begin-case-report'])
    await userEvent.keyboard('c')
    await expect.poll(() => box.querySelector('.case-list')).not.toBeNull()
  })

  test('? shows them, and whoever wants none switches them off', async () => {
    const { box } = await room()
    await userEvent.keyboard('?')
    await expect.poll(() => document.querySelector('[role=dialog]')?.textContent).toContain('previous case')
    expect(await violations(document.body)).toEqual([])
    await page.getByRole('checkbox', { name: /single keys/ }).click()
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => document.querySelector('[role=dialog]')).toBeNull()
    await userEvent.keyboard('j?')
    expect(box.querySelector('.desk')).toBeNull()
    expect(document.querySelector('[role=dialog]')).toBeNull()
  })
})

describe('alerts', () => {
  test('nothing sounds or pops up before somebody asked for it by a click', async () => {
    const shown: string[] = []
    class FakeNotification {
      static permission = 'default'
      static requestPermission = async () => {
        FakeNotification.permission = 'granted'
        return 'granted'
      }
      constructor(title: string, options: { body: string }) {
        shown.push(`${title}: ${options.body}`)
      }
    }
    vi.stubGlobal('Notification', FakeNotification)
    const { feed } = await room('', storm)
    more(feed, storm, opened)
    await expect.poll(() => document.title).toMatch(/^\(\d+\)/)
    expect([shown, FakeNotification.permission]).toEqual([[], 'default'])
    await page.getByRole('button', { name: /new case/ }).click()
    await expect
      .poll(() => document.querySelector('[role=dialog]')?.textContent)
      .toContain('Odd login at night')
    expect(await violations(document.querySelector('[role=dialog]') as HTMLElement)).toEqual([])
    await page.getByRole('checkbox', { name: /notification/ }).click()
    const next = continued(opened, AT, [['open-case', { ...hand, title: 'Another', seen: 1 }, anna]])
    more(feed, opened, next)
    await expect.poll(() => shown).toEqual([expect.stringMatching(/^New case C\d+: Another$/)])
  })
})

describe('everywhere', () => {
  for (const lang of LANGS)
    for (const theme of THEMES)
      test(`${lang}, ${theme}: list and desk: axe finds nothing, nothing sticks out`, async () => {
        const { box } = await room(desk, noted, lang, theme)
        await until(() => box.querySelector('.desk .logs-lines'))
        for (const [width, height] of [
          [1920, 1080],
          [1366, 768],
          [390, 844],
        ] as const) {
          await page.viewport(width, height)
          await new Promise((drawn) => setTimeout(drawn, 100))
          expect([width, misplaced(box)]).toEqual([width, []])
          // What is known and done stands high on a laptop's screen, not what leads away from it.
          const top = (part: string) => box.querySelector(part)?.getBoundingClientRect().top ?? 0
          if (width > 1000) expect(document.documentElement.scrollHeight).toBe(height)
          if (width > 1000)
            expect(top('.desk-panels') - top('.desk')).toBeLessThanOrEqual(width > 1400 ? 160 : 150)
          await page.screenshot({ path: `../../.vitest/desk-${lang}-${theme}-${width}.png` })
        }
        expect(await violations(box)).toEqual([])
        box.querySelector<HTMLElement>('.desk-ways button')?.click()
        await until(() => box.querySelector('.case-list'))
        expect(misplaced(box)).toEqual([])
        expect(await violations(box)).toEqual([])
        await page.viewport(1366, 768)
        await page.screenshot({ path: `../../.vitest/cases-${lang}-${theme}.png` })
      })
})
