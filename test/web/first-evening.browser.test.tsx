import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { redact } from '../../server/exercise/ledger/audience.ts'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { Inject } from '../../server/exercise/scenario/inject.ts'
import type { Audience, Scenario } from '../../server/exercise/scenario/model.ts'
import { at } from '../../server/exercise/scenario/trigger.ts'
import type { Text } from '../../server/exercise/scenario/words.ts'
import type { FeedSocket } from '../../web/feed/connect.ts'
import { takeBatches } from '../../web/feed/feed.ts'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { demoScenario } from '../kit/demo-scenario.ts'
import { continued, recordLedger } from '../kit/ledger.ts'
import { misplaced } from './boxes.ts'
import { recordedFeed, type ShownFeed, showPage, until, violations } from './recorded-feed.tsx'

/** What somebody noted who played for the first time, in a team's room. */
const NOW = 372_000
const team = 'finland'
const blue: Audience = { seat: 'blue', team }
const text = (en: string): Text => ({ en, et: `${en} (et)`, ja: `${en}（日本語）` })
const message = (id: string, number: number, more: Partial<Inject>): Inject => ({
  id,
  number,
  title: text(`What about ${id}?`),
  text: text('Please tell us.'),
  from: text('The ministry'),
  channel: 'mail',
  roles: [],
  expects: { kind: 'text', maxLength: 500 },
  rubric: [{ id: 'true', title: text('It is true'), points: 4 }],
  attachments: [],
  category: 'strategic',
  weight: 1,
  weightBefore: number - 1,
  trigger: at(20_000),
  withinMs: null,
  teams: null,
  objectives: [],
  ...more,
})
const scenario: Scenario = {
  ...demoScenario,
  injects: [message('press', 1, {}), message('news', 2, { expects: null, rubric: [] })],
  scoring: {
    ...demoScenario.scoring,
    availability: demoScenario.scoring.availability - 1_500,
    reporting: 1_000,
    strategic: 500,
    hintCosts: [20, 0, 0],
  },
}
const fields = {
  service: 'tax',
  noticedMs: 262_000,
  technique: 'T1190',
  indicators: '10.0.0.7',
  actions: 'Closed it.',
  confidence: 'high',
} as const
const WHOLE = { service: 25, technique: 25, time: 20, indicators: 15, completeness: 15 }
const grade = (report: string, criteria: Record<string, number>) =>
  [
    'grade-report',
    { team, report, match: 'peek', criteria, comment: 'Well seen.', final: false, seen: 1 },
  ] as const
const begun = continued(recordLedger(NOW, null, scenario), NOW, [
  ['send-inject', { team, inject: 'press' }],
  ['send-inject', { team, inject: 'news' }],
  ['answer-inject', { team, inject: 'press', content: { kind: 'text', text: 'We know.' }, seen: 0 }],
  ['file-report', { team, report: 'R1', fields, seen: 0 }],
  ['file-report', { team, report: 'R2', fields: { ...fields, service: 'eid' }, seen: 0 }],
])
const drafted = continued(begun, NOW, [
  ['save-report-draft', { team, report: 'R3', field: 'actions', text: 'By mistake' }],
])
const graded = continued(begun, NOW, [
  grade('R1', { ...WHOLE, technique: 15 }),
  ['grade-inject', { team, inject: 'press', criteria: { true: 4 }, comment: '', final: false, seen: 1 }],
])
const ended = (ledger: readonly Recorded[]) => continued(ledger, NOW, [['end-exercise', { reason: '' }]])

const room = async (
  ledger: readonly Recorded[],
  tab: string | null = null,
  { theme = 'dark' }: { readonly theme?: 'dark' | 'light' } = {},
) => {
  const feed = recordedFeed(ledger, blue, NOW)
  const box = await showPage(<TeamPage team={team} />, feed, { hash: `#/team/${team}`, lang: 'en', theme })
  if (tab) await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click()
  return { feed, box }
}
/** More of the same ledger comes to a page that is open. */
const comes = (feed: ShownFeed, before: readonly Recorded[], after: readonly Recorded[]) =>
  takeBatches(feed.store, () => Promise.reject(new Error('no gap')))({
    after: before.length,
    cursor: after.length,
    events: after.slice(before.length).flatMap((event) => redact(event, blue) ?? []),
  })
/** Whether all of an element is before the reader's eyes. */
function seen(element: Element): boolean {
  const { left, top, bottom } = element.getBoundingClientRect()
  const over = document.elementFromPoint(left + 2, top + 2)
  return (
    top >= 0 && bottom <= innerHeight && over !== null && (element.contains(over) || over.contains(element))
  )
}
const shot = (name: string) => page.screenshot({ path: `../../.vitest/${name}.png` })

