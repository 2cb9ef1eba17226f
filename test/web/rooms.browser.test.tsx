import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { redact } from '../../server/exercise/ledger/audience.ts'
import type { Audience, Service } from '../../server/exercise/scenario/model.ts'
import { passTime, takeBatches } from '../../web/feed/feed.ts'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { ScoreboardPage } from '../../web/scoreboard/scoreboard-page.tsx'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { demoScenario, demoTeams } from '../kit/demo-scenario.ts'
import { continued, handBack, recordLedger } from '../kit/ledger.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const STORM_MS = 372_000
const storm = recordLedger(STORM_MS)
const paused = continued(storm, STORM_MS, [['pause-exercise', { reason: 'Lunch' }]])
const prepared = continued(paused, STORM_MS, [['change-preparation', { open: true }]])
const handedBack = handBack(storm, STORM_MS)
const white: Audience = { seat: 'white' }
const blue: Audience = { seat: 'blue', team: 'finland' }
const of = (hash: string) => ({ hash, lang: 'en', theme: 'dark' }) as const

const room = async (answer?: Parameters<typeof recordedFeed>[3]) => {
  const feed = recordedFeed(storm, blue, STORM_MS, answer)
  return { feed, box: await showPage(<TeamPage team="finland" />, feed, of('#/team/finland')) }
}
const like = demoScenario.services.find(({ id }) => id === 'tax') as Service
const sixteen = recordLedger(STORM_MS, null, {
  ...demoScenario,
  services: [
    ...demoScenario.services,
    ...Array.from({ length: 10 }, (_, i) => ({ ...like, id: `more-${i}` })),
  ],
})
const desk = async (answer?: Parameters<typeof recordedFeed>[3], ledger = storm) => {
  const feed = recordedFeed(ledger, white, STORM_MS, answer)
  return { feed, box: await showPage(<InstructorPage />, feed, of('#/instructor')) }
}

beforeEach(() => sessionStorage.clear())

