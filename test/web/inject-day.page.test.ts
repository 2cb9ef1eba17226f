import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openMemoryLog } from '../engine/memory-log.ts'
import { startHere } from '../platform/platform-here.ts'
import { builtPages, joinBy } from './built-pages.ts'

const pages = builtPages()

/** Presses Tab until the focus is in a field that is meant, as somebody without a mouse does. */
async function tabTo(page: Page, selector: string) {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${selector}`)
}

const numberIn = (text: string) => Number(text.replaceAll(',', ''))

test('a message that white writes, from its creation to the score: answered in the blue room, graded by keyboard', {
  timeout: 180_000,
}, async () => {
  const here = await startHere(openMemoryLog().log, { web: pages.webDir })
  const id = here.platform.exercises.current
  const base = here.platform.url
  const [excon, team] = [await pages.openWindow(), await pages.openWindow()]
  const [white, blue] = [excon.page, team.page]
  await joinBy(white, `${base}/#/join/${await here.token(id, 'white')}`, 'Chief')
  await joinBy(blue, `${base}/#/join/${await here.token(id, 'blue', 'first')}`, 'Anna')
  await blue.getByRole('heading', { name: 'Our services' }).waitFor()

  // White adds it by keys and a form, with two criteria of its own.
  await white.getByRole('link', { name: 'Timeline' }).click()
  await white.getByRole('grid').locator('[tabindex="0"]').focus()
  await white.keyboard.press('n')
  const form = white.getByRole('dialog', { name: 'A new entry' })
  const field = (name: string) => form.getByLabel(name, { exact: true })
  await field('Title').fill('Can citizens still file their taxes?')
  await field('Text').fill('A journalist waits on the line. <b>What do we say?</b>')
  await field('From').fill('Press desk')
  await form.getByLabel('It counts for the score').check()
  await form.getByRole('button', { name: 'Add a criterion' }).click()
  await field('Criterion 1').fill('It is true')
  await field('Points for criterion 1').fill('2.5')
  await form.getByRole('button', { name: 'Add a criterion' }).click()
  await form.getByRole('button', { name: 'Add a criterion' }).click()
  await form.getByRole('button', { name: 'Remove criterion 2' }).click()
  await field('Criterion 2').fill('It is calm')
  await form.getByRole('button', { name: 'Add', exact: true }).click()
  await form.waitFor({ state: 'detached' })

  // It is in the inbox of blue, which answers.
  await blue.getByRole('tab', { name: /^Inbox/ }).click()
  const item = blue.locator('.inbox-item', { hasText: 'Can citizens still file' })
  await item.waitFor({ timeout: 20_000 })
  expect(await item.innerText()).toContain('new')
  await item.click()
  await blue.getByText('A journalist waits on the line. <b>What do we say?</b>').waitFor()
  await blue.getByText('What the answer is graded by').click()
  await blue.getByText('It is true: up to 2.5').waitFor()
  await blue.getByText('It is calm: up to 5').waitFor()
  await blue.getByLabel('Our answer', { exact: true }).fill('Yes. All returns that were filed are safe.')
  await blue.getByText(/^Last written by Anna/).waitFor()
  await blue.getByRole('button', { name: 'Send the answer' }).click()
  await blue.getByText('Waits for its grade.').waitFor()

  // While time stands still nothing else changes a score.
  await white.getByRole('link', { name: 'Console' }).click()
  const waiting = white.getByRole('tab', { name: /^Grading/ })
  await expect.poll(() => waiting.innerText()).toMatch(/1$/)
  await white.keyboard.press('Control+k')
  await white.keyboard.type('pause')
  await white.keyboard.press('Enter')
  await white.keyboard.type('We look at it')
  await white.keyboard.press('Enter')
  await blue.getByText('We look at it').waitFor()
  const points = { white: white.locator('.matrix-points'), blue: blue.locator('.team-score b') }
  const shown = async () => ({
    white: numberIn(await points.white.innerText()),
    blue: numberIn(await points.blue.innerText()),
  })
  await expect.poll(async () => (await shown()).white === (await shown()).blue).toBe(true)
  const before = await shown()

  await white.keyboard.press('Control+k')
  await white.keyboard.type('go grading')
  await white.keyboard.press('Enter')
  await white.locator('.grading-form').getByText('Yes. All returns that were filed').waitFor()
  await tabTo(white, '.grading-form [data-first]')
  await white.keyboard.type('1.5')
  await white.keyboard.press('Tab')
  await white.keyboard.type('5')
  await white.locator('.grading-form').getByText('87%').waitFor()
  await white.keyboard.press('Enter')
  // It waits no more.
  await expect.poll(() => waiting.innerText()).toBe('Grading')

  // Both see what it brought, the same, and blue why.
  await blue.getByText('Grade: 87%').waitFor()
  const grade = blue.locator('.message-grade')
  expect(await grade.innerText()).toMatch(/It is true: 1\.5 of 2\.5\s+It is calm: 5 of 5/)
  await expect.poll(async () => (await shown()).blue, { timeout: 10_000 }).toBeGreaterThan(before.blue)
  const after = await shown()
  await expect.poll(async () => (await shown()).white).toBe(after.blue)
  await blue.getByRole('tab', { name: 'Score' }).click()
  const line = blue.locator('.score-line', {
    hasText: 'The answer to “Can citizens still file their taxes?” was graded',
  })
  await line.waitFor()
  const earned = numberIn(/[\d.,]+/.exec(await line.locator('b').first().innerText())?.[0] ?? '')
  expect(Math.abs(after.blue - before.blue - earned)).toBeLessThanOrEqual(1)
  expect(earned).toBeGreaterThan(0)

  // What happened is in the ledger, each deed with its name.
  const made = (await here.ledger(id)).filter(({ type }) =>
    /^(entry\.added|inject\.(answered|graded))$/.test(type),
  )
  expect(
    made.map(({ type, data }) => [type, 'by' in data && data.by && 'name' in data.by ? data.by.name : '']),
  ).toEqual([
    ['entry.added', 'Chief'],
    ['inject.answered', 'Anna'],
    ['inject.graded', 'Chief'],
  ])
  expect([...excon.errors, ...team.errors, ...here.faults]).toEqual([])
})
