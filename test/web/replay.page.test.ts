import { expect, test } from 'vitest'
import { openMemoryLog } from '../engine/memory-log.ts'
import { recordLedger } from '../kit/ledger.ts'
import { startHere } from '../platform/platform-here.ts'
import { builtPages } from './built-pages.ts'

const pages = builtPages()
const DAY_MS = 600_000

async function withRecord() {
  const { log } = openMemoryLog()
  const ledger = recordLedger(DAY_MS)
  const [created] = ledger
  if (created?.type !== 'exercise.created') throw new Error('a ledger begins with its exercise')
  const id = created.data.exerciseId
  await log.append(id, 0, ledger, Date.UTC(2026, 10, 23, 9))
  const here = await startHere(log, { web: pages.webDir })
  return { id, here, base: `${here.platform.url}/#/e/${id}` }
}

test('an exercise that is over is played again on the same pages: moment, speed, turning points, the way out', {
  timeout: 120_000,
}, async () => {
  const { id, here, base } = await withRecord()
  const { page, errors } = await pages.openWindow()
  await page.goto(`${base}/national`)
  await page.getByRole('link', { name: 'Replay' }).click()
  const bar = page.getByRole('region', { name: 'Replay of this exercise' })
  await bar.waitFor()
  expect(await page.locator('.pulse').innerText()).toBe('Replay')
  const time = () => bar.locator('.replay-time b').innerText()
  const clock = () => page.locator('.shell-clock b').innerText()
  expect(await time()).toBe('0:00')

  // It plays, faster when asked, and pages follow.
  await bar.getByLabel('Speed').selectOption('60')
  await bar.getByRole('button', { name: 'Play', exact: true }).click()
  await expect.poll(time, { timeout: 10_000 }).toMatch(/^[12]:/)
  await bar.getByRole('button', { name: 'Pause' }).click()
  const stood = await time()
  // What takes a while to draw follows a moment later.
  await expect.poll(clock).toBe(stood)
  await page.waitForTimeout(600)
  expect(await time()).toBe(stood)

  // Moments that decided it, back and on, and any moment by the keyboard.
  await bar.getByLabel('Moment of the exercise').fill('300000')
  expect(await time()).toBe('5:00')
  await bar.getByLabel('Moment of the exercise').press('ArrowRight')
  expect(await time()).toBe('5:01')
  await bar.getByRole('button', { name: 'Next turning point' }).click()
  const next = await time()
  expect(next > '5:01').toBe(true)
  await bar.getByRole('button', { name: 'Previous turning point' }).click()
  expect((await time()) < next).toBe(true)
  const points = await bar.getByLabel('Turning points').locator('option').allTextContents()
  expect(points.some((text) => text.includes('First breach: '))).toBe(true)

  // The address leads back to the moment, in another browser and on another page.
  await bar.getByLabel('Moment of the exercise').fill('240000')
  await expect.poll(() => page.url()).toContain('at=240')
  const other = await pages.openWindow()
  await other.page.goto(`${base}/scoreboard?at=240`)
  const there = other.page.getByRole('region', { name: 'Replay of this exercise' })
  await there.waitFor()
  expect(await there.locator('.replay-time b').innerText()).toBe('4:00')

  // An audience sees in a replay what it may see, no more: what a guest gets is what the guest's ledger has.
  const guest = (await (await here.fetch(`/api/exercises/${id}/recording`)).json()) as { events: unknown[] }
  const white = (await (
    await here.fetch(`/api/exercises/${id}/recording`, await here.token(id, 'white'))
  ).json()) as { events: unknown[] }
  expect(guest.events.length).toBeLessThan(white.events.length)
  expect((await here.fetch(`/api/exercises/${id}/recording`, 'no-token')).status).toBe(401)

  await bar.getByRole('button', { name: 'Leave the replay' }).click()
  await bar.waitFor({ state: 'detached' })
  expect(await page.locator('.pulse').innerText()).toBe('Read only')
  expect(page.url()).not.toContain('at=')
  expect([...errors, ...other.errors]).toEqual([])
})
