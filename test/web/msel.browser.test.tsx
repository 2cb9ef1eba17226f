import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { Scenario, Team } from '../../server/exercise/scenario/model.ts'
import { at } from '../../server/exercise/scenario/trigger.ts'
import { passTime, takeBatches } from '../../web/feed/feed.ts'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { TimelinePage } from '../../web/instructor/timeline-page.tsx'
import { useConsoleTab } from '../../web/msel/console-tab.ts'
import { inject, text } from '../exercise/made-scenario.ts'
import { white } from '../kit/actors.ts'
import { demoScenario, demoTeams } from '../kit/demo-scenario.ts'
import { continued, recordLedger } from '../kit/ledger.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const NOW_MS = 240_000
const anna = { ...white('w1'), name: 'Anna <b>Tamm</b>' }
const of = (hash: string, lang: 'en' | 'et' | 'ja' = 'en', theme: 'dark' | 'light' = 'dark') => ({
  hash,
  lang,
  theme,
})

const messages: Scenario['injects'] = [
  inject('press', 60_000, { title: text('A newspaper asks who is affected'), expectedAction: text('x') }),
  inject('ministry', 300_000, { number: 2, title: text('The ministry wants a report') }),
  inject('lawyer', 330_000, {
    number: 3,
    title: text('A lawyer asks for her client’s data'),
    trigger: { kind: 'after', after: { kind: 'inject', id: 'press', outcome: 'answered' }, delayMs: 60_000 },
  }),
  inject('rumour', 0, { number: 4, title: text('A rumour'), trigger: { kind: 'manual' } }),
  inject('cert', 400_000, {
    number: 5,
    title: text('<img src=x onerror=alert(1)> asks'),
    teams: ['finland'],
  }),
]
const scenario: Scenario = {
  ...demoScenario,
  injects: messages,
  scoring: { ...demoScenario.scoring, strategic: 0 },
}
const begun = recordLedger(NOW_MS, null, scenario)
const [first = '', second = ''] = demoTeams.map(({ id }) => id)
const ledger = continued(begun, NOW_MS, [
  ['send-inject', { team: first, inject: 'press' }],
  ['send-inject', { team: second, inject: 'press' }],
  ['change-entry', { kind: 'inject', id: 'ministry', team: second, change: { kind: 'hold' }, seen: 0 }, anna],
  [
    'change-entry',
    { kind: 'inject', id: 'ministry', team: null, change: { kind: 'move', byMs: 60_000 }, seen: 1 },
    anna,
  ],
])

const desk = async (shown: readonly Recorded[] = ledger, answer?: Parameters<typeof recordedFeed>[3]) => {
  const feed = recordedFeed(shown, { seat: 'white' }, NOW_MS, answer)
  const box = await showPage(<TimelinePage />, feed, of('#/timeline'))
  return { feed, box, grid: await until(() => box.querySelector<HTMLElement>('[role=grid]')) }
}
const rowOf = (box: HTMLElement, title: string) =>
  [...box.querySelectorAll<HTMLElement>('tbody tr')].find((row) => row.textContent?.includes(title))
const cellsOf = (box: HTMLElement, title: string) =>
  [...(rowOf(box, title)?.querySelectorAll('td') ?? [])].map((cell) =>
    cell.textContent?.replaceAll('\u00a0', ' '),
  )
const focusOn = async (box: HTMLElement, title: string, column = 0) => {
  const cell = await until(() => rowOf(box, title)?.querySelectorAll<HTMLElement>('[data-row]')[column])
  await userEvent.click(cell)
  await expect.poll(() => document.activeElement).toBe(cell)
}

const formText = () => document.querySelector('[role=dialog]')?.textContent

beforeEach(() => {
  sessionStorage.clear()
  useConsoleTab.setState({ tab: 'pilots' })
})

