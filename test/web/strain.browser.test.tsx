import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { NationalPage } from '../../web/national/national-page.tsx'
import { continued, recordLedger } from '../kit/ledger.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

/** Before the first attack. */
const AT_MS = 50_000
const DOWN = { verdict: 'down', evidence: null } as const
const tax = { team: 'estonia', service: 'tax', journey: 'alive' } as const

const strained = (late: boolean, stretch: number) => {
  const before = recordLedger(AT_MS)
  const team =
    before.flatMap((event) => (event.type === 'exercise.created' ? event.data.teams : []))[0]?.id ?? ''
  return continued(before, AT_MS, [
    ['report-strain', { late, stretch, cause: late ? 'processors' : 'looks' }],
    ['report-check', { ...tax, team, results: [DOWN, DOWN] }],
  ])
}
const show = (of: 'white' | 'guest', late: boolean, stretch: number, lang: 'en' | 'et' | 'ja') =>
  showPage(
    of === 'white' ? <InstructorPage /> : <NationalPage />,
    recordedFeed(strained(late, stretch), { seat: of }, AT_MS),
    { hash: of === 'white' ? '#/instructor' : '#/national', lang, theme: 'light' },
  )

test('the console says that measurements are late, why, and what it means', async () => {
  const box = await show('white', true, 4, 'en')
  const said = await until(() => box.querySelector('.console-strain'))
  expect(said.textContent).toContain('Measurements are late')
  expect(said.textContent).toContain('processors are overloaded')
  expect(said.textContent).toContain('4× as far apart')
  expect(await violations(box)).toEqual([])
})

test('the console stays where it is when measurements become late, at any width', async () => {
  for (const [width, height] of [
    [1920, 1080],
    [1366, 768],
    [390, 844],
  ] as const) {
    await page.viewport(width, height)
    const heights = []
    for (const [late, stretch] of [
      [false, 1],
      [true, 16],
      [false, 1.5],
    ] as const) {
      const box = await show('white', late, stretch, 'en')
      const transport = await until(() => box.querySelector('.transport'))
      await until(() => box.querySelector('.console-matrix'))
      if (late) expect(transport.querySelector('.console-strain')).not.toBeNull()
      heights.push(Math.round(transport.getBoundingClientRect().height))
      box.remove()
    }
    expect(new Set(heights).size, `${width} px: ${heights}`).toBe(1)
  }
})

test('the console says when looks only come less often, and nothing while all is as planned', async () => {
  const stretched = await show('white', false, 1.5, 'en')
  const said = await until(() => stretched.querySelector('.console-strain'))
  expect(said.textContent).toContain('1.5× as far apart')
  const fine = await show('white', false, 1, 'en')
  await until(() => fine.querySelector('.console-matrix'))
  expect(fine.querySelector('.console-strain')).toBeNull()
})

test.each([
  ['en', 'Measurements are late'],
  ['et', 'Mõõtmised hilinevad'],
  ['ja', '計測が遅れています'],
] as const)(
  'the wall says so in %s instead of an outage, and nobody is said to be cut off',
  async (lang, words) => {
    const box = await show('guest', true, 4, lang)
    const sentence = await until(() => box.querySelector('.national-sentence'))
    expect(sentence.textContent).toContain(words)
    expect(box.querySelector('.national-number')?.textContent).toBe('–')
    expect(await violations(box)).toEqual([])
  },
)