beforeEach(async () => {
  sessionStorage.clear()
  localStorage.clear()
  await page.viewport(1366, 768)
})

describe('a report', () => {
  test('that lacks something leads to it, with what is wrong beside it', async () => {
    const { box, feed } = await room(begun, 'Reports')
    await page.getByRole('button', { name: 'New report' }).click()
    await page.getByRole('button', { name: 'File the report' }).click()
    const service = await until(() => box.querySelector<HTMLSelectElement>('select[name=service]'))
    await expect.poll(() => document.activeElement).toBe(service)
    expect(seen(service)).toBe(true)
    const said = () => document.getElementById(document.activeElement?.getAttribute('aria-describedby') ?? '')
    expect(said()?.textContent).toBe('Choose the service that it is about.')
    expect(seen(said() as HTMLElement)).toBe(true)
    await shot('report-fault')
    await page.getByRole('combobox', { name: 'Service' }).selectOptions('tax')
    await page.getByRole('textbox', { name: /^Noticed at/ }).fill('99:00')
    await page.getByRole('button', { name: 'File the report' }).click()
    await expect.poll(() => document.activeElement?.getAttribute('name')).toBe('noticed')
    expect(said()?.textContent).toBe('Write a time that has passed, such as 12:30.')
    expect(seen(document.activeElement as Element)).toBe(true)
    await page.getByRole('textbox', { name: /^Noticed at/ }).fill('4:22')
    await page.getByRole('textbox', { name: /^Technique/ }).fill('nonsense')
    await page.getByRole('button', { name: 'File the report' }).click()
    await expect.poll(() => document.activeElement?.getAttribute('name')).toBe('technique')
    expect(feed.sent.filter(({ type }) => type === 'file-report')).toEqual([])
    expect(await violations(box)).toEqual([])
  })

  test('that was filed says so where the reader is', async () => {
    const { box, feed } = await room(begun, 'Reports')
    await page.getByRole('button', { name: 'New report' }).click()
    await page.getByRole('combobox', { name: 'Service' }).selectOptions('tax')
    await page.getByRole('textbox', { name: /^Noticed at/ }).fill('4:22')
    await page.getByRole('button', { name: 'File the report' }).click()
    await expect.poll(() => feed.sent.some(({ type }) => type === 'file-report')).toBe(true)
    comes(feed, begun, continued(begun, NOW, [['file-report', { team, report: 'R3', fields, seen: 0 }]]))
    const filed = await until(() =>
      [...box.querySelectorAll('[role=status]')].find((one) =>
        /^Report R3 was filed/.test(one.textContent ?? ''),
      ),
    )
    await expect.poll(() => seen(filed)).toBe(true)
  })

  test('that is chosen begins at its top', async () => {
    const { box } = await room(graded, 'Reports')
    await page.getByRole('button', { name: /^R2/ }).click()
    const panel = await until(() => box.querySelector<HTMLElement>('[role=tabpanel]'))
    panel.scrollTop = panel.scrollHeight
    ;(
      await until(() =>
        [...box.querySelectorAll<HTMLElement>('.inbox-item')].find((one) =>
          one.textContent?.startsWith('R1'),
        ),
      )
    ).click()
    await expect.poll(() => seen(box.querySelector('.message-grade b') as Element)).toBe(true)
  })

  test('that was never filed is thrown away, for good', async () => {
    const { box, feed } = await room(drafted, 'Reports')
    await page.getByRole('button', { name: /^R3/ }).click()
    await page.getByRole('button', { name: 'Throw the draft away' }).click()
    await page.getByRole('button', { name: 'Throw it away' }).click()
    await expect
      .poll(() => feed.sent)
      .toEqual([{ type: 'discard-report-draft', data: { team, report: 'R3' } }])
    comes(feed, drafted, continued(drafted, NOW, [['discard-report-draft', { team, report: 'R3' }]]))
    await expect.poll(() => box.querySelectorAll('.inbox-list li').length).toBe(2)
    // Nothing of it comes back, and its number is the next one's.
    await page.getByRole('button', { name: 'New report' }).click()
    await expect.element(page.getByRole('heading', { name: 'Report R3' })).toBeVisible()
    expect([...box.querySelectorAll('textarea')].map(({ value }) => value)).toEqual(['', ''])
    expect(feed.sent).toHaveLength(1)
  })

  test('that was not filed by the end says so, and what was written', async () => {
    const { box } = await room(ended(drafted), 'Reports')
    await page.getByRole('button', { name: 'R3 was not filed' }).click()
    await expect.poll(() => box.querySelector('.message dl')?.textContent).toBe('What we didBy mistake')
  })

  test('that was filed can not be thrown away', async () => {
    await room(begun, 'Reports')
    await page.getByRole('button', { name: /^R1/ }).click()
    await expect.element(page.getByRole('button', { name: 'File a new version' })).toBeVisible()
    await expect.element(page.getByRole('button', { name: 'Throw the draft away' })).not.toBeInTheDocument()
  })

  test('is said to wait where it was filed and not graded', async () => {
    await room(begun, 'Reports')
    await page.getByText('How soon attacks were noticed').click()
    await expect.element(page.getByText('reported 6:12, not graded yet').first()).toBeVisible()
  })
})

