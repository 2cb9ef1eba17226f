import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { cdp, page, userEvent } from 'vitest/browser'
import { fold } from '../../server/exercise/fold/evolve.ts'
import { type Actor, pilotOf } from '../../server/exercise/ledger/actor.ts'
import { redact } from '../../server/exercise/ledger/audience.ts'
import { decideReport } from '../../server/exercise/pilots/reports.ts'
import { clockMs } from '../../server/exercise/scenario/clock-text.ts'
import type { Inject } from '../../server/exercise/scenario/inject.ts'
import type { Audience, Scenario } from '../../server/exercise/scenario/model.ts'
import { at } from '../../server/exercise/scenario/trigger.ts'
import { weaknessOf } from '../../server/exercise/scenario/weaknesses.ts'
import type { Lang, Text } from '../../server/exercise/scenario/words.ts'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import { takeBatches } from '../../web/feed/feed.ts'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { blue as blueSeat, white as whiteSeat } from '../kit/actors.ts'
import { demoScenario } from '../kit/demo-scenario.ts'
import { continued, recordLedger } from '../kit/ledger.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const NOW = 372_000
const team = 'finland'
const white: Audience = { seat: 'white' }
const blue: Audience = { seat: 'blue', team }
const text = (en: string): Text => ({ en, et: `${en} (et)`, ja: `${en}（日本語）` })

const question: Inject = {
  id: 'which-file',
  number: 1,
  title: text('Which file did they take?'),
  text: text('The partner CERT asks for the name of the file.'),
  from: text('CERT-EU'),
  channel: 'mail',
  roles: ['technical'],
  expects: {
    kind: 'question',
    tries: 3,
    hints: [text('It is a key.'), text('It is in deploy.')],
    digests: ['right'],
  },
  rubric: [],
  attachments: [],
  category: 'forensics',
  weight: 1,
  weightBefore: 0,
  trigger: at(20_000),
  withinMs: null,
  teams: null,
  objectives: [],
}
const press: Inject = {
  ...question,
  id: 'press',
  number: 2,
  title: text('What has happened?'),
  expects: { kind: 'text', maxLength: 500 },
  rubric: [{ id: 'true', title: text('It is true'), points: 4 }],
  category: 'strategic',
  withinMs: 120_000,
}
const scenario: Scenario = {
  ...demoScenario,
  injects: [question, press],
  scoring: {
    ...demoScenario.scoring,
    availability: demoScenario.scoring.availability - 1_500,
    reporting: 1_000,
    forensics: 250,
    strategic: 250,
  },
}
/** The attack on the tax service that landed on this team. */
const HIT = 'peek'
const HOSTILE = '<img src=x onerror="alert(1)"> \u001b[31m10.0.0.7 /declarations'
const fields = {
  service: 'tax',
  noticedMs: 262_000,
  technique: 'T1190',
  indicators: HOSTILE,
  actions: 'Closed it.',
  confidence: 'high',
} as const
const storm = continued(recordLedger(NOW, null, scenario), NOW, [
  ['send-inject', { team, inject: 'which-file' }],
  ['send-inject', { team, inject: 'press' }],
  ['try-question', { team, inject: 'which-file', text: 'passwd', seen: 0, digest: 'wrong' }],
  ['answer-inject', { team, inject: 'press', content: { kind: 'text', text: 'We know.' }, seen: 0 }],
  ['file-report', { team, report: 'R1', fields, seen: 0 }],
  ['file-report', { team, report: 'R2', fields: { ...fields, service: 'eid', indicators: '' }, seen: 0 }],
])
const judgedBy = (by: Actor) =>
  continued(storm, NOW, [
    [
      'grade-report',
      {
        team,
        report: 'R1',
        match: HIT,
        criteria: { service: 25, technique: 15, time: 20, indicators: 7.5, completeness: 15 },
        comment: 'Well seen.',
        final: false,
        seen: 1,
      },
      by,
    ],
    ['make-appeal', { team, subject: { kind: 'report', id: 'R1' }, text: 'The technique is right.' }],
  ])
const judged = judgedBy(whiteSeat())

