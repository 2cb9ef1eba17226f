import { afterEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Inject } from '../../server/exercise/scenario/inject.ts'
import type { Audience, Scenario } from '../../server/exercise/scenario/model.ts'
import { at } from '../../server/exercise/scenario/trigger.ts'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { demoScenario } from '../kit/demo-scenario.ts'
import { continued, recordLedger } from '../kit/ledger.ts'
import { recordedFeed, showPage, violations } from './recorded-feed.tsx'

const NOW_MS = 372_000
const text = (en: string, et: string, ja: string) => ({ en, et, ja })
const press: Inject = {
  id: 'press-asks',
  number: 1,
  title: text('A newspaper asks', 'Ajaleht küsib', '新聞社からの質問'),
  text: text(
    'Our readers cannot file their tax returns. <b>What has happened</b>, and when is it over?',
    'Meie lugejad ei saa tuludeklaratsiooni esitada. <b>Mis on juhtunud</b> ja millal see lõpeb?',
    '読者から確定申告ができないとの声が届いています。<b>何が起き</b>、いつ復旧しますか。',
  ),
  from: text('Kirjutaja, daily newspaper', 'Päevaleht Kirjutaja', '日刊紙キルユタヤ'),
  channel: 'press',
  roles: ['communication', 'lead'],
  expects: { kind: 'text', maxLength: 2_000 },
  rubric: [
    { id: 'facts', title: text('The facts are right', 'Faktid on õiged', '事実が正しい'), points: 3 },
    { id: 'tone', title: text('Calm and clear', 'Rahulik ja selge', '落ち着いて明快'), points: 2 },
  ],
  attachments: [],
  category: 'strategic',
  weight: 1,
  weightBefore: 0,
  trigger: at(300_000),
  withinMs: 240_000,
  teams: null,
  objectives: [],
  expectedAction: text('Say what is known.', 'Ütle, mis on teada.', 'わかっていることを伝える。'),
}
const scenario: Scenario = {
  ...demoScenario,
  injects: [
    press,
    {
      ...press,
      id: 'sitrep',
      number: 2,
      title: text('Situation report', 'Olukorraülevaade', '状況報告'),
      category: 'reporting',
      expects: { kind: 'sitrep' },
    },
  ],
  scoring: { ...demoScenario.scoring, availability: 4_000, strategic: 700, reporting: 300 },
}
const asked = continued(recordLedger(NOW_MS, null, scenario), NOW_MS, [
  ['send-inject', { team: 'finland', inject: 'press-asks' }],
  ['send-inject', { team: 'finland', inject: 'sitrep' }],
])
const content = { kind: 'text', text: 'We know, and <script>alert(1)</script> we are at it.' } as const
const answered = continued(asked, NOW_MS, [
  ['answer-inject', { team: 'finland', inject: 'press-asks', content, seen: 0 }],
])
const blue: Audience = { seat: 'blue', team: 'finland' }
const of = (hash: string, lang: 'en' | 'et' | 'ja' = 'en', theme: 'dark' | 'light' = 'dark') =>
  ({ hash, lang, theme }) as const

// Which message was read last is kept in the browser's tab.
afterEach(() => sessionStorage.clear())

