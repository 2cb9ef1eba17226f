import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { Audience, Scenario } from '../../server/exercise/scenario/model.ts'
import { at } from '../../server/exercise/scenario/trigger.ts'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { NationalPage } from '../../web/national/national-page.tsx'
import { ScoreboardPage } from '../../web/scoreboard/scoreboard-page.tsx'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { inject, text } from '../exercise/made-scenario.ts'
import { demoScenario } from '../kit/demo-scenario.ts'
import { continued, recordLedger } from '../kit/ledger.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const NOW_MS = 372_000
const FROZEN_MS = 373_000
const HOSTILE = 'Lunch <img src=x onerror=alert(1)> \u001b[31mred'
const white: Audience = { seat: 'white' }
const guest: Audience = { seat: 'guest' }
const blue: Audience = { seat: 'blue', team: 'finland' }

const scenario: Scenario = {
  ...demoScenario,
  world: [
    {
      id: 'power-cut',
      number: 1,
      title: { en: 'Power cut in the north', et: 'Elektrikatkestus põhjas', ja: '北部の停電' },
      publicText: {
        en: 'A storm has taken the power of a data centre.',
        et: 'Torm võttis andmekeskuselt voolu.',
        ja: '嵐のためデータセンターが停電しています。',
      },
      effect: 'stop',
      services: ['tax'],
      trigger: at(370_000),
      forMs: 120_000,
      teams: ['finland'],
      objectives: [],
    },
    {
      id: 'exchange',
      number: 2,
      title: text('Works at the exchange'),
      publicText: text('The exchange is being worked on.'),
      effect: 'stop',
      services: ['xroad'],
      trigger: { kind: 'manual' },
      forMs: 120_000,
      teams: ['finland'],
      objectives: [],
    },
  ],
}
const calm = recordLedger(NOW_MS, null, scenario)
const message = { message: 'm1', teams: ['finland'], guests: true, text: HOSTILE, wantsRead: true }
const stormy = continued(calm, FROZEN_MS, [
  ['begin-world', { team: 'finland', entry: 'power-cut' }],
  ['freeze-standings', {}],
  ['send-message', message],
])

const shoot = (name: string) => page.screenshot({ path: `../../.kilp/shots/${name}.png` })
async function show(
  node: Parameters<typeof showPage>[0],
  ledger: readonly Recorded[],
  audience: Audience,
  hash: string,
  lang: 'en' | 'et' | 'ja' = 'en',
  theme: 'dark' | 'light' = 'dark',
) {
  const feed = recordedFeed(ledger, audience, FROZEN_MS + 1_000)
  return { feed, box: await showPage(node, feed, { hash, lang, theme }) }
}

beforeEach(async () => {
  sessionStorage.clear()
  await page.viewport(1600, 1000)
})
afterEach(() => vi.unstubAllGlobals())