describe('a grade or an answer to an appeal', () => {
  test('is counted on its tab until it is read there, also after a reload', async () => {
    const { box, feed } = await room(begun)
    const counts = (of: HTMLElement) =>
      [...of.querySelectorAll('[role=tab]')].flatMap((tab) => {
        const count = tab.querySelector('.tab-fresh .hidden')?.textContent
        return count ? [`${tab.firstChild?.textContent}: ${count}`] : []
      })
    expect(counts(box)).toEqual([])
    comes(feed, begun, graded)
    const one = '1 new grade or answer to an appeal'
    await expect.poll(() => counts(box)).toEqual([`Inbox: ${one}`, `Reports: ${one}`])
    await shot('fresh-grades')
    await page.getByRole('tab', { name: /^Reports/ }).click()
    await expect.element(page.getByRole('button', { name: /^R1.*New grade/ })).toBeVisible()
    await page.getByRole('button', { name: /^R1/ }).click()
    await expect.poll(() => counts(box)).toEqual([`Inbox: ${one}`])
    const again = await room(graded)
    await expect.poll(() => counts(again.box)).toEqual([`Inbox: ${one}`])
  })

  test('says when the appeal was made and when it was answered, in the timeline too', async () => {
    const made = continued(graded, NOW, [
      ['make-appeal', { team, subject: { kind: 'report', id: 'R1' }, text: 'It was T1190.' }],
    ])
    const answered = continued(made, NOW + 60_000, [
      ['answer-appeal', { team, appeal: 'A1', text: 'So it was.', outcome: 'changed' }],
    ])
    await room(answered, 'Reports')
    await page.getByRole('button', { name: /^R1/ }).click()
    await expect
      .element(page.getByText('Appeal A1, made at 6:12 and answered at 7:12: it was changed.'))
      .toBeVisible()
    await page.getByRole('tab', { name: 'Timeline' }).click()
    await expect.element(page.getByText('Appeal A1 was answered: it was changed')).toBeVisible()
    await expect.element(page.getByText('Report R1 graded, 90%')).toBeVisible()
  })

  test.each([
    ['offered where something is missing', graded, 1],
    ['not where all was given', continued(begun, NOW, [grade('R1', WHOLE)]), 0],
    // Grades come after the end, too.
    ['also after the end', ended(graded), 1],
  ])('an appeal is %s', async (_, ledger, many) => {
    const { box } = await room(ledger, 'Reports')
    await page.getByRole('button', { name: /^R1/ }).click()
    await until(() => box.querySelector('.message-grade'))
    expect(box.querySelectorAll('.message-grade .appeals > button')).toHaveLength(many)
  })
})

test('a hint that is free is shown at once, and its button says what it does', async () => {
  const { feed } = await room(begun)
  await page.getByRole('button', { name: 'Show hint 3 of 3 (free)' }).click()
  expect(feed.sent).toEqual([{ type: 'take-hint', data: { team, weakness: 'tax-1', level: 3 } }])
  await page.getByRole('tab', { name: 'Score' }).click()
  // What it cost names the service; what was free is no line.
  await expect.element(page.getByText(/^Hint 1 of 3 on Tax filing was taken$/)).toBeInTheDocument()
  await expect.element(page.getByText(/^Hint 2 of 3 on/)).not.toBeInTheDocument()
})

test('on the right stands first what needs somebody, and nothing scrolls within what scrolls', async () => {
  const { box } = await room(begun)
  const side = await until(() => box.querySelector('.room-side'))
  expect(side.firstElementChild?.className).toContain('room-attacks')
  const scrolling = [...side.querySelectorAll('*')].filter((one) =>
    ['auto', 'scroll'].includes(getComputedStyle(one).overflowY),
  )
  expect(scrolling.filter((one) => one.matches('.card, .card > ol, .card > ul'))).toEqual([])
})

test('before the start a team reads the briefing; when it runs, it looks at its services', async () => {
  const start = begun.findIndex(({ type }) => type === 'exercise.started')
  const { box, feed } = await room(begun.slice(0, start))
  const tab = () => box.querySelector('[role=tab][aria-selected=true]')?.textContent
  expect(tab()).toBe('Briefing')
  comes(feed, begun.slice(0, start), begun.slice(0, start + 1))
  await expect.poll(tab).toBe('Overview')
})