const of = (hash: string, lang: Lang = 'en') => ({ hash, lang, theme: 'dark' }) as const
const room = async (ledger = storm, tab = 'Reports', lang: Lang = 'en') => {
  const feed = recordedFeed(ledger, blue, NOW)
  const box = await showPage(<TeamPage team={team} />, feed, of(`#/team/${team}`, lang))
  await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click()
  return { feed, box }
}
const desk = async (ledger = storm, tab = 'Grading', lang: Lang = 'en') => {
  const feed = recordedFeed(ledger, white, NOW)
  const box = await showPage(<InstructorPage />, feed, of('#/instructor', lang))
  await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click()
  return { feed, box }
}
const TABS: Readonly<Record<Lang, readonly [string, string, string]>> = {
  en: ['Reports', 'Grading', 'Inbox'],
  et: ['Teated', 'Hindamine', 'Sõnumid'],
  ja: ['報告', '採点', '受信箱'],
}
/** What was sent and is no draft. */
const given = (feed: { readonly sent: readonly { readonly type: string }[] }) =>
  feed.sent.filter(({ type }) => type !== 'save-report-draft' && type !== 'read-inject')

beforeEach(async () => {
  sessionStorage.clear()
  await page.viewport(1366, 900)
})

test('on paper a report is light, without anything to press or anything that stands around it', async () => {
  const { box } = await room(judged)
  await page.getByRole('button', { name: /^R1/ }).click()
  const session = cdp() as unknown as { send(method: string, params: object): Promise<unknown> }
  const print = (media: string) => session.send('Emulation.setEmulatedMedia', { media })
  onTestFinished(async () => {
    await print('')
  })
  await print('print')
  const seen = (what: string) =>
    [...box.querySelectorAll(what)].filter((one) => one.checkVisibility()).map(({ className }) => className)
  await expect.poll(() => seen('.button, .tab-row, .room-side, .room-services, .shell-tools')).toEqual([])
  const middle = box.querySelector('.room-middle') as HTMLElement
  expect(getComputedStyle(middle).backgroundColor).toBe('rgb(255, 255, 255)')
  expect(getComputedStyle(middle).color).toBe('rgb(20, 32, 43)')
  expect(middle.textContent).toContain('Well seen.')
  await page.screenshot({ path: '../../.vitest/report-print.png' })
})

test('a moment as people write it', () => {
  expect(['3:20', '63:20', '1:03:20', ' １:03:20 '].map(clockMs)).toEqual([
    200_000, 3_800_000, 3_800_000, 3_800_000,
  ])
  expect(['', '3', '3:60', '1:60:00', '-1:00', '3:2', 'noon'].map(clockMs)).toEqual(Array(7).fill(null))
})

/** What the autopilot of an expert would file now, of what this team's room shows. */
function piloted() {
  const begun = recordLedger(NOW, null, scenario)
  const view = fold(begun.flatMap((event) => redact(event, blue) ?? []))
  const known = (weakness: string) => weaknessOf(scenario, weakness)?.technique ?? ''
  const filed = decideReport('swift', team, view, known, 'seed', NOW)
  if (!filed) throw new Error('nothing to report')
  return continued(begun, NOW, [['file-report', { team, ...filed, seen: 0 }, pilotOf(team)]])
}

describe.each([
  ['en', 'the autopilot', /^This team is played by the autopilot/],
  ['et', 'autopiloot', /^Seda meeskonda mängib autopiloot/],
  ['ja', '自動操作', /^このチームは自動操作で/],
] as const)(
  'what the autopilot reported, in the reader’s language, marked as its own: %s',
  (lang, name, words) => {
    const read = async (box: HTMLElement, shot: string) => {
      const told = await until(() => box.querySelector('.written-form'))
      const said = [...told.querySelectorAll('dd')].map(({ textContent }) => textContent)
      expect(said.some((one) => words.test(one))).toBe(true)
      expect(said).toContain('T1190')
      // Not by its words alone: a report of little skill has none.
      expect(told.previousElementSibling?.textContent).toContain(name)
      await page.screenshot({ path: `../../.kilp/shots/pilot-report-${shot}-${lang}.png` })
    }

    test('its team', async () => {
      const { box } = await room(piloted(), TABS[lang][0], lang)
      await page.getByRole('button', { name: /^R1/ }).click()
      await read(box, 'room')
      // Whoever amends it begins with what they have read.
      expect([...box.querySelectorAll('textarea')].some(({ value }) => words.test(value))).toBe(true)
    })

    test('those who grade', async () => {
      const { box } = await desk(piloted(), TABS[lang][1], lang)
      await read(box, 'desk')
    })
  },
)