describe('what happens outside', () => {
  test.each(['en', 'et', 'ja'] as const)(
    'is a line on the wall, beside what guests are told, as text (%s)',
    async (lang) => {
      const { box } = await show(<NationalPage />, stormy, guest, '#/national', lang)
      const world = scenario.world[0]
      expect(box.querySelector('.world-line')?.textContent).toContain(world?.title[lang])
      expect(box.querySelector('.told-line')?.textContent).toContain('Lunch <img src=x')
      expect(box.querySelector('.told-line img')).toBeNull()
      expect(box.querySelector('.national-sentence')?.textContent).not.toBe('')
      await shoot(`national-${lang}`)
      expect(await violations(box)).toEqual([])
    },
  )

  test.each([
    [1920, 1080],
    [3840, 2160],
  ])('fits a big screen of %i by %i without scrolling, a long message too', async (width, height) => {
    await page.viewport(width, height)
    const long = continued(stormy, FROZEN_MS, [
      ['send-message', { ...message, message: 'm2', text: 'All hands to the hall. '.repeat(13).trim() }],
    ])
    const { box } = await show(<NationalPage />, long, guest, '#/national?big=1')
    await until(() => box.querySelector('.told-line'))
    expect(document.documentElement.scrollHeight).toBeLessThanOrEqual(height)
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
    await shoot(`national-big-${height}`)
  })

  test('a foothold costs points, and not while its service, or what that needs, is taken away', async () => {
    const alarm = async (ledger: readonly Recorded[], name: RegExp) => {
      const { box } = await show(<TeamPage team="finland" />, ledger, blue, '#/team/finland')
      await page.getByRole('button', { name }).click()
      await expect.poll(() => box.querySelector('.overview h2')?.textContent).toMatch(name)
      const text = box.querySelector('.overview-alarm')?.textContent
      box.remove()
      return text
    }
    const needed = continued(calm, FROZEN_MS, [['begin-world', { team: 'finland', entry: 'exchange' }]])
    expect(await alarm(calm, /^Tax filing/)).toContain('It costs points until it is closed.')
    for (const away of [stormy, needed])
      expect(await alarm(away, /^Tax filing/)).toContain('this time is neither won nor lost')
  })

  test('stands at the service in the room of the team, with what it means', async () => {
    const { box } = await show(<TeamPage team="finland" />, stormy, blue, '#/team/finland')
    await page.getByRole('button', { name: /^Tax filing/ }).click()
    await expect
      .poll(() => box.querySelector('.service-taken')?.textContent)
      .toContain('Power cut in the north')
    expect(box.querySelector('.service-taken')?.textContent).toContain('not counted')
    // A team acts in its terminals, not here.
    expect(box.querySelector('.service-acts')).toBeNull()
    await shoot('room-blue')
    expect(await violations(box)).toEqual([])
  })
})

describe('a pause', () => {
  test.each([
    ['en', 'Paused by exercise control'],
    ['et', 'Õppuse juht on õppuse peatanud'],
    ['ja', '進行役が演習を一時停止しています'],
  ] as const)(
    'of which nothing was said is told in words, with since when, in the room and on the wall (%s)',
    async (lang, words) => {
      const paused = continued(calm, FROZEN_MS, [['pause-exercise', { reason: '' }]])
      for (const [node, audience, hash] of [
        [<TeamPage key="team" team="finland" />, blue, '#/team/finland'],
        [<NationalPage key="wall" />, guest, '#/national'],
      ] as const) {
        const { box } = await show(node, paused, audience, hash, lang)
        const line = await until(() => box.querySelector('.shell-paused'))
        expect(line.textContent).toContain(words)
        expect(line.textContent).toMatch(/\d\d:\d\d/)
        await page.screenshot({ path: `../../.vitest/paused-${audience.seat}-${lang}.png` })
        expect(await violations(box)).toEqual([])
        box.remove()
      }
    },
  )

  test('with a reason says that, and since when', async () => {
    const paused = continued(calm, FROZEN_MS, [['pause-exercise', { reason: 'Lunch.' }]])
    const { box } = await show(<NationalPage />, paused, guest, '#/national')
    expect((await until(() => box.querySelector('.shell-paused'))).textContent).toMatch(
      /^Paused: Lunch\. since \d\d:\d\d/,
    )
  })
})

describe('white after the end', () => {
  test('reads who is where with how many points, and what waits for a grade, with the way there', async () => {
    await page.viewport(1366, 768)
    const press = inject('press', 300_000, { title: text('The press asks') })
    const asked = recordLedger(NOW_MS, null, {
      ...scenario,
      injects: [press],
      scoring: { ...scenario.scoring, availability: scenario.scoring.availability - 500, strategic: 500 },
    })
    const team = 'finland'
    const ended = continued(asked, FROZEN_MS, [
      ['send-inject', { team, inject: 'press' }],
      ['answer-inject', { team, inject: 'press', content: { kind: 'text', text: 'We know.' }, seen: 0 }],
      ['end-exercise', { reason: 'All done.' }],
    ])
    const { box } = await show(<InstructorPage />, ended, white, '#/instructor')
    const summary = await until(() => box.querySelector('.end-summary'))
    expect(summary.querySelectorAll('li').length).toBe(3)
    expect(summary.textContent).toMatch(/[\d,.]+ of [\d,.]+ points/)
    expect(summary.textContent).toContain('1 answer or report is not graded yet.')
    expect(summary.textContent).toContain('is void')
    expect(summary.textContent).toContain('No appeal is open.')
    await page.screenshot({ path: '../../.vitest/end-white.png' })
    await page.getByRole('button', { name: 'Go to the grading queue' }).click()
    await expect
      .poll(() => box.querySelector('[role=tab][aria-selected=true]')?.textContent)
      .toContain('Grad')
    expect(await violations(box)).toEqual([])
    await page.viewport(390, 800)
    await page.screenshot({ path: '../../.vitest/end-white-390.png' })
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390)
  })
})

