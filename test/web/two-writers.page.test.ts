import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { injectOf, teamOf } from '../../server/exercise/fold/state.ts'
import type { Inject } from '../../server/exercise/scenario/inject.ts'
import type { Scenario } from '../../server/exercise/scenario/model.ts'
import { at } from '../../server/exercise/scenario/trigger.ts'
import { smallScenario, text } from '../kit/small-scenario.ts'
import type { World } from '../live/fixture.ts'
import { builtPages, joinBy, openWay } from './built-pages.ts'

const { openWindow, world } = builtPages()

const WAIT = { timeout: 30_000 }
/** Dozens of steps in two browsers: a bound against hanging, not a measurement. */
const LONG = { timeout: 240_000 }
/** Two pages, a save and its way back: with a busy machine that takes its time. */
const settled = <T>(look: () => T) => expect.poll(look, WAIT)

const base: Omit<Inject, 'id' | 'number' | 'title' | 'expects'> = {
  text: text('How do things stand?'),
  from: text('Ministry'),
  channel: 'mail',
  roles: [],
  rubric: [{ id: 'facts', title: text('Facts'), points: 1 }],
  attachments: [],
  category: 'strategic',
  weight: 1,
  weightBefore: 0,
  trigger: at(0),
  withinMs: 3_000_000,
  teams: null,
  objectives: [],
}
const injects: readonly Inject[] = [
  { ...base, id: 'sitrep', number: 1, title: text('Situation report'), expects: { kind: 'sitrep' } },
  { ...base, id: 'press', number: 2, title: text('Press'), expects: { kind: 'text', maxLength: 2_000 } },
]
const scenario: Scenario = {
  ...smallScenario,
  durationMs: 3_600_000,
  injects,
  scoring: { ...smallScenario.scoring, strategic: 100 },
}

const draftIn = (served: World, inject: string) =>
  injectOf(teamOf(served.engine.state(), 'red'), inject)?.draft ?? []
const field = (served: World, inject: string, name: string) =>
  draftIn(served, inject).find((one) => one.field === name)

/** Two people of one team, both with the same message before them; the second one's connection can be cut. */
async function twoAt(title: string) {
  const served = await world({ scenario })
  for (const { id } of injects) await served.give({ type: 'send-inject', data: { team: 'red', inject: id } })
  const way = await openWay(served.live.url)
  const [anna, bo] = [await openWindow(), await openWindow()]
  for (const [{ page }, name, url] of [
    [anna, 'Anna', served.live.url],
    [bo, 'Bo', way.url],
  ] as const) {
    await joinBy(page, `${url}/#/join/${served.token('blue-red')}`, name)
    await page.getByRole('tab', { name: /^Inbox/ }).click()
    await page.getByRole('button', { name: new RegExp(`^.*${title}`) }).click()
    await page.getByRole('heading', { name: title }).waitFor()
  }
  return { served, way, anna: anna.page, bo: bo.page, errors: () => [...anna.errors, ...bo.errors] }
}

const box = (page: Page, label: string) => page.getByRole('textbox', { name: label, exact: true })