describe('a team', () => {
  test('writes a report, which is kept while it is written, and files it', async () => {
    const { feed } = await room()
    await page.getByRole('button', { name: 'New report' }).click()
    await page.getByRole('combobox', { name: 'Service' }).selectOptions('tax')
    await page.getByRole('textbox', { name: /^Noticed at/ }).fill('99:00')
    await page.getByRole('textbox', { name: /^Technique/ }).fill('T1190')
    await page.getByRole('textbox', { name: 'What we did' }).fill('Closed it.')
    await page.getByRole('button', { name: 'File the report' }).click()
    await expect.element(page.getByText('Write a time that has passed, such as 12:30.')).toBeVisible()
    expect(given(feed)).toEqual([])
    await page.getByRole('textbox', { name: /^Noticed at/ }).fill('4:22')
    await page.getByRole('button', { name: 'File the report' }).click()
    await expect
      .poll(() => given(feed))
      .toEqual([
        {
          type: 'file-report',
          data: {
            team,
            report: 'R3',
            fields: { ...fields, indicators: '', confidence: 'medium' },
            seen: 0,
          },
        },
      ])
    await expect
      .poll(() => feed.sent.filter(({ type }) => type === 'save-report-draft').map(({ data }) => data))
      .toContainEqual({ team, report: 'R3', field: 'actions', text: 'Closed it.' })
  })

  test('amends a report from what it said, shown as text whatever it holds', async () => {
    const { feed, box } = await room()
    await page.getByRole('button', { name: /^R1/ }).click()
    await expect.element(page.getByRole('textbox', { name: 'What we did' })).toHaveValue('Closed it.')
    expect(box.querySelector('.message img')).toBeNull()
    expect(box.querySelector('.message-versions')?.textContent).toContain('<img src=x onerror')
    await page.getByRole('textbox', { name: 'What we did' }).fill('Closed it, and told others.')
    await page.getByRole('button', { name: 'File a new version' }).click()
    await expect
      .poll(() => given(feed))
      .toMatchObject([
        {
          type: 'file-report',
          data: { report: 'R1', seen: 1, fields: { ...fields, actions: 'Closed it, and told others.' } },
        },
      ])
  })

  test('goes on with what somebody wrote when a teammate filed another version, and is told that it is not filed', async () => {
    const draft = { team, report: 'R1', field: 'actions', text: 'Rotated the keys.' }
    const ben = { ...blueSeat(), name: 'Ben' } as ReturnType<typeof blueSeat>
    const filed = continued(storm, NOW, [
      ['save-report-draft', draft, ben],
      ['file-report', { team, report: 'R1', fields: { ...fields, technique: 'T1078' }, seen: 1 }],
    ])
    await room(filed)
    await page.getByRole('button', { name: /^R1/ }).click()
    await expect.element(page.getByRole('textbox', { name: 'What we did' })).toHaveValue(draft.text)
    await expect.element(page.getByText(/Changes by .*Ben.* have not been filed/)).toBeVisible()
  })

  test('reads why a report got its grade, and what became of its appeal', async () => {
    const { box } = await room(judged)
    await page.getByRole('button', { name: /^R1/ }).click()
    const grade = await until(() => box.querySelector('.message-grade'))
    expect(grade.textContent).toContain('Grade: 83%')
    expect(grade.textContent).toContain('Well seen.')
    expect(grade.textContent).toContain('Appeal A1')
    expect(
      [...box.querySelectorAll('.message button')].filter((one) => one.textContent === 'Appeal'),
    ).toEqual([])
  })

  test('appeals against a line of its score', async () => {
    const { feed, box } = await room(judged, 'Score')
    // A line that earned all that there was has nothing to appeal for.
    const button = await until(() => box.querySelector<HTMLElement>('.score-line .appeals button'))
    const line = button.closest<HTMLDetailsElement>('.score-line')
    if (line) line.open = true
    await userEvent.click(button)
    await page.getByRole('textbox', { name: /^What is wrong/ }).fill('We were not down.')
    await page.getByRole('button', { name: 'Send the appeal' }).click()
    await expect
      .poll(() => given(feed))
      .toMatchObject([
        { type: 'make-appeal', data: { team, subject: { kind: 'line' }, text: 'We were not down.' } },
      ])
  })

  test('opens a line that comes from a grade: criteria with their points, and what was written', async () => {
    const graded = continued(judged, NOW, [
      [
        'grade-inject',
        {
          team,
          inject: 'press',
          criteria: { true: 3 },
          comment: 'Short <b>and</b> true.',
          final: false,
          seen: 1,
        },
      ],
    ])
    const { box } = await room(graded, 'Score')
    const lineOf = (word: string) =>
      until(() =>
        [...box.querySelectorAll<HTMLDetailsElement>('.score-line')].find((line) =>
          line.querySelector('summary')?.textContent?.includes(word),
        ),
      )
    const answer = await lineOf('What has happened?')
    answer.open = true
    await expect
      .poll(() => answer.querySelector('.message-grade')?.textContent)
      .toContain('It is true: 3 of 4')
    expect(answer.textContent).toContain('Short <b>and</b> true.')
    expect(answer.textContent).not.toContain('No request was recorded')
    const report = await lineOf('R1')
    report.open = true
    await expect.poll(() => report.querySelector('.message-grade')?.textContent).toContain('7.5 of 15')
    expect(report.textContent).toContain('Well seen.')
    answer.scrollIntoView()
    await page.screenshot({ path: '../../.vitest/score-grade.png' })
    expect(await violations(box)).toEqual([])
  })

  test('tries to answer a question, sees what was tried, and takes a hint only when its price is confirmed', async () => {
    const { feed, box } = await room(storm, 'Inbox')
    await page.getByRole('button', { name: /Which file did they take/ }).click()
    await expect.element(page.getByText('2 tries left.')).toBeVisible()
    expect(box.querySelector('.tries')?.textContent).toContain('passwd wrong')
    await page.getByRole('textbox', { name: /^Our answer/ }).fill('id_deploy')
    await userEvent.keyboard('{Enter}')
    await expect
      .poll(() => given(feed))
      .toEqual([{ type: 'try-question', data: { team, inject: 'which-file', text: 'id_deploy', seen: 1 } }])
    await page.getByRole('button', { name: /^Hint 1 of 2/ }).click()
    await page.getByRole('button', { name: 'Take the hint' }).click()
    expect(given(feed).at(-1)).toEqual({
      type: 'take-question-hint',
      data: { team, inject: 'which-file', level: 1 },
    })
  })
})