describe('the timeline', () => {
  test('says of every entry and team how it stands, and what comes next', async () => {
    const { box } = await desk()
    // The clock goes on meanwhile: whole minutes are rounded down, and seconds are said when few are left.
    const soon = expect.stringMatching(/^◷in (2 min|1 min \d+ sec) ↷$/)
    expect(cellsOf(box, 'The ministry wants')).toEqual([soon, '‖held ↷', soon])
    expect(cellsOf(box, 'A newspaper asks')[0]).toMatch(/[45] min left/)
    expect(cellsOf(box, 'A rumour')).toEqual(['▷ready to fire', '▷ready to fire', '▷ready to fire'])
    expect(cellsOf(box, '<img src=x')).toEqual(
      ['–not for them', '–not for them', '–not for them'].map((no, i) =>
        demoTeams[i]?.id === 'finland' ? expect.stringMatching(/^◷in 2 min \d+ sec$/) : no,
      ),
    )
    expect(box.querySelector('img')).toBeNull()
    expect(box.querySelector('.msel-next')?.textContent).toMatch(/^Next in /)
    await focusOn(box, 'A lawyer asks')
    await expect
      .poll(() => box.querySelector('.msel-detail')?.textContent)
      .toContain('It waits for an answer to “A newspaper asks')
    await focusOn(box, 'The ministry wants', 2)
    await expect
      .poll(() => box.querySelector('.msel-detail')?.textContent)
      .toContain('Held by Anna <b>Tamm</b> since 4:00')
    expect(await violations(box)).toEqual([])
  })

  test('everything by keyboard: arrows move, letters act on the cell, on the row for all teams, and on what is selected', async () => {
    const { box, feed } = await desk()
    await focusOn(box, 'The ministry wants')
    await userEvent.keyboard('h')
    await expect.poll(() => feed.sent.length).toBe(1)
    const ministry = { kind: 'inject', id: 'ministry' } as const
    expect(feed.sent[0]).toEqual({
      type: 'change-entry',
      data: { ...ministry, team: null, change: { kind: 'hold' }, seen: 2 },
    })
    await userEvent.keyboard('{ArrowRight}{ArrowRight}')
    await expect.poll(() => (document.activeElement as HTMLElement)?.dataset.column).toBe('2')
    await userEvent.keyboard('r')
    await expect.poll(() => feed.sent.length).toBe(2)
    expect(feed.sent[1]).toMatchObject({ data: { team: second, change: { kind: 'release' } } })
    await userEvent.keyboard(' {ArrowRight} 5')
    await expect.poll(() => feed.sent.length).toBe(4)
    expect(feed.sent.slice(2)).toMatchObject(
      [second, demoTeams[2]?.id].map((team) => ({ data: { team, change: { kind: 'move', byMs: 300_000 } } })),
    )
    await userEvent.keyboard('z')
    await expect.poll(() => feed.sent.length).toBe(6)
    expect(feed.sent.slice(4)).toMatchObject([
      { data: { change: { byMs: -300_000 } } },
      { data: { change: { byMs: -300_000 } } },
    ])
    await userEvent.keyboard('?')
    await expect.element(page.getByRole('dialog', { name: 'Keys of the timeline' })).toBeVisible()
    expect(await violations(document.body)).toEqual([])
  })

  test('fires only after it is asked once more, and says who does not get it', async () => {
    const { box, feed } = await desk()
    await focusOn(box, 'A rumour', 1)
    await userEvent.keyboard('f')
    await expect.element(page.getByRole('alertdialog')).toBeVisible()
    expect(document.querySelector('[role=alertdialog]')?.textContent).toContain('Not all teams get it')
    expect(feed.sent).toEqual([])
    await userEvent.keyboard('{Enter}')
    await expect
      .poll(() => feed.sent)
      .toEqual([{ type: 'fire-entry', data: { kind: 'inject', id: 'rumour', team: first } }])
    await expect.poll(() => box.querySelector('.msel-news')?.textContent).toContain('Fire now')
  })

  test('a refusal says why', async () => {
    const refusal = { code: 'already-came', message: 'It has come.', params: {} }
    const { box } = await desk(ledger, { ok: false, refusal })
    await focusOn(box, 'A newspaper asks', 1)
    await userEvent.keyboard('c')
    await expect.element(page.getByText('This has come already and can no longer be changed.')).toBeVisible()
  })

  test('edits what changed and nothing else; languages that nobody wrote are borrowed', async () => {
    const { box, feed } = await desk()
    await focusOn(box, 'The ministry wants')
    await userEvent.keyboard('e')
    const title = page.getByRole('textbox', { name: 'Title' }).first()
    await title.fill('The ministry wants two reports')
    await page.getByRole('spinbutton', { name: /Minutes to answer/ }).fill('10')
    expect(await violations(document.body)).toEqual([])
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => feed.sent.length).toBe(1)
    expect(feed.sent[0]?.data).toMatchObject({ id: 'ministry', team: null, seen: 2 })
    const { change } = { change: {}, ...feed.sent[0]?.data } as { change: Record<string, unknown> }
    expect(Object.keys(change).toSorted()).toEqual(['kind', 'title', 'withinMs'])
    expect(change.title).toMatchObject({
      en: 'The ministry wants two reports',
      et: 'The ministry wants a report (et)',
    })
    expect(change.withinMs).toBe(600_000)
  })

  test('edits what an answer is graded by, as long as nobody has got the message', async () => {
    const { box, feed } = await desk()
    await focusOn(box, 'The ministry wants')
    await userEvent.keyboard('e')
    await page.getByRole('spinbutton', { name: 'Points for criterion 1' }).fill('2')
    await page.getByRole('button', { name: 'Remove criterion 2' }).click()
    await page.getByRole('button', { name: 'Add a criterion' }).click()
    await page.getByRole('textbox', { name: 'Criterion 2' }).fill('It is short')
    expect(await violations(document.body)).toEqual([])
    await page.screenshot({ path: '../../.vitest/edit-rubric.png' })
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => feed.sent.length).toBe(1)
    expect(feed.sent[0]?.data).toMatchObject({
      change: {
        kind: 'edit',
        rubric: [
          // What earned more than there is now is gone with it.
          { id: 'true', title: text('It is true'), points: 2, anchors: [] },
          { id: 'criterion-3', title: { en: 'It is short' }, points: 5 },
        ],
      },
    })
    await userEvent.keyboard('{Escape}')
    await focusOn(box, 'A newspaper asks')
    await userEvent.keyboard('e')
    await expect.poll(formText).toContain('what it is graded by can no longer change')
    expect(page.getByRole('button', { name: 'Add a criterion' }).elements()).toEqual([])
  })

  test('whether a new message counts stands beside what it is graded by: with a rubric and for all it does, for some only if it is said', async () => {
    const { box } = await desk()
    await focusOn(box, 'A rumour')
    await userEvent.keyboard('n')
    const counts = page.getByRole('checkbox', { name: 'It counts for the score' })
    await expect.element(counts).not.toBeChecked()
    await page.getByRole('button', { name: 'Add a criterion' }).click()
    await expect.element(counts).toBeChecked()
    const one = page.getByRole('dialog').getByRole('checkbox', { name: 'Finland' })
    await one.click()
    await expect.element(counts).not.toBeChecked()
    await expect.poll(formText).toContain('Only some teams get it')
    await counts.element().scrollIntoView()
    await page.screenshot({ path: '../../.vitest/counts.png' })
    // Whoever has said so is not overruled.
    await counts.click()
    await expect.element(counts).toBeChecked()
    await one.click()
    await expect.element(counts).toBeChecked()
    await counts.click()
    await expect.element(counts).not.toBeChecked()
    expect(await violations(document.body)).toEqual([])
  })

  test('where the scenario gives nothing of the kind, a new message can not count, and it is said', async () => {
    const { box } = await desk(
      recordLedger(NOW_MS, null, {
        ...scenario,
        injects: messages.map((one) => ({ ...one, category: null })),
      }),
    )
    await focusOn(box, 'A rumour')
    await userEvent.keyboard('n')
    await page.getByRole('button', { name: 'Add a criterion' }).click()
    await expect.element(page.getByRole('checkbox', { name: 'It counts for the score' })).toBeDisabled()
    await expect.poll(formText).toContain('It cannot count')
  })

  test('adds a message from scratch, once, for some teams', async () => {
    const { box, feed } = await desk()
    await focusOn(box, 'A rumour', 1)
    await userEvent.keyboard('n')
    await page.getByRole('textbox', { name: 'Title' }).first().fill('Phones are down')
    await page.getByRole('textbox', { name: 'Text' }).first().fill('Nobody can call. <script>')
    await page.getByRole('textbox', { name: 'From' }).first().fill('Operator')
    await page.getByRole('button', { name: 'Add a criterion' }).click()
    await page.getByRole('textbox', { name: 'Criterion 1' }).fill('It is true')
    await page.getByRole('spinbutton', { name: 'Points for criterion 1' }).fill('2.5')
    expect(await violations(document.body)).toEqual([])
    await page.screenshot({ path: '../../.kilp/shots/msel-rubric.png' })
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await expect.poll(() => feed.sent.length).toBe(1)
    expect(feed.sent[0]).toMatchObject({
      type: 'add-entry',
      data: {
        atMs: NOW_MS,
        teams: [first],
        entry: {
          kind: 'inject',
          like: null,
          title: { en: 'Phones are down', ja: 'Phones are down', borrowed: { et: 'en', ja: 'en' } },
          wants: 'text',
          rubric: [{ title: { en: 'It is true', et: 'It is true' }, points: 2.5 }],
          withinMs: 900_000,
          counts: false,
        },
      },
    })
  })

  test('filters: what is held and by whom; with one team, the whole row is that team', async () => {
    const { box, feed } = await desk()
    await page.getByRole('combobox', { name: 'State' }).selectOptions('Held or cancelled')
    await expect.poll(() => box.querySelectorAll('tbody tr').length).toBe(1)
    await page.getByRole('combobox', { name: 'State' }).selectOptions('Any')
    await page.getByRole('combobox', { name: 'Held by' }).selectOptions('Anna <b>Tamm</b>')
    await expect.poll(() => box.querySelectorAll('tbody tr').length).toBe(1)
    await page.getByRole('combobox', { name: 'Team' }).selectOptions('Japan')
    await focusOn(box, 'The ministry wants')
    await userEvent.keyboard('c')
    await expect
      .poll(() => feed.sent)
      .toMatchObject([{ data: { team: 'japan', change: { kind: 'cancel' } } }])
  })

  test.each([
    ['et', 'light'],
    ['ja', 'dark'],
  ] as const)('is clean in %s, %s, and at the width of a phone', async (lang, theme) => {
    await page.viewport(390, 800)
    const feed = recordedFeed(ledger, { seat: 'white' }, NOW_MS)
    const box = await showPage(<TimelinePage />, feed, of('#/timeline', lang, theme))
    await until(() => box.querySelector('[role=grid]'))
    expect(await violations(box)).toEqual([])
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390)
    await page.screenshot({ path: `../../.kilp/shots/msel-phone-${lang}.png` })
    await page.viewport(1600, 1000)
    await page.screenshot({ path: `../../.kilp/shots/msel-${lang}.png` })
  })
})

