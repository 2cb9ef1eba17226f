import { afterEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { pilotOf } from '../../server/exercise/ledger/actor.ts'
import { redact } from '../../server/exercise/ledger/audience.ts'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { Inject, Role } from '../../server/exercise/scenario/inject.ts'
import type { Audience, Scenario } from '../../server/exercise/scenario/model.ts'
import { at } from '../../server/exercise/scenario/trigger.ts'
import { foldBatch } from '../../server/exercise/wire/folded.ts'
import { keepPerson } from '../../web/feed/person.ts'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { demoScenario } from '../kit/demo-scenario.ts'
import { continued, recordLedger } from '../kit/ledger.ts'
import { misplaced } from './boxes.ts'
import { recordedFeed, type ShownFeed, showPage, violations } from './recorded-feed.tsx'

const NOW_MS = 372_000
const text = (en: string, et: string, ja: string) => ({ en, et, ja })
const message = (
  id: string,
  title: ReturnType<typeof text>,
  number: number,
  more: Partial<Inject>,
): Inject => ({
  id,
  number,
  title,
  text: title,
  from: text('The ministry', 'Ministeerium', '省'),
  channel: 'mail',
  roles: [],
  expects: { kind: 'text', maxLength: 2_000 },
  rubric: [{ id: 'facts', title: text('Facts', 'Faktid', '事実'), points: 3 }],
  attachments: [],
  category: 'strategic',
  weight: 1,
  weightBefore: number - 1,
  trigger: at(300_000),
  withinMs: 900_000,
  teams: null,
  objectives: [],
  ...more,
})
const LEGAL: readonly Role[] = ['legal']
const injects = [
  message('soon', text('Speech for the minister', 'Kõne ministrile', '大臣の挨拶文'), 1, {
    withinMs: 600_000,
  }),
  message('lawyer', text('A lawyer writes', 'Jurist kirjutab', '弁護士からの書簡'), 2, { roles: LEGAL }),
  message('past', text('What do you advise?', 'Mida soovitate?', '助言を求めます'), 3, { withinMs: 10_000 }),
  message('pilot', text('A partner asks', 'Partner küsib', '協力機関からの質問'), 4, {}),
  message('later', text('One more question', 'Veel üks küsimus', '追加の質問'), 5, { withinMs: 60_000 }),
]
const scenario: Scenario = {
  ...demoScenario,
  injects,
  scoring: { ...demoScenario.scoring, availability: 4_000, strategic: 1_000 },
}
const team = 'finland'
const start = recordLedger(NOW_MS - 20_000, null, scenario)
const asked = continued(
  continued(
    start,
    NOW_MS - 20_000,
    ['soon', 'lawyer', 'past', 'pilot'].map((inject) => ['send-inject', { team, inject }] as const),
  ),
  NOW_MS - 5_000,
  [
    [
      'answer-inject',
      {
        team,
        inject: 'pilot',
        content: {
          kind: 'text',
          text: 'We shared what we saw.',
          inLanguages: {
            text: text('We shared what we saw.', 'Jagasime nähtut.', '見たことを共有しました。'),
          },
        },
        seen: 0,
      },
      pilotOf(team),
    ],
  ],
)
const blue: Audience = { seat: 'blue', team }
const of = (lang: 'en' | 'et' | 'ja' = 'en', theme: 'dark' | 'light' = 'dark') =>
  ({ hash: `#/team/${team}`, lang, theme }) as const
const INBOX = { en: /^Inbox/, et: /^Sõnumid/, ja: /^受信箱/ }
const STORY = { en: 'Timeline', et: 'Ajajoon', ja: '経過' }

/** More of the same ledger comes to a page that is open. */
function comes(feed: ShownFeed, ledger: readonly Recorded[]) {
  const { folded } = feed.store.getState()
  const events = ledger.filter(({ position }) => position > folded.cursor)
  const next = foldBatch(folded, {
    after: folded.cursor,
    cursor: ledger.length,
    events: events.flatMap((event) => redact(event, blue) ?? []),
  })
  if (next) feed.store.setState({ folded: next })
}

const titles = (box: HTMLElement) =>
  [...box.querySelectorAll('.inbox-item .inbox-title')].map((one) =>
    one.textContent?.replace(/^(new|uus|未読)/, ''),
  )

afterEach(() => {
  sessionStorage.clear()
  localStorage.clear()
})

describe('on a phone', () => {
  test('a line at the top says how many messages wait and when the first is due, and leads there', async () => {
    await page.viewport(390, 800)
    const box = await showPage(<TeamPage team={team} />, recordedFeed(asked, blue, NOW_MS), of())
    const line = await vi.waitUntil(() => box.querySelector<HTMLElement>('.inbox-line button'))
    expect(line.textContent?.replaceAll('\u00a0', ' ')).toMatch(/^3 messages wait \(first: \d+ sec late\)$/)
    expect(line.getBoundingClientRect().bottom).toBeLessThan(800)
    await page.screenshot({ path: '../../.vitest/room-390.png' })
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390)
    expect(await violations(box)).toEqual([])
    await userEvent.click(line)
    await expect
      .poll(() => box.querySelector('[role=tab][aria-selected=true]')?.textContent)
      .toMatch(/^Inbox/)
    await expect
      .poll(() => box.querySelector('.inbox-item')?.getBoundingClientRect().top ?? 9999)
      .toBeLessThan(800)
    // Who is there needs no way there.
    expect(box.querySelector('.inbox-line')).toBeNull()
  })

  test('on a wide screen the tab says it', async () => {
    await page.viewport(1366, 768)
    const box = await showPage(<TeamPage team={team} />, recordedFeed(asked, blue, NOW_MS), of())
    await vi.waitUntil(() => box.querySelector('.inbox-line'))
    expect(getComputedStyle(box.querySelector('.inbox-line') as HTMLElement).display).toBe('none')
  })
})