describe('whoever grades', () => {
  test('accepts what the platform proposes with one key, and goes through the queue with others', async () => {
    const { feed, box } = await desk()
    const heading = () => box.querySelector('.grading-form h3 b')?.textContent
    await expect.poll(heading).toContain('What has happened?')
    box.querySelector<HTMLElement>('.grading-form [data-first]')?.focus()
    await userEvent.keyboard('j')
    await expect.poll(heading).toContain('report R1')
    await expect.poll(() => document.activeElement?.closest('.grading-form')).toBeTruthy()
    await userEvent.keyboard('{Enter}')
    await expect
      .poll(() => given(feed))
      .toMatchObject([
        {
          type: 'grade-report',
          data: { team, report: 'R1', match: HIT, criteria: { service: 25 }, final: false, seen: 1 },
        },
      ])
    // As long as the grade is not in the ledger it stays where it is.
    expect(heading()).toContain('report R1')
    await userEvent.keyboard('j')
    await expect.poll(heading).toContain('report R2')
    await userEvent.keyboard('k')
    await expect.poll(heading).toContain('report R1')
    await userEvent.keyboard('k')
    await expect.poll(heading).toContain('What has happened?')
    await userEvent.keyboard('3{Enter}')
    await expect
      .poll(() => given(feed).at(-1))
      .toMatchObject({
        type: 'grade-inject',
        data: { inject: 'press', criteria: { true: 3 } },
      })
  })

  test('is led to the next one when the grade is in the ledger, and to none when another grades something', async () => {
    const { feed, box } = await desk()
    const heading = () => box.querySelector('.grading-form h3 b')?.textContent
    const take = (before: typeof storm, ledger: typeof storm) =>
      takeBatches(feed.store, () => Promise.reject(new Error('no gap')))({
        after: before.length,
        cursor: ledger.length,
        events: ledger.slice(before.length),
      })
    const judge = (report: string) =>
      [
        'grade-report',
        { team, report, match: false, criteria: {}, comment: '', final: true, seen: 1 },
      ] as const
    await page.getByRole('button', { name: /report R1/ }).click()
    const others = continued(storm, NOW, [judge('R2')])
    take(storm, others)
    await expect.poll(() => box.querySelectorAll('.grading-list')[0]?.children.length).toBe(2)
    expect(heading()).toContain('report R1')
    await page.getByRole('button', { name: 'Give the grade' }).click()
    take(others, continued(others, NOW, [judge('R1')]))
    await expect.poll(heading).toContain('What has happened?')
    await expect.poll(() => document.activeElement?.hasAttribute('data-first')).toBe(true)
  })

  test('keeps the points that are written when a late version comes that does not count, and none when one in time does', async () => {
    const { feed, box } = await desk()
    const points = () => box.querySelector<HTMLInputElement>('.grading-form [data-first]')
    const waiting = () => box.querySelectorAll('.grading-list')[0]?.children.length
    /** A version of the answer, and a report by which one sees that the page has it. */
    const come = (before: typeof storm, at: number, words: string, seen: number) => {
      const ledger = continued(before, at, [
        ['answer-inject', { team, inject: 'press', content: { kind: 'text', text: words }, seen }],
        ['file-report', { team, report: `R${seen + 2}`, fields, seen: 0 }],
      ])
      takeBatches(feed.store, () => Promise.reject(new Error('no gap')))({
        after: before.length,
        cursor: ledger.length,
        events: ledger.slice(before.length),
      })
      return ledger
    }
    await expect
      .poll(() => box.querySelector('.grading-form h3 b')?.textContent)
      .toContain('What has happened?')
    points()?.focus()
    await userEvent.keyboard('3')
    const again = come(storm, NOW + 1_000, 'We know more.', 1)
    await expect.poll(waiting).toBe(4)
    expect(box.querySelector('.grading-form')?.textContent).toContain('We know more.')
    expect(points()?.value).toBe('')
    points()?.focus()
    await userEvent.keyboard('2')
    come(again, NOW + 150_000, 'Too late.', 2)
    await expect.poll(waiting).toBe(5)
    expect(box.querySelector('.grading-form')?.textContent).toContain('We know more.')
    expect(points()?.value).toBe('2')
    await userEvent.keyboard('{Enter}')
    await expect
      .poll(() => given(feed))
      .toMatchObject([{ type: 'grade-inject', data: { inject: 'press', criteria: { true: 2 }, seen: 3 } }])
  })

  test('finds what they had begun when they come back from another tool, and sees what was given before', async () => {
    const { feed, box } = await desk(judged)
    await page.getByRole('button', { name: /What has happened/ }).click()
    const points = page.getByRole('spinbutton', { name: /^It is true/ })
    const comment = page.getByRole('textbox', { name: 'Comment for the team' })
    await points.fill('3')
    await comment.fill('Short and true.')
    await page.getByRole('tab', { name: 'Message' }).click()
    await page.getByRole('textbox', { name: 'Message' }).fill('Well done so far.')
    await page.getByRole('tab', { name: /^Grading/ }).click()
    await page.getByRole('button', { name: /What has happened/ }).click()
    await expect.element(points).toHaveValue(3)
    await expect.element(comment).toHaveValue('Short and true.')
    await page.getByRole('button', { name: 'Give the grade' }).click()
    await expect
      .poll(() => given(feed))
      .toMatchObject([{ data: { criteria: { true: 3 }, comment: 'Short and true.' } }])
    await page.getByRole('tab', { name: 'Message' }).click()
    await expect.element(page.getByRole('textbox', { name: 'Message' })).toHaveValue('Well done so far.')
    await page.getByRole('tab', { name: /^Grading/ }).click()
    await page.getByText('Graded', { exact: true }).click()
    await page
      .getByRole('button', { name: /report R1/ })
      .first()
      .click()
    await expect
      .poll(() => box.querySelector('[aria-label="Given so far"]')?.textContent)
      .toContain('Well seen.')
    // It is open already: the key leads into its form.
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => document.activeElement?.hasAttribute('data-first')).toBe(true)
  })

  test('grades a second time without having read what the first one gave', async () => {
    const { box } = await desk(judgedBy({ kind: 'seat', seatId: 'white', seat: 'white', name: 'Mari' }))
    await page.getByText('Graded', { exact: true }).click()
    await page
      .getByRole('button', { name: /report R1/ })
      .last()
      .click()
    await expect.poll(() => box.querySelector('.grading-form h3 b')?.textContent).toContain('report R1')
    expect(box.querySelector('.grading-form')?.textContent).not.toContain('Well seen.')
  })

  test('changes it, and takes the proposal back with a', async () => {
    const { feed, box } = await desk()
    await page.getByRole('button', { name: /report R1/ }).click()
    const points = page.getByRole('spinbutton', { name: /^Service/ })
    await expect.element(points).toHaveValue(25)
    await points.fill('10')
    await userEvent.keyboard('a')
    await expect.element(points).toHaveValue(25)
    await page.getByRole('combobox', { name: 'What it is about' }).selectOptions('It never happened')
    expect(box.querySelector('.grading-form input[type=number]')).toBeNull()
    await page.getByRole('button', { name: 'Give the grade' }).click()
    await expect
      .poll(() => given(feed))
      .toMatchObject([{ type: 'grade-report', data: { match: false, criteria: {} } }])
    // In a text it is a letter.
    await page.getByRole('button', { name: /report R1/ }).click()
    await page.getByRole('textbox', { name: 'Comment for the team' }).fill('')
    await userEvent.keyboard('jka')
    await expect.element(page.getByRole('textbox', { name: 'Comment for the team' })).toHaveValue('jka')
  })

  test('answers an appeal', async () => {
    const { feed } = await desk(judged)
    await page.getByRole('button', { name: /appeal A1/ }).click()
    await page.getByRole('textbox', { name: 'Answer' }).fill('It was another variant.')
    await page.getByRole('button', { name: 'Answer the appeal' }).click()
    await expect
      .poll(() => given(feed))
      .toEqual([
        {
          type: 'answer-appeal',
          data: { team, appeal: 'A1', text: 'It was another variant.', outcome: 'upheld' },
        },
      ])
  })
})