test('nobody takes on a message that wants no answer, or has one', async () => {
  const { box } = await room(begun, 'Inbox')
  for (const title of [/What about press/, /What about news/]) {
    await page.getByRole('button', { name: title }).click()
    await until(() => box.querySelector('.message h2'))
    expect(box.querySelector('.message .work-claim')).toBeNull()
    box.querySelector<HTMLElement>('.inbox-back')?.click()
  }
})

test('after the end a team is told where to look next', async () => {
  const { box } = await room(ended(graded))
  expect([...box.querySelectorAll('.outcome-next > *')].map((one) => one.textContent)).toEqual([
    'Our report',
    'Scoreboard',
    'Our timeline',
    'Our score, line by line',
    'Our reports and their grades',
  ])
  await page.getByRole('button', { name: 'Our timeline' }).click()
  expect(box.querySelector('[role=tab][aria-selected=true]')?.textContent).toBe('Timeline')
})

describe('the terminal', () => {
  const socket = () => {
    const deaf = { on: () => deaf, off: () => deaf }
    const answer = async (what: string) =>
      what === 'terminal-open' ? { ok: true, terminal: 't1', typed: 0 } : 0
    const made = {
      ...deaf,
      io: deaf,
      connected: true,
      emit: () => made,
      emitWithAck: answer,
      timeout: () => made,
    }
    return made as unknown as FeedSocket
  }
  const terminal = async (ledger: readonly Recorded[], theme: 'dark' | 'light' = 'dark') => {
    const feed = { ...recordedFeed(ledger, blue, NOW), socket: socket() }
    const box = await showPage(<TeamPage team={team} />, feed, { hash: `#/team/${team}`, lang: 'en', theme })
    await page.getByRole('tab', { name: /^Terminal/ }).click()
    const area = await until(() => box.querySelector<HTMLTextAreaElement>('.terminal-box textarea'))
    return { box, area }
  }

  test('says in a pause that nothing was typed, and lets the line stand out', async () => {
    const { box, area } = await terminal(continued(begun, NOW, [['pause-exercise', { reason: '' }]]))
    await expect.element(page.getByText(/^Time stands still: you may look/)).toBeVisible()
    expect(box.querySelector('.terminal-swallowed')).toBeNull()
    area.focus()
    await userEvent.keyboard('ls')
    await until(() => box.querySelector('.terminal-swallowed'))
    await shot('terminal-swallowed')
    expect([...box.querySelectorAll('[role=status]')].map((one) => one.textContent)).toContain(
      'What you typed did not reach the terminal.',
    )
    await expect.poll(() => box.querySelector('.terminal-swallowed'), { timeout: 4_000 }).toBeNull()
  })

  test('says before the start that it has not begun', async () => {
    await terminal(
      begun.slice(
        0,
        begun.findIndex(({ type }) => type === 'exercise.started'),
      ),
    )
    await expect.element(page.getByText(/^The exercise has not begun: you may look/)).toBeVisible()
  })

  test('says after the end that it is over, and ends within the window whatever stands above', async () => {
    const { box } = await terminal(ended(graded), 'light')
    expect(box.querySelector('.terminal-help')?.textContent).toMatch(/^The exercise is over/)
    const rows = await until(() => box.querySelector('.xterm-rows'))
    await expect.poll(() => rows.lastElementChild?.getBoundingClientRect().bottom ?? 9_999).toBeLessThan(768)
    const panel = box.querySelector('[role=tabpanel]') as Element
    expect(panel.scrollHeight).toBeLessThanOrEqual(panel.clientHeight + 1)
    await shot('terminal-over')
  })
})

describe.each([
  [1366, 768, 'dark'],
  [1366, 768, 'light'],
  [390, 844, 'dark'],
  [390, 844, 'light'],
] as const)('at %i x %i, %s', (width, height, theme) => {
  test.each([
    ['Overview', 'end', ended(graded)],
    ['Reports', 'reports', drafted],
    ['Reports', 'graded', graded],
    ['Score', 'score', graded],
  ] as const)('%s is in order (%s)', async (tab, name, ledger) => {
    await page.viewport(width, height)
    const { box } = await room(ledger, tab, { theme })
    if (name === 'reports') await page.getByRole('button', { name: /^R3/ }).click()
    if (name === 'graded') await page.getByRole('button', { name: /^R1/ }).click()
    expect(misplaced(box)).toEqual([])
    await shot(`room-${name}-${width}-${theme}`)
  })
})