describe('an entry that is moved in time', () => {
  const ministry = { kind: 'inject', id: 'ministry' } as const
  const handles = (box: HTMLElement, title: string) => [
    ...(rowOf(box, title)?.querySelectorAll<HTMLElement>('.msel-handle') ?? []),
  ]
  const middle = (element: Element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    return { clientX: left + width / 2, clientY: top + height / 2 }
  }
  /** As a browser tells of a pointer: what is done to an element, then to wherever the pointer is. */
  const hand = (element: Element, pointerType: 'mouse' | 'touch') => {
    const from = middle(element)
    const at = { pointerId: 7, isPrimary: true, bubbles: true, cancelable: true, pointerType }
    const fire = (type: string, by: number, to: EventTarget = window) =>
      to.dispatchEvent(new PointerEvent(type, { ...at, ...from, clientX: from.clientX + by }))
    fire('pointerdown', 0, element)
    return {
      to: (by: number) => fire('pointermove', by),
      up: () => fire('pointerup', 0),
      cancel: () => fire('pointercancel', 0),
    }
  }
  const bubble = (box: HTMLElement) =>
    box.querySelector('.msel-bubble')?.textContent?.replaceAll('\u00a0', ' ')
  const aMinute = (box: HTMLElement) => {
    const strip = rowOf(box, 'The ministry wants')?.querySelector('.msel-strip')
    return (strip?.getBoundingClientRect().width ?? 0) / (scenario.durationMs / 60_000)
  }

  test.each(['mouse', 'touch'] as const)(
    'is dragged with a %s, asked about, and undone',
    async (pointerType) => {
      const { box, feed } = await desk()
      await until(() => handles(box, 'The ministry wants')[0])
      // Not for what has come, for what waits for something, or is to be fired.
      for (const title of ['A newspaper asks', 'A lawyer asks', 'A rumour'])
        expect(handles(box, title)).toEqual([])
      const [handle] = handles(box, 'The ministry wants')
      const moved = hand(handle as HTMLElement, pointerType)
      moved.to(2)
      expect(bubble(box)).toBeUndefined()
      moved.to(aMinute(box))
      await expect.poll(() => bubble(box)).toBe('7:00, 1 min later')
      moved.to(2 * aMinute(box))
      await expect.poll(() => bubble(box)).toBe('8:00, 2 min later')
      moved.to(-10_000)
      // No sooner than now.
      await expect.poll(() => bubble(box)).toMatch(/^4:(10|20), 1 min (50|40) sec sooner$/)
      moved.to(2 * aMinute(box))
      moved.up()
      await expect.element(page.getByRole('dialog', { name: /The ministry wants/ })).toBeVisible()
      expect(await violations(document.body)).toEqual([])
      expect(feed.sent).toEqual([])
      await page.screenshot({ path: `../../.kilp/shots/msel-shift-ask-${pointerType}.png` })
      await userEvent.keyboard('{Enter}')
      await expect.poll(() => feed.sent.length).toBe(1)
      // Its only mark stands for all, also for the team that it is held for.
      expect(feed.sent[0]).toEqual({
        type: 'change-entry',
        data: { ...ministry, team: null, change: { kind: 'move', byMs: 120_000 }, seen: 2 },
      })
      await expect
        .poll(() => box.querySelector('.msel-news')?.textContent)
        .toContain('Moved to 8:00: #2 The ministry')
      await focusOn(box, 'A rumour')
      await userEvent.keyboard('z')
      await expect.poll(() => feed.sent.length).toBe(2)
      expect(feed.sent[1]?.data).toMatchObject({ team: null, change: { kind: 'move', byMs: -120_000 } })
      expect(box.querySelector('.msel-news')?.textContent).toContain('Undone: Move in time')
    },
  )

  test('for one team, or for all, as is chosen before it is done; Escape and a lost pointer leave it', async () => {
    const apart = continued(ledger, NOW_MS, [
      ['change-entry', { ...ministry, team: first, change: { kind: 'move', byMs: 60_000 }, seen: 2 }, anna],
    ])
    const { box, feed } = await desk(apart)
    await until(() => handles(box, 'The ministry wants')[1])
    for (const end of ['escape', 'cancel'] as const) {
      const gone = hand(handles(box, 'The ministry wants')[0] as HTMLElement, 'mouse')
      gone.to(aMinute(box))
      await expect.poll(() => bubble(box)).toBe('8:00, 1 min later')
      if (end === 'escape') await userEvent.keyboard('{Escape}')
      else gone.cancel()
      await expect.poll(() => bubble(box)).toBeUndefined()
      gone.up()
    }
    expect(document.querySelector('[role=dialog]')).toBeNull()
    const moved = hand(handles(box, 'The ministry wants')[0] as HTMLElement, 'mouse')
    moved.to(aMinute(box))
    moved.up()
    const lines = () => document.querySelector('[role=dialog] .msel-stand')?.textContent
    // The mark of one team moves that one; for all, the first of them comes at that time and the others keep their distance.
    await expect.poll(lines).toBe('Estonia7:00 → 8:00')
    const whom = page.getByRole('combobox', { name: 'For' })
    await whom.selectOptions('all teams')
    await page.getByRole('button', { name: '10 sec sooner' }).click()
    await expect.poll(lines).toContain('Estonia7:00 → 8:50')
    expect(lines()).toContain('Finland6:00 → 7:50')
    expect(lines()?.replaceAll('\u00a0', ' ')).toContain('Japan2 min 50 sec later than planned')
    await page.getByRole('button', { name: 'Move', exact: true }).click()
    await expect.poll(() => feed.sent.length).toBe(1)
    expect(feed.sent[0]?.data).toMatchObject({ team: null, change: { kind: 'move', byMs: 110_000 } })
  })

  test('by keys: each step is said, and the focus is back where it was', async () => {
    const { box, feed } = await desk()
    await focusOn(box, 'A rumour')
    await userEvent.keyboard('m')
    await expect
      .poll(() => box.querySelector('.msel-news')?.textContent)
      .toContain('no time that could be changed')
    await focusOn(box, 'The ministry wants', 1)
    const cell = document.activeElement
    await userEvent.keyboard('m')
    const slider = await until(() => box.querySelector<HTMLElement>('[role=slider]'))
    await expect.poll(() => document.activeElement).toBe(slider)
    expect(slider.getAttribute('aria-label')).toContain('The ministry wants a report')
    expect(slider.getAttribute('aria-valuetext')).toBe('6:00, as it stands')
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{PageUp}{ArrowLeft}')
    await expect
      .poll(() => slider.getAttribute('aria-valuetext')?.replaceAll('\u00a0', ' '))
      .toBe('7:00, 1 min later')
    expect(await violations(box)).toEqual([])
    await page.screenshot({ path: '../../.kilp/shots/msel-shift-keys.png' })
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => document.activeElement).toBe(cell)
    expect(box.querySelector('[role=slider]')).toBeNull()
    await userEvent.keyboard('m{ArrowRight}{Enter}')
    await expect.element(page.getByRole('dialog', { name: /The ministry wants/ })).toBeVisible()
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => feed.sent.length).toBe(1)
    expect(feed.sent[0]?.data).toMatchObject({ team: first, change: { kind: 'move', byMs: 10_000 } })
    await expect.poll(() => document.activeElement).toBe(cell)
  })

  test('nothing moves under the hand while the exercise goes on, and what is asked goes by how it stands then', async () => {
    const { box, feed } = await desk()
    await until(() => handles(box, 'The ministry wants')[0])
    const order = () => [...box.querySelectorAll('tbody .msel-name')].map((name) => name.textContent)
    const before = order()
    const tops = () => [...box.querySelectorAll('tbody tr')].map((row) => row.getBoundingClientRect().top)
    const stood = tops()
    const moved = hand(handles(box, 'The ministry wants')[0] as HTMLElement, 'mouse')
    moved.to(aMinute(box))
    await expect.poll(() => bubble(box)).toBe('7:00, 1 min later')
    // Somebody else puts the last attack before all others, and this message off by half a minute.
    const more = continued(ledger, NOW_MS, [
      [
        'change-entry',
        { kind: 'attack', id: 'refund', team: null, change: { kind: 'move', byMs: -80_000 }, seen: 0 },
        anna,
      ],
      ['change-entry', { ...ministry, team: null, change: { kind: 'move', byMs: 30_000 }, seen: 2 }, anna],
    ])
    takeBatches(feed.store, () => Promise.reject(new Error('nothing')))({
      after: ledger.length,
      cursor: more.length,
      events: more.slice(ledger.length),
    })
    passTime(feed.store, performance.now() + 5_000)
    await new Promise((drawn) => setTimeout(drawn, 300))
    expect([order(), tops()]).toEqual([before, stood])
    moved.up()
    // To the time that was chosen, which is not so far from where it stands now.
    await expect
      .poll(() => document.querySelector('[role=dialog] .num')?.textContent?.replaceAll('\u00a0', ' '))
      .toBe('7:00, 30 sec later')
    await userEvent.keyboard('{Enter}')
    await expect
      .poll(() => feed.sent[0]?.data)
      .toMatchObject({ change: { kind: 'move', byMs: 30_000 }, seen: 3 })
    await expect.poll(order).not.toEqual(before)
  })

  test.each([
    ['en', 'dark', 1920, 1080],
    ['et', 'light', 1366, 768],
    ['ja', 'light', 390, 844],
  ] as const)('is looked at: %s, %s, %i by %i', async (lang, theme, width, height) => {
    await page.viewport(width, height)
    const feed = recordedFeed(ledger, { seat: 'white' }, NOW_MS)
    const box = await showPage(<TimelinePage />, feed, of('#/timeline', lang, theme))
    const handle = await until(() => box.querySelector<HTMLElement>('tr.next .msel-handle'))
    handle.scrollIntoView({ block: 'center' })
    const moved = hand(handle, 'touch')
    moved.to(40)
    await until(() => bubble(box))
    const bounds = box.querySelector('.msel-bubble')?.getBoundingClientRect()
    expect(bounds?.left).toBeGreaterThanOrEqual(0)
    expect(bounds?.right).toBeLessThanOrEqual(width)
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
    expect(await violations(box)).toEqual([])
    await page.screenshot({ path: `../../.kilp/shots/msel-shift-${lang}.png` })
    moved.up()
    await until(() => document.querySelector('[role=dialog]'))
    await page.screenshot({ path: `../../.kilp/shots/msel-shift-ask-${lang}.png` })
    await page.viewport(1600, 1000)
  })
})

