import { describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { Lang } from '../../server/exercise/scenario/words.ts'
import type { Theme } from '../../web/app/route.ts'
import { NationalPage } from '../../web/national/national-page.tsx'
import { misplaced } from '../web/boxes.ts'
import { recordedFeed, showPage, until, violations } from '../web/recorded-feed.tsx'
import { SITUATION_NAMES, SITUATIONS, type SituationName } from './situations.ts'
import { ANSWERS, ELSEWHERE, QUESTIONS } from './ten-questions.ts'

async function wall(name: SituationName, lang: Lang, theme: Theme = 'dark', hash = '#/national?big=1') {
  const { ledger, atMs } = SITUATIONS[name]()
  const box = await showPage(<NationalPage />, recordedFeed(ledger, { seat: 'guest' }, atMs), {
    hash,
    lang,
    theme,
  })
  await until(() => box.querySelector('.wall-plot canvas'))
  return box
}

/** What can be read at a part of the picture. */
function readAt(box: HTMLElement, part: string): string {
  const found = box.querySelector<HTMLElement>(part)
  if (!found?.checkVisibility()) return ''
  return (found.textContent ?? '').replaceAll('\u2060', '').replaceAll(/\s+/g, ' ')
}

describe.each(SITUATION_NAMES)('the wall when it is: %s', (name) => {
  test('answers the ten questions of a minister', async () => {
    await page.viewport(1920, 1080)
    const box = await wall(name, 'en')
    const answers = QUESTIONS.map((question) => {
      const [part, says] = ANSWERS[name][question]
      const text = readAt(box, part)
      return { question, text, right: says.test(text) }
    })
    expect(answers.filter(({ right }) => !right)).toEqual([])
  })

  test.each([
    [1920, 1080, 'en', 'light'],
    [1366, 768, 'et', 'dark'],
    [1280, 720, 'et', 'light'],
    [1920, 1080, 'ja', 'dark'],
    [2560, 1080, 'et', 'dark'],
  ] as const)(
    'lies over nothing and cuts nothing off: %i by %i, %s, %s',
    async (width, height, lang, theme) => {
      await page.viewport(width, height)
      const box = await wall(name, lang, theme)
      await expect.poll(() => misplaced(box)).toEqual([])
      for (const part of ['.wall-curve', '.wall-life', '.strips', '.wall-decide', '.end-lessons']) {
        // The curve is drawn anew when letters have come and moved it.
        const cutBy = () => {
          const { scrollHeight = 0, clientHeight = 0 } = box.querySelector(part) ?? {}
          return scrollHeight - clientHeight
        }
        await expect.poll(cutBy, { message: `${part} is cut` }).toBeLessThanOrEqual(2)
      }
      // What a hall must read: what is going on, and the numbers.
      const essential = [
        ...box.querySelectorAll('.national-sentence, .national-number, .wall-figure, .end-winner'),
      ]
      expect(essential.length).toBeGreaterThan(3)
      const small = essential.filter((one) => Number.parseFloat(getComputedStyle(one).fontSize) < height / 30)
      expect(small.map(({ textContent }) => textContent)).toEqual([])
      expect(box.querySelector('.wall-plot')?.clientHeight).toBeGreaterThan(height / 14)
      const { bottom = 0 } = box.querySelector('.situation-scene, .end-scene')?.getBoundingClientRect() ?? {}
      expect(bottom).toBeLessThanOrEqual(height)
    },
  )
})

test.each(ELSEWHERE)('%s, %s: %s', async (lang, name, part, says) => {
  await page.viewport(1920, 1080)
  expect(readAt(await wall(name, lang), part)).toMatch(says)
})

test.each([
  ['crisis', 'en', 'dark'],
  ['recovering', 'ja', 'light'],
] as const)(
  'a phone shows the number first, and all that stands there is told: %s',
  async (name, lang, theme) => {
    await page.viewport(390, 844)
    const box = await wall(name, lang, theme, '#/national')
    await expect.poll(() => misplaced(box)).toEqual([])
    const top = (part: string) => box.querySelector(part)?.getBoundingClientRect().top ?? 0
    expect(top('.national-number')).toBeLessThan(top('.national-sentence'))
    expect(await violations(box)).toEqual([])
  },
)

test('what has no room is opened by a button; the curve is a table, too', async () => {
  await page.viewport(1920, 1080)
  const box = await wall('crisis', 'en')
  const strips = () => box.querySelectorAll('.strip-problem').length
  expect(strips()).toBe(3)
  const more = box.querySelector<HTMLButtonElement>('.strips-more')
  expect(more?.textContent).toBe('and 3 more problems')
  more?.click()
  await expect.poll(strips).toBe(6)
  expect([...box.querySelectorAll('.wall-curve tbody tr')].map((row) => row.textContent)).toContainEqual(
    expect.stringMatching(/^1:10:00.*Attackers got in: Tax filing/),
  )
  expect(await violations(box)).toEqual([])
})
