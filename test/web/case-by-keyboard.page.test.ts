import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Verdict } from '../../server/exercise/scenario/words.ts'
import type { LooksSince } from '../../server/exercise/wire/sources.ts'
import { openFakeRange } from '../engine/fake-range.ts'
import { smallScenario } from '../kit/small-scenario.ts'
import { openShellRange } from '../live/process-terminal.ts'
import { builtPages, joinBy } from './built-pages.ts'

const { openWindow, world } = builtPages()
const WITHIN_MS = 120_000
/** Other tests want the machine too. */
const SOON = { timeout: 20_000 }
const NO_LINES = { lines: [], services: [] }
const TRACE =
  'HTTP/1.1 500\n\nTypeError: letters is not iterable\n    at file:///srv/.run/app/src/main.js:1:8'

/** What has the keyboard: its name, or what is written there. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement
    const label = at instanceof HTMLTextAreaElement ? at.labels[0]?.textContent : null
    return `${at?.className ?? ''}|${at?.getAttribute('aria-label') ?? label ?? at?.textContent ?? ''}`
  })

/** Walks on by Tab to what is called so, in no more steps than a person would take. */
async function tabTo(page: Page, name: RegExp, steps: number): Promise<void> {
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press('Tab')
    if (name.test(await focused(page))) return
  }
  throw new Error(`${name} is not within ${steps} steps: ${await focused(page)}`)
}

/** A team's room with a service that has just failed, as its page shows it. */
async function openTrouble(range = openFakeRange()) {
  const answered: LooksSince = { askedMs: null, journeys: [], attacks: [] }
  let looks = answered
  const served = await world({ range: range.range, looks: () => looks, logs: async () => NO_LINES })
  const { page, errors } = await openWindow()
  // All by keys from here on: whatever a pointer did would be seen.
  await joinBy(page, `${served.live.url}/#/join/${served.token('blue-red')}`, 'Mari')
  await page.getByRole('tab', { name: 'Overview' }).waitFor()
  await page.evaluate(() => {
    for (const kind of ['pointerdown', 'mousedown'])
      addEventListener(kind, () => document.documentElement.setAttribute('data-pointer', kind), true)
  })
  const check = async (verdict: Verdict) => {
    const evidence =
      verdict === 'up'
        ? null
        : { step: '2: http GET /letters', sent: 'GET /letters', received: TRACE, expected: '200', ms: 12 }
    for (const { id: journey } of smallScenario.services.find(({ id }) => id === 'tax')?.journeys ?? [])
      await served.give({
        type: 'report-check',
        data: {
          ...{ team: 'red', service: 'tax', journey },
          results: [
            { verdict, evidence },
            { verdict, evidence },
          ],
        },
      })
  }
  const look = (looked: boolean) => {
    looks = {
      askedMs: served.engine.atMs(),
      journeys: ['alive', 'file'].map((journey) => ({ journey, looked })),
      attacks: [],
    }
  }
  await check('up')
  await check('down')
  return { served, page, errors, check, look, range }
}

test(
  'a whole case by keyboard alone: alert, evidence, editor, change, restart and verify, report filed',
  async () => {
    const { served, page, errors, check, look, range } = await openTrouble()
    await expect.poll(() => page.title(), SOON).toMatch(/^\(1\) /)
    await page.keyboard.press('j')
    await expect.poll(() => focused(page), SOON).toContain('Tax')
    await expect.poll(() => page.title(), SOON).not.toMatch(/^\(/)

    await page.keyboard.press('e')
    await expect.poll(() => focused(page), SOON).toContain('letters is not iterable')

    // The file that the evidence names is open, and the keyboard is in it.
    await page.keyboard.press('s')
    await expect.poll(() => focused(page), SOON).toMatch(/cm-content.*main\.ts/)
    await page.keyboard.press('Control+End')
    await page.keyboard.type('\nconst letters: string[] = []')
    look(false)
    await page.keyboard.press('Control+Enter')
    await expect
      .poll(() => range.sourcesIn('red', 'tax').now.get('main.ts')?.text, SOON)
      .toBe('export {}\nconst letters: string[] = []')
    await expect.poll(() => range.acts, SOON).toEqual(['app red/tax'])
    await check('up')
    look(true)
    const answer = page.locator('.code-answer')
    await expect.poll(() => answer.textContent(), SOON).toMatch(/Working.*Working/s)

    // What was done stands under the strip, in words, and the case is over by what was measured.
    const facts = page.locator('.desk-evidence .strip-edits')
    await expect
      .poll(() => facts.textContent(), SOON)
      .toMatch(/Mari restarted the service.*Mari saved .?main\.ts/s)
    await page.locator('.desk-head').getByText('closed').first().waitFor()

    // The same letters are keys again once the editor is left.
    await page.keyboard.press('Escape')
    await expect.poll(() => focused(page), SOON).not.toContain('cm-content')
    await page.keyboard.press('r')
    await expect.poll(() => focused(page), SOON).toMatch(/Report R?1/)
    await tabTo(page, /\|File the report/, 14)
    await page.keyboard.press('Enter')
    await expect
      .poll(async () => (await served.engine.events(0, 1_000)).at(-1), SOON)
      .toMatchObject({ type: 'report.filed', data: { team: 'red', fields: { service: 'tax' } } })
    await page
      .getByText(/Report R?1 was filed/)
      .first()
      .waitFor()

    const types = (await served.engine.events(0, 1_000)).map(({ type }) => type)
    const told = ['source.saved', 'response.began', 'app.restarted', 'case.report-begun', 'report.filed']
    expect(types.filter((type) => told.includes(type))).toEqual([
      ...['source.saved', 'response.began', 'response.began', 'app.restarted'],
      ...['case.report-begun', 'report.filed'],
    ])
    expect(await page.evaluate(() => document.documentElement.dataset.pointer ?? null)).toBeNull()
    expect(errors).toEqual([])
  },
  WITHIN_MS,
)

test(
  'what stands beside a case takes no key of the next one, until somebody goes in',
  async () => {
    const shells = openShellRange()
    const { served, page } = await openTrouble({ ...openFakeRange(), range: shells.range })
    await served.give({
      type: 'report-check',
      data: {
        ...{ team: 'red', service: 'register', journey: 'alive' },
        results: [
          { verdict: 'down', evidence: null },
          { verdict: 'down', evidence: null },
        ],
      },
    })
    await expect.poll(() => page.title(), SOON).toMatch(/^\(2\) /)
    await page.keyboard.press('j')
    await expect.poll(() => focused(page), SOON).toMatch(/C\d/)
    const first = await focused(page)
    await page.keyboard.press('t')
    await expect.poll(() => focused(page), SOON).toContain('xterm')
    await page.keyboard.press('Control+Shift+Enter')
    await expect.poll(() => focused(page), SOON).toContain('Go to the terminal')
    await page.keyboard.press('s')
    await expect.poll(() => focused(page), SOON).toContain('cm-content')
    await page.keyboard.press('Escape')
    await expect.poll(() => focused(page), SOON).not.toContain('cm-content')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    await expect.poll(() => focused(page), SOON).toBe(first)
    // The terminal and the editor of this one are there again, and the letters are still the room's.
    await page.locator('.xterm-rows').waitFor()
    await page.locator('.desk .cm-content').waitFor()
    await page.waitForTimeout(1_000)
    expect(await focused(page)).toBe(first)
    await page.keyboard.press('n')
    await expect.poll(() => focused(page), SOON).toContain('Note for the team')
  },
  WITHIN_MS,
)