describe('the palette', () => {
  const open = async () => {
    const feed = recordedFeed(ledger, { seat: 'white' }, NOW_MS)
    const box = await showPage(<InstructorPage />, feed, of('#/instructor'))
    await userEvent.keyboard('{Control>}k{/Control}')
    await expect.element(page.getByRole('combobox', { name: 'What do you want to do?' })).toBeVisible()
    return { feed, box }
  }

  test('finds actions by their words, and does them: hold an entry, pause with a reason, end after asking', async () => {
    const { feed } = await open()
    await userEvent.keyboard('hold ministry')
    expect(await violations(document.body)).toEqual([])
    await page.screenshot({ path: '../../.kilp/shots/palette.png' })
    await userEvent.keyboard('{Enter}')
    await expect
      .poll(() => feed.sent)
      .toMatchObject([{ type: 'change-entry', data: { id: 'ministry', change: { kind: 'hold' } } }])
    await userEvent.keyboard('{Control>}k{/Control}')
    await userEvent.keyboard('pause{Enter}')
    await userEvent.keyboard('Lunch{Enter}')
    await expect.poll(() => feed.sent[1]).toEqual({ type: 'pause-exercise', data: { reason: 'Lunch' } })
    await userEvent.keyboard('{Control>}k{/Control}')
    await userEvent.keyboard('end the exercise{Enter}')
    await expect.element(page.getByText(/Press Enter again/)).toBeVisible()
    expect(feed.sent).toHaveLength(2)
    await userEvent.keyboard('The hall is dark{Enter}')
    await expect
      .poll(() => feed.sent[2])
      .toEqual({ type: 'end-exercise', data: { reason: 'The hall is dark' } })
  })

  test('restarts a service of a team and holds the standings back, each after asking', async () => {
    const { feed } = await open()
    await userEvent.keyboard('restart tax finland{Enter}')
    await expect.element(page.getByText(/Press Enter again/)).toBeVisible()
    await userEvent.keyboard('{Enter}')
    const data = { team: 'finland', service: 'tax', action: 'restart', seen: 0 }
    await expect.poll(() => feed.sent[0]).toEqual({ type: 'act-on-service', data })
    await userEvent.keyboard('{Control>}k{/Control}')
    await userEvent.keyboard('hold the standings{Enter}')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => feed.sent[1]).toEqual({ type: 'freeze-standings', data: {} })
  })

  test('leads to teams’ rooms and to the tools of the console', async () => {
    const { box } = await open()
    await userEvent.keyboard('grading{Enter}')
    await expect.poll(() => box.querySelector('[role=tab][aria-selected=true]')?.textContent).toBe('Grading')
    await userEvent.keyboard('{Control>}k{/Control}')
    await userEvent.keyboard('room of team finland{Enter}')
    await expect.poll(() => location.hash).toBe('#/instructor/finland')
  })
})