describe('standings that are held back', () => {
  test('guests are told since when, and white what guests see', async () => {
    const { box } = await show(<ScoreboardPage withTechniques={false} />, stormy, guest, '#/scoreboard')
    expect(box.querySelector('.frozen-note')?.textContent).toContain('held back since 6:13')
    await shoot('scoreboard-frozen')
    expect(await violations(box)).toEqual([])
  })

  test('a team reads since when its rank is held back, its own lines go on, and nobody reads how another team’s points move', async () => {
    const adjusted = continued(stormy, FROZEN_MS + 500, [
      ['adjust-score', { team: 'estonia', category: 'defence', points: 40, reason: 'Well done.', seen: 0 }],
      ['adjust-score', { team: 'finland', category: 'defence', points: 30, reason: 'Ours.', seen: 0 }],
    ])
    const { box } = await show(<TeamPage team="finland" />, adjusted, blue, '#/team/finland')
    await expect.poll(() => box.querySelector('.team-score')?.textContent).toContain('held back since 6:13')
    await page.getByRole('tab', { name: 'Score' }).click()
    await expect
      .poll(() => box.querySelector('.score .frozen-note')?.textContent)
      .toContain('your own points of now')
    await page.screenshot({ path: '../../.vitest/score-held.png' })
    expect(await violations(box)).toEqual([])
    box.remove()
    const wall = await show(<NationalPage />, adjusted, guest, '#/national?board=services')
    await until(() => wall.box.querySelector('.story-item'))
    expect(wall.box.querySelector('.story')?.textContent).not.toContain('adjusted')
  })

  test('are held back and shown again by white, each asked about once more', async () => {
    const { feed, box } = await show(<InstructorPage />, calm, white, '#/instructor')
    await page.getByRole('tab', { name: 'Message' }).click()
    await page.getByRole('button', { name: 'Hold the standings back' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Hold the standings back' }).click()
    await until(() => feed.sent.length > 0)
    expect(feed.sent).toEqual([{ type: 'freeze-standings', data: {} }])
    expect(box.querySelector('.frozen-note')).toBeNull()
  })
})

describe('white', () => {
  test('writes to one team and to guests by keyboard; pressed again it is the same message', async () => {
    const { feed, box } = await show(<InstructorPage />, calm, white, '#/instructor')
    await page.getByRole('tab', { name: 'Message' }).click()
    await page.getByRole('textbox', { name: 'Message' }).fill('Come to the hall.')
    await page.getByRole('checkbox', { name: 'Finland' }).click()
    await page.getByRole('checkbox', { name: /^Guests/ }).click()
    await page.getByRole('button', { name: 'Send the message' }).click()
    await until(() => feed.sent.length > 0)
    expect(feed.sent).toMatchObject([
      {
        type: 'send-message',
        data: { teams: ['finland'], guests: true, text: 'Come to the hall.', wantsRead: false },
      },
    ])
    await shoot('white-message')
    expect(await violations(box)).toEqual([])
  })

  test('sees who has read what it wrote', async () => {
    const { box } = await show(<InstructorPage />, stormy, white, '#/instructor', 'en', 'light')
    await page.getByRole('tab', { name: 'Message' }).click()
    await expect
      .poll(() => box.querySelector('.message-reads')?.textContent)
      .toContain('Finland: not read yet')
    await shoot('white-sent-light')
    expect(await violations(box)).toEqual([])
  })

  test('sees which teams need it, each with why and the way into its room', async () => {
    const { box } = await show(<InstructorPage />, stormy, white, '#/instructor')
    await page.getByRole('tab', { name: 'Who needs me' }).click()
    await expect.poll(() => box.querySelectorAll('.need').length).toBe(scenarioTeams)
    expect(box.querySelector('.need a')?.getAttribute('href')).toContain('#/instructor/')
    await shoot('white-needs')
    expect(await violations(box)).toEqual([])
  })

  test('finds facts by team, kind and words, with names in place of ids', async () => {
    const { box } = await show(<InstructorPage />, stormy, white, '#/instructor')
    const rows = () => [...box.querySelectorAll('.ledger tbody tr')].map((row) => row.textContent ?? '')
    await expect.poll(() => rows().length).toBeGreaterThan(0)
    const all = rows().length
    await page.getByRole('combobox', { name: 'Kind' }).selectOptions('Services')
    await expect.poll(() => rows().length).toBeLessThan(all)
    expect(rows()[0]).toContain('Power cut in the north')
    await page.getByRole('searchbox', { name: 'Contains' }).fill('tax filing')
    await expect.poll(() => rows().every((row) => row.includes('Tax filing'))).toBe(true)
    await page.getByRole('searchbox', { name: 'Contains' }).fill('nothing like that')
    await expect.poll(() => rows().length).toBe(0)
    await expect.element(page.getByText('Nothing fits.')).toBeVisible()
    await shoot('white-ledger')
    expect(await violations(box)).toEqual([])
  })

  test('notes what it sees about a team and an entry', async () => {
    const { feed } = await show(<InstructorPage />, calm, white, '#/instructor')
    await page.getByRole('tab', { name: 'Notes' }).click()
    await page.getByRole('textbox', { name: 'Note (for instructors)' }).fill('They were slow.')
    await page.getByRole('tabpanel').getByRole('combobox', { name: 'Team' }).selectOptions('Finland')
    await page
      .getByRole('combobox', { name: 'Entry of the timeline' })
      .selectOptions('Power cut in the north')
    await page.getByRole('button', { name: 'Save' }).click()
    await until(() => feed.sent.length > 0)
    expect(feed.sent[0]).toEqual({
      type: 'add-note',
      data: {
        text: 'They were slow.',
        about: { team: 'finland', entry: { kind: 'world', id: 'power-cut' } },
      },
    })
  })

  test('restarts and reverts a service in a team’s room, told the price, and reads its changes as text', async () => {
    const diff = '--- a/main.ts\n+++ b/main.ts\n@@ -1 +1 @@\n-old\n+<b>new</b>\n'
    vi.stubGlobal('fetch', async (url: string) =>
      url.includes('/changes?')
        ? new Response(JSON.stringify({ diff }))
        : new Response('{}', { status: 404 }),
    )
    const { feed, box } = await show(<TeamPage team="finland" />, calm, white, '#/instructor/finland')
    await page.getByRole('button', { name: /^Tax filing/ }).click()
    await page.getByRole('button', { name: 'Put back to start state' }).click()
    await expect.element(page.getByText(/costs the team 50 points of defence/)).toBeVisible()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Put back to start state' }).click()
    await until(() => feed.sent.length > 0)
    expect(feed.sent).toEqual([
      { type: 'act-on-service', data: { team: 'finland', service: 'tax', action: 'revert', seen: 0 } },
    ])
    await page.getByRole('button', { name: 'Show the team’s changes' }).click()
    await expect.poll(() => box.querySelector('.changes pre')?.textContent).toContain('+<b>new</b>')
    expect(box.querySelector('.changes b')).toBeNull()
    await shoot('room-white')
    expect(await violations(box)).toEqual([])
    await userEvent.keyboard('{Escape}')
  })

  test('on a phone nothing is wider than the page', async () => {
    await page.viewport(390, 844)
    const { box } = await show(<InstructorPage />, stormy, white, '#/instructor')
    await page.getByRole('tab', { name: 'Who needs me' }).click()
    await until(() => box.querySelector('.need'))
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390)
    await shoot('phone-needs')
    await page.getByRole('tab', { name: 'Message' }).click()
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390)
    await shoot('phone-message')
  })
})

test('why an exercise ended is read on every page', async () => {
  const ended = continued(calm, FROZEN_MS, [['end-exercise', { reason: 'The ministry calls.' }]])
  const { box } = await show(<NationalPage />, ended, guest, '#/national')
  expect(box.querySelector('.shell-paused')?.textContent).toBe('Ended: The ministry calls.')
})

const scenarioTeams = 3