describe('team room', () => {
  test('a reload leads back to the service and the tab', async () => {
    await room()
    await page.getByRole('button', { name: /^Population register/ }).click()
    await page.getByRole('tab', { name: 'Score' }).click()
    const { box } = await room()
    await expect.poll(() => box.querySelector('[role=tab][aria-selected=true]')?.textContent).toBe('Score')
    expect(box.querySelector('.service-button[aria-pressed="true"]')?.textContent).toContain(
      'Population register',
    )
  })

  test('a hint is bought only after its price is confirmed', async () => {
    const { feed } = await room()
    await page.getByRole('button', { name: 'Hint 3 of 3: costs 80 points' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    expect(feed.sent).toEqual([])
    await page.getByRole('button', { name: 'Hint 3 of 3: costs 80 points' }).click()
    await page.getByRole('button', { name: 'Buy the hint' }).click()
    expect(feed.sent).toEqual([{ type: 'take-hint', data: { team: 'finland', weakness: 'tax-1', level: 3 } }])
  })

  test('a hint that another page has bought meanwhile is asked about no more', async () => {
    const before = recordLedger(200_000)
    const feed = recordedFeed(before, blue, 200_000)
    await showPage(<TeamPage team="finland" />, feed, of('#/team/finland'))
    await page.getByRole('button', { name: /^Tax filing/ }).click()
    await page.getByRole('button', { name: /^Hint 2 of 3/ }).click()
    await expect.element(page.getByRole('alertdialog')).toBeVisible()
    takeBatches(feed.store, () => Promise.reject(new Error('no gap')))({
      after: before.length,
      cursor: storm.length,
      events: storm.slice(before.length).flatMap((event) => redact(event, blue) ?? []),
    })
    await expect.poll(() => document.querySelector('[role=alertdialog]')).toBeNull()
    await expect.element(page.getByRole('button', { name: /^Hint 3 of 3/ })).toBeVisible()
    expect(feed.sent).toEqual([])
  })

  test('a person takes over from the machine', async () => {
    const { feed } = await room()
    await page.getByRole('button', { name: 'Take over' }).click()
    expect(feed.sent).toEqual([{ type: 'change-pilot', data: { team: 'finland', pilot: 'person' } }])
  })

  test.each([
    ['en', 'Terminals are open for preparation: time stands still, but you may type.'],
    ['et', 'Terminalid on ettevalmistuseks avatud: aeg seisab, aga kirjutada tohib.'],
    ['ja', '時間は止まっていますが、準備のためターミナルに入力できます。'],
  ] as const)(
    'says that terminals are open for preparation, in %s, and nothing where they are not',
    async (lang, said) => {
      const show = (ledger: typeof storm) =>
        showPage(<TeamPage team="finland" />, recordedFeed(ledger, blue, STORM_MS), {
          ...of('#/team/finland'),
          lang,
        })
      expect((await show(prepared)).querySelector('.preparation')?.textContent).toBe(said)
      for (const ledger of [storm, paused])
        expect((await show(ledger)).querySelector('.preparation')).toBeNull()
    },
  )

  test('a refusal is said in the viewer’s language', async () => {
    await room({ ok: false, refusal: { code: 'wrong-phase', message: 'no', params: {} } })
    await page.getByRole('button', { name: 'Take over' }).click()
    await expect.element(page.getByRole('alert')).toHaveTextContent('That cannot be done now.')
  })

  test('the verdict comes with its evidence', async () => {
    const { box } = await room()
    expect(box.querySelector('.overview-why')?.textContent).toContain('500 Internal Server Error')
    expect(box.querySelector('.overview-why')?.textContent).toContain('status 201')
  })

  test('score lines add up to the score, each with its rule', async () => {
    const { box } = await room()
    await page.getByRole('tab', { name: 'Score' }).click()
    const numbers = (selector: string) =>
      [...box.querySelectorAll(selector)].map((node) => Number(node.textContent?.replaceAll(',', '')))
    const lines = await until(() => box.querySelector('.score-line') && numbers('.score-points b'))
    const total = Number(box.querySelector('.team-score b')?.textContent?.replaceAll(',', ''))
    const sum = lines.reduce((a, b) => a + b, 0)
    expect(Math.abs(sum - total)).toBeLessThan(lines.length)
    expect(
      [...box.querySelectorAll('.score-why p:first-child')].every((p) =>
        /Rule SC\d+/.test(p.textContent ?? ''),
      ),
    ).toBe(true)
  })

  test('keyboard alone: to a service, and through the tabs with the arrows', async () => {
    const { box } = await room()
    const button = box.querySelectorAll<HTMLElement>('.service-button')[1]
    button?.focus()
    await userEvent.keyboard('{Enter}')
    expect(button?.getAttribute('aria-pressed')).toBe('true')
    box.querySelector<HTMLElement>('[role=tab]')?.focus()
    const tabs = [...box.querySelectorAll('[role=tab]')].map(({ textContent }) => textContent)
    await userEvent.keyboard('{ArrowRight}'.repeat(tabs.indexOf('Score')))
    expect(document.activeElement?.textContent).toBe('Score')
  })

  test('another team’s room stays closed', async () => {
    const box = await showPage(
      <TeamPage team="japan" />,
      recordedFeed(storm, blue, STORM_MS),
      of('#/team/japan'),
    )
    expect(box.querySelector('main')?.textContent).toContain('no seat in this team')
  })
})

describe('instructor', () => {
  test('pauses with a reason that is typed and entered, or without one; ends only after a second thought', async () => {
    const { feed } = await desk()
    await page.getByRole('button', { name: 'Pause' }).click()
    await userEvent.keyboard('A question from Japan{Enter}')
    expect(feed.sent).toEqual([{ type: 'pause-exercise', data: { reason: 'A question from Japan' } }])
    feed.sent.length = 0
    await page.getByRole('button', { name: 'Pause' }).click()
    await userEvent.keyboard('{Enter}')
    expect(feed.sent).toEqual([{ type: 'pause-exercise', data: { reason: '' } }])
    await page.getByRole('button', { name: 'End', exact: true }).click()
    // A second Enter ends nothing.
    await userEvent.keyboard('{Enter}')
    expect(feed.sent).toHaveLength(1)
    await page.getByRole('button', { name: 'End', exact: true }).click()
    await page.getByRole('textbox', { name: 'Reason, for everybody to read' }).fill('The hall is dark')
    await page.getByRole('button', { name: 'End the exercise' }).click()
    expect(feed.sent.slice(1)).toEqual([{ type: 'end-exercise', data: { reason: 'The hall is dark' } }])
  })

  test('opens terminals to teams in a pause and closes them, and not while time goes on', async () => {
    const button = (name: string) => page.getByRole('button', { name })
    await desk()
    await expect.element(button('Open terminals')).toBeDisabled()
    const { feed } = await desk(undefined, paused)
    await button('Open terminals').last().click()
    const opened = await desk(undefined, prepared)
    await button('Close terminals').click()
    expect([...feed.sent, ...opened.feed.sent]).toEqual([
      { type: 'change-preparation', data: { open: true } },
      { type: 'change-preparation', data: { open: false } },
    ])
  })

  test('is told that the disk is full, and how much is left', async () => {
    const { feed, box } = await desk()
    expect(box.querySelector('[role=alert]')).toBeNull()
    for (const [state, said] of Object.entries({
      low: 'The disk is almost full.',
      full: 'not recorded any more',
      failing: 'does not record what happens',
    })) {
      feed.store.setState(({ heard }) =>
        heard
          ? { heard: { ...heard, beat: { ...heard.beat, storage: { state: state as 'low', freeMiB: 12 } } } }
          : {},
      )
      await expect.element(page.getByRole('alert')).toMatchTextContent(said)
      await expect.element(page.getByRole('alert')).toMatchTextContent('12 MiB')
    }
  })

  test('changes the speed, and is told by name who has to be waited for when time can not be skipped', async () => {
    const { feed, box } = await desk({
      ok: false,
      refusal: { code: 'not-quiet-recovery', message: '', params: { team: 'finland' } },
    })
    await page.getByRole('combobox', { name: 'Speed' }).selectOptions('4×')
    await page.getByRole('button', { name: /^Skip to \d/ }).click()
    expect(feed.sent).toEqual([
      { type: 'change-speed', data: { speed: 4 } },
      { type: 'skip-quiet-time', data: { toMs: 390_000 } },
    ])
    await expect
      .poll(() => box.querySelector('[role=alert]')?.textContent)
      .toContain('Finland is still recovering')
  })

  test('may look into a team’s room, and do there what the seat may: take over, but buy nothing and answer nobody', async () => {
    const { box } = await desk()
    const links = [...box.querySelectorAll<HTMLAnchorElement>('.matrix-room')].map((link) => link.hash)
    expect(links.toSorted()).toEqual(['#/instructor/estonia', '#/instructor/finland', '#/instructor/japan'])
    const feed = recordedFeed(storm, white, STORM_MS)
    const look = await showPage(<TeamPage team="finland" />, feed, of('#/instructor/finland'))
    expect(look.querySelector('h1')?.textContent).toContain('Finland')
    expect(look.querySelector('.overview-why')?.textContent).toContain('500 Internal Server Error')
    expect(look.querySelector('.hints-taken')?.children).toHaveLength(2)
    expect([...look.querySelectorAll('button')].filter((b) => b.textContent?.includes('Hint'))).toEqual([])
    await page.getByRole('button', { name: 'Take over' }).click()
    expect(feed.sent).toEqual([{ type: 'change-pilot', data: { team: 'finland', pilot: 'person' } }])
  })

  test('is taken along to the next attack, until somebody scrolls away', async () => {
    await page.viewport(1366, 768)
    const { feed, box } = await desk()
    const list = await until(() => box.querySelector<HTMLElement>('.timeline-scroll'))
    const inSight = () => {
      const [outer, inner] = [list, box.querySelector('.next')].map((one) => one?.getBoundingClientRect())
      return outer && inner && inner.top >= outer.top - 2 && inner.bottom <= outer.bottom + 2
    }
    await expect.poll(inSight).toBe(true)
    expect(list.scrollTop).toBeGreaterThan(0)
    const scrolled = new Promise((resolve) => list.addEventListener('scroll', resolve, { once: true }))
    list.scrollTop = 0
    await scrolled
    expect(inSight()).toBe(false)
    const at = (exerciseMs: number) => {
      const { heard } = feed.store.getState()
      if (heard)
        feed.store.setState({ heard: { heardAt: performance.now(), beat: { ...heard.beat, exerciseMs } } })
      passTime(feed.store, performance.now())
    }
    at(410_000)
    await expect.poll(() => box.querySelector('.next .timeline-time')?.textContent).toBe('7:30')
    expect(list.scrollTop).toBe(0)
    await page.getByRole('button', { name: /^The next one in/ }).click()
    await expect.poll(inSight).toBe(true)
    at(460_000)
    await expect.poll(() => box.querySelector('.next .timeline-time')?.textContent).toBe('8:40')
    await expect.poll(inSight).toBe(true)
  })

  test('the legend of the matrix is whole at 1080 lines, however many services there are', async () => {
    await page.viewport(1920, 1080)
    const { box } = await desk(undefined, sixteen)
    const legend = await until(() => box.querySelector('.matrix-key'))
    const { bottom, height } = legend.getBoundingClientRect()
    expect(height).toBeGreaterThan(10)
    for (let around = legend.parentElement; around; around = around.parentElement)
      if (getComputedStyle(around).overflowY !== 'visible')
        expect(bottom).toBeLessThanOrEqual(around.getBoundingClientRect().bottom + 1)
  })

  test('sees attacks to come, which a guest does not', async () => {
    const { box } = await desk()
    expect(box.querySelectorAll('.timeline > li')).toHaveLength(8)
    const guest = recordedFeed(storm, { seat: 'guest' }, STORM_MS).store.getState().folded.state
    expect(guest.scenario.attacks).toEqual([])
  })

  test('adjusts a score with a reason', async () => {
    const { feed } = await desk()
    await page.getByRole('tab', { name: 'Points' }).click()
    await page.getByLabelText('Points (negative takes them away)').fill('-30')
    await page.getByLabelText('Reason, for everybody to read').fill('Late report')
    await page.getByRole('button', { name: 'Adjust the score' }).click()
    expect(feed.sent).toEqual([
      {
        type: 'adjust-score',
        data: { team: 'estonia', category: 'availability', points: -30, reason: 'Late report', seen: 0 },
      },
    ])
  })
})

describe('observer', () => {
  test('reads of attackers who are inside, and since when they are not', async () => {
    const feed = recordedFeed(storm, { seat: 'observer' }, STORM_MS)
    const box = await showPage(<ScoreboardPage withTechniques />, feed, of('#/observer'))
    const cells = [...box.querySelectorAll('.techniques td')].map((node) => node.textContent)
    expect(cells).toContain('attackers are inside')
    expect(cells.some((text) => /^succeeded, attackers out \(last seen \d:\d\d\)$/.test(text ?? ''))).toBe(
      true,
    )
  })
})

describe('scoreboard', () => {
  test('the table holds what the chart draws', async () => {
    const feed = recordedFeed(storm, { seat: 'guest' }, STORM_MS)
    const box = await showPage(<ScoreboardPage withTechniques={false} />, feed, of('#/scoreboard'))
    await page.getByRole('button', { name: 'Show as table' }).click()
    const last = [...box.querySelectorAll('.series-table tbody tr')].at(-1)
    const numberIn = (node: Element | null | undefined) =>
      Number(node?.textContent?.replaceAll(/[^\d.]/g, '') ?? Number.NaN)
    // What the standings say beside it: points so far out of those possible so far, each rounded.
    const lost = [...box.querySelectorAll('.standings tbody tr')].map(
      (row) => numberIn(row.querySelector('.standings-of')) - numberIn(row.querySelector('.standings-total')),
    )
    const told = [...(last?.querySelectorAll('td') ?? [])].map(numberIn)
    const [most, least] = [Math.max(...told), Math.min(...told)]
    expect(most).toBeGreaterThan(least + 100)
    expect(Math.abs(most - Math.max(...lost))).toBeLessThanOrEqual(1)
    expect(Math.abs(least - Math.min(...lost))).toBeLessThanOrEqual(1)
  })

  test.each([
    [
      'en',
      'light',
      'Handed back to the autopilot, which has played for 1 min 12 sec. It fixed 2 vulnerabilities.',
    ],
    [
      'en',
      'dark',
      'Handed back to the autopilot, which has played for 1 min 12 sec. It fixed 2 vulnerabilities.',
    ],
    [
      'et',
      'light',
      'Antud tagasi autopiloodile, mis on mänginud 1 min 12 s. Autopiloot parandas 2 turvanõrkust.',
    ],
    ['ja', 'dark', '自動操作に戻されました（自動操作の時間：1分12秒）。脆弱性を2件修正しました。'],
  ] as const)(
    'says what a machine played after people had, and what it fixed, in %s, %s',
    async (lang, theme, said) => {
      const feed = recordedFeed(handedBack, { seat: 'guest' }, STORM_MS + 72_000)
      const page = <ScoreboardPage withTechniques={false} />
      const box = await showPage(page, feed, { hash: '#/scoreboard', lang, theme })
      const marks = [...box.querySelectorAll('.standings-machine')]
      expect(marks.map((mark) => mark.textContent?.replaceAll('\u00a0', ' '))).toEqual([said])
      expect(marks[0]?.closest('tr')?.textContent).toContain(demoTeams[0]?.name[lang])
      expect(await violations(box)).toEqual([])
    },
  )

  test('old data is called old, and goes grey', async () => {
    const feed = recordedFeed(storm, { seat: 'guest' }, STORM_MS)
    const box = await showPage(<ScoreboardPage withTechniques={false} />, feed, of('#/scoreboard'))
    expect(box.querySelector('[data-stale]')).toBeNull()
    // Since it was last heard, however long this machine took to draw the page.
    passTime(feed.store, feed.store.getState().aliveAt + 5000)
    await until(() => box.querySelector('[data-stale]'))
    expect(box.querySelector('.pulse')?.textContent).toMatch(/Old data: no news for 5\ssec/)
    // Exercise time stands where the last beat left it, and no further.
    expect(feed.store.getState().atMs).toBeLessThanOrEqual(STORM_MS + 3000)
  })
})