describe('the inbox', () => {
  test('has what is overdue first, then what is for the reader’s role, with a mark; what the autopilot answered stands last', async () => {
    await page.viewport(1920, 1080)
    const feed = recordedFeed(asked, blue, NOW_MS)
    keepPerson(feed.store.getState().exercise?.id ?? '', { name: 'Mari', role: 'legal' })
    const box = await showPage(<TeamPage team={team} />, feed, of())
    await page.getByRole('tab', { name: INBOX.en }).click()
    expect(titles(box)).toEqual([
      'What do you advise?',
      'A lawyer writes',
      'Speech for the minister',
      'A partner asks',
    ])
    const marked = [...box.querySelectorAll('.inbox-item')].filter((one) => one.querySelector('.inbox-own'))
    expect(marked.map((one) => one.querySelector('.inbox-own')?.textContent)).toEqual(['for you (legal)'])
    // To another reader the same list, by deadline alone.
    keepPerson(feed.store.getState().exercise?.id ?? '', { name: 'Mari', role: 'technical' })
    await page.getByRole('tab', { name: 'Overview' }).click()
    await page.getByRole('tab', { name: INBOX.en }).click()
    expect(titles(box)[1]).toBe('Speech for the minister')
  })

  test('does not move while a message is open; what comes is added below, and sorted on demand', async () => {
    await page.viewport(1920, 1080)
    const feed = recordedFeed(asked, blue, NOW_MS)
    const box = await showPage(<TeamPage team={team} />, feed, of())
    await page.getByRole('tab', { name: INBOX.en }).click()
    await page.getByRole('button', { name: /A lawyer writes/ }).click()
    const before = titles(box)
    const top = (name: string) =>
      [...box.querySelectorAll('.inbox-item')]
        .find((one) => one.textContent?.includes(name))
        ?.getBoundingClientRect().top
    const place = top('A lawyer writes')
    comes(feed, continued(asked, NOW_MS, [['send-inject', { team, inject: 'later' }]]))
    await expect.element(page.getByRole('button', { name: '1 new message: sort again' })).toBeVisible()
    expect(titles(box)).toEqual([...before, 'One more question'])
    expect(top('A lawyer writes')).toBe(place)
    await page.getByRole('button', { name: '1 new message: sort again' }).click()
    expect(titles(box)[1]).toBe('One more question')
  })

  test.each([
    ['en', 'dark', 1920, 1080],
    ['et', 'light', 1366, 768],
    ['ja', 'light', 390, 844],
  ] as const)(
    '%s, %s, %d: the autopilot’s answer is shown as sent, and changed from its own words',
    async (lang, theme, w, h) => {
      await page.viewport(w, h)
      const feed = recordedFeed(asked, blue, NOW_MS)
      const box = await showPage(<TeamPage team={team} />, feed, of(lang, theme))
      await page.getByRole('tab', { name: INBOX[lang] }).click()
      const { title } = injects[3] as Inject
      await page.getByRole('button', { name: new RegExp(title[lang]) }).click()
      const words = { en: 'We shared what we saw.', et: 'Jagasime nähtut.', ja: '見たことを共有しました。' }[
        lang
      ]
      await expect.element(page.getByText(words)).toBeVisible()
      expect(box.querySelector('.answer-form')).toBeNull()
      expect(await violations(box)).toEqual([])
      const amend = { en: 'Change this answer', et: 'Muuda vastust', ja: 'この回答を修正する' }[lang]
      await page.getByRole('button', { name: amend }).click()
      const field = page.getByRole('textbox', {
        name: { en: 'Our answer', et: 'Meie vastus', ja: '自チームの回答' }[lang],
      })
      await expect.element(field).toHaveValue(words)
      await userEvent.fill(field, `${words} ++`)
      await page
        .getByRole('button', {
          name: { en: 'Send a new version', et: 'Saada uus versioon', ja: '新しい版を送る' }[lang],
        })
        .click()
      expect(feed.sent.at(-1)).toMatchObject({
        type: 'answer-inject',
        data: { content: { text: `${words} ++` }, seen: 1 },
      })
      expect(await violations(box)).toEqual([])
      expect(misplaced(box)).toEqual([])
      // Where the message takes the place of the list, there is a way back.
      if (w === 390) {
        await page.getByRole('button', { name: 'すべての連絡' }).click()
        await expect.element(page.getByRole('button', { name: new RegExp(title[lang]) })).toBeVisible()
        expect(document.activeElement?.textContent).toContain(title[lang])
      }
    },
  )
})