test(
  'two people write one draft: each their field, then the same one; who writes is seen, nothing is lost by a reload or a cut, and what one sends the other sees as sent',
  LONG,
  async () => {
    const { served, way, anna, bo, errors } = await twoAt('Situation report')
    await Promise.all([
      box(anna, 'State of services').pressSequentially('Tax is slow.', { delay: 30 }),
      box(bo, 'Impact on citizens').pressSequentially('Nobody can file.', { delay: 30 }),
    ])
    await settled(() => box(bo, 'State of services').inputValue()).toBe('Tax is slow.')
    await settled(() => box(anna, 'Impact on citizens').inputValue()).toBe('Nobody can file.')
    await anna.getByText('Bo is writing here.').waitFor()
    await bo.getByText(/^Last written by Anna/).waitFor()

    // The same field: the last write stands, and what was there before comes back by hand.
    await box(bo, 'State of services').fill('The register is down.')
    await settled(() => box(anna, 'State of services').inputValue()).toBe('The register is down.')
    expect(field(served, 'sitrep', 'services')?.earlier.map((one) => one.text)).toEqual(['Tax is slow.'])
    await anna.getByText('Earlier drafts').first().click()
    await anna.getByRole('button', { name: 'Put this text back' }).first().click()
    await settled(() => box(bo, 'State of services').inputValue()).toBe('Tax is slow.')
    expect(field(served, 'sitrep', 'services')?.earlier.map((one) => one.text)).toContain(
      'The register is down.',
    )

    // A reload in the middle of a word, before anything of it was saved.
    await box(anna, 'What we have done').pressSequentially('We restar')
    await anna.reload()
    await settled(() => box(anna, 'What we have done').inputValue()).toBe('We restar')
    await settled(() => box(bo, 'What we have done').inputValue()).toBe('We restar')

    // Whoever leaves the message in the middle has written it, and finds what another made of it since.
    await box(anna, 'What we have done').press('End')
    await box(anna, 'What we have done').pressSequentially('ted tax.')
    await anna.getByRole('tab', { name: 'Overview' }).click()
    await settled(() => box(bo, 'What we have done').inputValue()).toBe('We restarted tax.')
    await box(bo, 'What we have done').fill('Tax was patched.')
    await settled(() => field(served, 'sitrep', 'actions')?.text).toBe('Tax was patched.')
    await anna.getByRole('tab', { name: /^Inbox/ }).click()
    await settled(() => box(anna, 'What we have done').inputValue()).toBe('Tax was patched.')

    // What is written while the connection is gone comes when it is back, whatever the other wrote elsewhere meanwhile.
    way.block()
    await box(bo, 'What we will do next').pressSequentially('A patch by noon.')
    await bo.getByText(/^No connection. What you write is kept/).waitFor()
    await box(anna, 'What we need').fill('Nothing.')
    await settled(() => field(served, 'sitrep', 'needs')?.text).toBe('Nothing.')
    // Even a page that is loaded again meanwhile would have it.
    expect(await bo.evaluate(() => JSON.stringify({ ...sessionStorage }))).toContain('A patch by noon.')
    way.open()
    await settled(() => box(anna, 'What we will do next').inputValue()).toBe('A patch by noon.')
    await settled(() => box(bo, 'What we need').inputValue()).toBe('Nothing.')

    await anna.getByRole('button', { name: 'Send the answer' }).click()
    for (const page of [anna, bo]) {
      const sent = page.getByRole('region', { name: 'Our answer, as sent' })
      await sent.getByText('A patch by noon.').waitFor()
      await sent.getByText(/by Anna/).waitFor()
    }
    await bo.getByRole('button', { name: 'Change this answer' }).waitFor()
    await settled(() => anna.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Our answer, as sent',
    )
    expect(errors()).toEqual([])
  },
)

test(
  'two people type into one field for seconds, a character at a time: it ends in the last write, both pages show it, and each one’s words can be brought back',
  LONG,
  async () => {
    const { served, anna, bo, errors } = await twoAt('Press')
    await box(anna, 'Our answer').fill('We know of the outage.')
    await settled(() => box(bo, 'Our answer').inputValue()).toBe('We know of the outage.')
    await Promise.all([
      box(anna, 'Our answer').pressSequentially(' We are on it, and we tell more soon.', { delay: 110 }),
      box(bo, 'Our answer').pressSequentially(' Nobody is in danger, as far as we see.', { delay: 103 }),
    ])
    const words = () => field(served, 'press', 'text')
    // Both have stopped: all that was on its way has come.
    const agreed = () =>
      expect
        .poll(
          async () => {
            const [one, other] = [
              await box(anna, 'Our answer').inputValue(),
              await box(bo, 'Our answer').inputValue(),
            ]
            return one === other && one === words()?.text
          },
          { ...WAIT, interval: 500 },
        )
        .toBe(true)
    await agreed()
    // So slowly that each letter is saved before the next: what another writes does not come in between.
    await Promise.all([
      box(anna, 'Our answer').pressSequentially(' Call us.', { delay: 850 }),
      box(bo, 'Our answer').pressSequentially(' Wait.', { delay: 950 }),
    ])
    await agreed()
    const all = [words()?.text, ...(words()?.earlier.map((one) => one.text) ?? [])].join('\n')
    expect(all).toMatch(/ Call us\./)
    expect(all).toMatch(/ Wait\./)
    expect(all).toMatch(/soon\./)
    expect(all).toMatch(/as far as we see\./)
    expect(words()?.earlier.length).toBeLessThanOrEqual(20)
    expect(words()?.version).toBeLessThan(40)
    expect(errors()).toEqual([])
  },
)