describe('the inbox of a team', () => {
  test.each([
    ['en', 'dark', 1920, 1080],
    ['et', 'light', 1366, 768],
    ['ja', 'dark', 390, 844],
  ] as const)('%s, %s, %d: what wants an answer is there, with its time left', async (lang, theme, w, h) => {
    await page.viewport(w, h)
    const feed = recordedFeed(asked, blue, NOW_MS)
    const box = await showPage(<TeamPage team="finland" />, feed, of('#/team/finland', lang, theme))
    await page.getByRole('tab', { name: { en: /Inbox/, et: /Sõnumid/, ja: /受信箱/ }[lang] }).click()
    await page
      .getByRole('button', { name: new RegExp(press.title[lang]) })
      .first()
      .click()
    await expect.element(page.getByRole('heading', { name: press.title[lang] })).toBeVisible()
    // What people write is text, whatever it looks like.
    await expect.element(page.getByText('<b>', { exact: false }).first()).toBeVisible()
    expect(await violations(box)).toEqual([])
  })

  test('what is written is kept for the team, and sent as it stands', async () => {
    await page.viewport(1366, 768)
    const feed = recordedFeed(asked, blue, NOW_MS)
    await showPage(<TeamPage team="finland" />, feed, of('#/team/finland'))
    await page.getByRole('tab', { name: /Inbox/ }).click()
    await page
      .getByRole('button', { name: /A newspaper asks/ })
      .first()
      .click()
    await userEvent.fill(page.getByRole('textbox', { name: 'Our answer' }), 'We know.')
    await expect
      .poll(() => feed.sent.map(({ type }) => type))
      .toEqual(expect.arrayContaining(['read-inject', 'save-draft']))
    await page.getByRole('button', { name: 'Send the answer' }).click()
    expect(feed.sent.at(-1)).toEqual({
      type: 'answer-inject',
      data: { team: 'finland', inject: 'press-asks', content: { kind: 'text', text: 'We know.' }, seen: 0 },
    })
  })

  test('counts what nobody has read of exercise control’s words, and no longer when it is read', async () => {
    await page.viewport(1366, 768)
    const told = continued(asked, NOW_MS, [
      [
        'send-message',
        { message: 'm1', teams: ['finland'], guests: false, text: 'Stop typing.', wantsRead: true },
      ],
    ])
    const read = continued(told, NOW_MS, [['read-inject', { team: 'finland', inject: 'message-m1' }]])
    for (const [ledger, count] of [
      [asked, 2],
      [told, 3],
      [read, 2],
    ] as const) {
      const box = await showPage(
        <TeamPage team="finland" />,
        recordedFeed(ledger, blue, NOW_MS),
        of('#/team/finland'),
      )
      const tab = () =>
        [...box.querySelectorAll('[role=tab]')].find((one) => one.textContent?.startsWith('Inbox'))
      await expect.poll(() => tab()?.textContent).toBe(`Inbox${count}`)
      box.remove()
    }
  })

  test('is read from the instructor’s queue and graded there', async () => {
    await page.viewport(1920, 1080)
    const feed = recordedFeed(answered, { seat: 'white' }, NOW_MS)
    const box = await showPage(<InstructorPage />, feed, of('#/instructor'))
    await page.getByRole('tab', { name: /^Grading/ }).click()
    await expect.element(page.getByText(/<script>alert/)).toBeVisible()
    await userEvent.fill(page.getByRole('spinbutton', { name: /The facts are right/ }), '3')
    await userEvent.fill(page.getByRole('spinbutton', { name: /Calm and clear/ }), '1')
    await page.getByRole('button', { name: 'Give the grade' }).click()
    expect(feed.sent.at(-1)).toEqual({
      type: 'grade-inject',
      data: {
        team: 'finland',
        inject: 'press-asks',
        criteria: { facts: 3, tone: 1 },
        comment: '',
        final: false,
        seen: 1,
      },
    })
    expect(await violations(box)).toEqual([])
  })

  test('is graded by keys alone from the tab that opened the queue; another digit takes the place of the first', async () => {
    await page.viewport(1920, 1080)
    const feed = recordedFeed(answered, { seat: 'white' }, NOW_MS)
    await showPage(<InstructorPage />, feed, of('#/instructor'))
    await page.getByRole('tab', { name: /^Grading/ }).click()
    await expect.element(page.getByText(/<script>alert/)).toBeVisible()
    await userEvent.keyboard('4')
    await userEvent.keyboard('3')
    await userEvent.keyboard('{Tab}1{Enter}')
    expect(feed.sent.at(-1)).toMatchObject({
      type: 'grade-inject',
      data: { criteria: { facts: 3, tone: 1 } },
    })
  })
})