test('what was detected is drawn when somebody opens it, and no longer than that', async () => {
  const { box } = await desk(judged)
  const table = await until(() => box.querySelector<HTMLDetailsElement>('details.detection'))
  expect(table.querySelectorAll('tr, p')).toHaveLength(0)
  await userEvent.click(table.querySelector('summary') as HTMLElement)
  const rows = () => table.querySelectorAll('tbody tr').length
  await until(() => rows() > 0 || undefined)
  await userEvent.click(table.querySelector('summary') as HTMLElement)
  await expect.poll(rows).toBe(0)
})

describe.each(LANGS)('in %s', (lang) => {
  test.each([1366, 390])(
    'nothing is wrong with these pages at a width of %i, and nothing sticks out',
    async (width) => {
      await page.viewport(width, 900)
      const wide = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
      const look = async (box: HTMLElement, name: string) => {
        expect(await violations(box)).toEqual([])
        expect(wide()).toBe(0)
        await page.screenshot({ path: `../../.kilp/shots/${name}-${lang}-${width}.png` })
      }
      const { box } = await room(judged, TABS[lang][0], lang)
      for (const summary of box.querySelectorAll<HTMLDetailsElement>('details.detection')) summary.open = true
      await page.getByRole('button', { name: /^R1/ }).click()
      await look(box, 'report-graded')
      await page.getByRole('button', { name: /^R2/ }).click()
      await look(box, 'report-form')
      box.parentNode?.removeChild(box)
      const inbox = await room(judged, TABS[lang][2], lang)
      await page.getByRole('button', { name: /Which file did they take/ }).click()
      await look(inbox.box, 'question')
      inbox.box.parentNode?.removeChild(inbox.box)
      const white = await desk(judged, TABS[lang][1], lang)
      await page.getByRole('button', { name: /R2/ }).click()
      await look(white.box, 'grading')
    },
  )
})