test('24 teams and 60 entries are shown, moved in and drawn again without a wait', async () => {
  const teams: readonly Team[] = Array.from({ length: 24 }, (_, i) => ({
    id: `t${i}`,
    name: text(`Country ${i}`),
    country: 'TT',
    pilot: 'absent',
  }))
  const injects = Array.from({ length: 50 }, (_, i) =>
    inject(`i${i}`, 0, {
      number: i + 1,
      title: text(`Message number ${i} to everybody`),
      trigger: at(20_000 + i * 11_000),
    }),
  )
  const large = recordLedger(NOW_MS, null, { ...scenario, injects }, teams)
  const feed = recordedFeed(large, { seat: 'white' }, NOW_MS)
  const began = performance.now()
  const box = await showPage(<TimelinePage />, feed, of('#/timeline'))
  await until(() => box.querySelectorAll('tbody tr').length > 50)
  const first = performance.now() - began
  await page.viewport(1920, 1080)
  await page.screenshot({ path: '../../.kilp/shots/msel-24.png' })
  const key = performance.now()
  const cell = await until(() => box.querySelector<HTMLElement>('tbody tr:nth-child(20) td'))
  cell.click()
  await until(() => document.activeElement === cell)
  const moved = performance.now() - key
  const before = box.querySelector('.msel-next')?.textContent
  const tick = performance.now()
  passTime(feed.store, performance.now() + 1_000)
  await until(() => box.querySelector('.msel-next')?.textContent !== before)
  const drawn = performance.now() - tick
  console.log(
    `shown in ${Math.round(first)} ms, moved in ${Math.round(moved)} ms, drawn again in ${Math.round(drawn)} ms`,
  )
  expect(drawn).toBeLessThan(2_500)
  // Bounds for a machine that does a lot besides: alone on it, each takes a fifth of that.
  expect(first).toBeLessThan(8_000)
  expect(moved).toBeLessThan(1_500)
})