describe('a team’s timeline', () => {
  test.each([
    ['en', 'light', 1920, 1080],
    ['et', 'dark', 1366, 768],
    ['ja', 'dark', 390, 844],
  ] as const)(
    '%s, %s, %d: says what is due next and what has happened, of one kind where that is wanted',
    async (lang, theme, w, h) => {
      await page.viewport(w, h)
      const feed = recordedFeed(asked, blue, NOW_MS)
      const box = await showPage(<TeamPage team={team} />, feed, of(lang, theme))
      await page.getByRole('tab', { name: STORY[lang], exact: true }).click()
      const due = [...box.querySelectorAll('.due li')].map((one) => one.textContent ?? '')
      expect(due[0]).toContain((injects[2] as Inject).title[lang])
      expect(due[0]).toMatch(
        { en: /^10\u00a0sec late/, et: /^tähtajast möödas 10\u00a0s/, ja: /^10\u202f?秒超過/ }[lang],
      )
      expect(due.join('\n')).toMatch(
        { en: /1\u00a0min\u00a048\u00a0sec left/, et: /jäänud 1\u00a0min\u00a048\u00a0s/, ja: /残り1分48秒/ }[
          lang
        ],
      )
      const all = box.querySelectorAll('.moment').length
      const times = [...box.querySelectorAll('.moment .story-time')].map((one) => one.textContent)
      expect(times[0]).toBe('6:07')
      await userEvent.keyboard('{Tab}')
      await page
        .getByRole('button', { name: { en: 'Messages', et: 'Sõnumid', ja: '連絡' }[lang], exact: true })
        .click()
      const some = [...box.querySelectorAll('.moment-what')].map((one) => one.textContent ?? '')
      expect(some.length).toBeLessThan(all)
      expect(some.filter((one) => one.includes((injects[3] as Inject).title[lang])).length).toBe(2)
      expect(box.querySelector('.story-tab')?.textContent).not.toMatch(/undefined|\{\{|moment\./)
      expect(await violations(box)).toEqual([])
      expect(misplaced(box)).toEqual([])
    },
  )
})
