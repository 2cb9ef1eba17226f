import { expect, test } from 'vitest'
import { openMemoryLog } from '../engine/memory-log.ts'
import { KEY, SMALL, startHere } from '../platform/platform-here.ts'
import { builtPages } from './built-pages.ts'

const pages = builtPages()

test('whoever runs the platform sees its exercises and scenarios, sets one up, enters it as white, and ends it', {
  timeout: 180_000,
}, async () => {
  const shelf = () => [
    { folder: SMALL, packs: [] },
    { folder: '/nowhere/at-all', packs: [] },
  ]
  const here = await startHere(openMemoryLog().log, { web: pages.webDir, shelf })
  const base = here.platform.url
  const { page, errors } = await pages.openWindow()

  // Without the key it says what is wanted, with a wrong one that it is wrong; the right one leaves the address.
  await page.goto(`${base}/#/home`)
  await page.getByLabel('Key').fill('wrong')
  await page.getByRole('button', { name: 'Open' }).click()
  await page.getByText('This key does not open this platform.').waitFor()
  await page.getByLabel('Key').fill(`${base}/#/home/${KEY}`)
  await page.getByRole('button', { name: 'Open' }).click()
  await page.getByRole('heading', { name: 'Exercises' }).waitFor()
  const other = await pages.openWindow()
  await other.page.goto(`${base}/#/home/${KEY}`)
  await other.page.getByRole('heading', { name: 'Exercises' }).waitFor()
  expect(other.page.url()).not.toContain(KEY)

  // What is in a scenario, and one that is none.
  const scenario = page.locator('.home-scenario', { hasText: 'First watch' })
  await scenario.getByText('services: ').waitFor()
  await page.getByText('/nowhere/at-all').first().waitFor()
  // What its teams will read, folded away until somebody wants it.
  expect(await scenario.locator('.markdown').isVisible()).toBe(false)
  await scenario.getByText('Briefing', { exact: true }).click()
  await scenario.locator('.markdown').waitFor()
  expect(await scenario.locator('.markdown').innerText()).toContain(
    'You take over the watch of a small digital state',
  )
  await scenario.getByText('Briefing', { exact: true }).click()
  expect(await page.locator('.home-exercise').count()).toBe(1)

  await scenario.getByLabel('Teams').fill('1')
  await scenario.getByLabel('Name of the exercise').fill('Spring 2027, CERT Tartu')
  await scenario.getByRole('combobox', { name: 'Start' }).selectOption('At a planned moment')
  await scenario.getByLabel('Starts at').fill('2099-03-01T09:00')
  await scenario.getByText('Names and pilots of the teams').click()
  await scenario.locator('.home-lineup input').fill('Night shift')
  await scenario.getByRole('combobox', { name: 'Played by' }).selectOption('Autopilot: swift')
  await scenario.getByRole('button', { name: 'Set up an exercise' }).click()
  await expect.poll(() => page.locator('.home-exercise').count(), { timeout: 30_000 }).toBe(2)
  const made = page.locator('.home-exercise').filter({ hasText: 'Ready to start' })
  await made.waitFor({ timeout: 30_000 })
  const id = (await here.list()).find(({ current }) => !current)?.id ?? ''
  await made.getByText(/^Starts by itself: .*9:00/).waitFor()
  // It has a name of its own, and another one later: in the list, and in the title of its pages.
  await made.getByRole('link', { name: 'Spring 2027, CERT Tartu' }).waitFor()
  await made.getByText('Change the name').click()
  await made.getByLabel('Name of the exercise').fill('Autumn 2027, CERT Tartu')
  await made.getByRole('button', { name: 'Save' }).click()
  await made.getByRole('link', { name: 'Autumn 2027, CERT Tartu' }).waitFor()
  expect(await here.exercise(id)).toMatchObject({
    teams: [{ name: 'Night shift', pilot: 'swift' }],
  })

  // As white into its page, and back.
  await made.getByRole('button', { name: 'Instructor’s page' }).click()
  await page.getByRole('button', { name: 'Join without a name' }).click()
  await page.getByRole('tab', { name: 'Seats' }).waitFor()
  expect(page.url()).toContain(`#/e/${id}/instructor`)
  expect(await page.title()).toBe('Instructor · Autumn 2027, CERT Tartu · Kilp')
  // Everybody reads when it begins; white says it anew.
  await page.getByRole('status').getByText('Starts by itself').waitFor()
  await page.getByRole('button', { name: 'Do not start by itself' }).click()
  await page.getByLabel('Starts at').fill('2099-04-02T08:30')
  await page.getByRole('button', { name: 'Plan the start' }).click()
  await page.getByRole('status').getByText('8:30').waitFor()

  // Another window ends it: asked about once more, and a record afterwards.
  const there = other.page.locator('.home-exercise').filter({ hasText: 'Ready to start' })
  await there.getByRole('button', { name: 'End and remove' }).click()
  await other.page.getByRole('alertdialog').getByRole('button', { name: 'End and remove' }).click()
  const record = other.page.locator('.home-exercise').filter({ hasText: 'record' })
  await record.getByRole('link', { name: 'Replay' }).waitFor({ timeout: 30_000 })
  expect((await here.list()).find((one) => one.id === id)).toMatchObject({ open: false, phase: 'ended' })

  // Put into the archive it is out of the way, and comes back.
  await record.getByRole('button', { name: 'Put into the archive' }).click()
  await other.page.getByText('Archive: one exercise').click()
  await other.page.locator('details .home-exercise').waitFor()
  await other.page.getByRole('button', { name: 'Take out of the archive' }).click()
  await other.page.getByText('Archive: one exercise').waitFor({ state: 'detached' })
  // It is deleted with all that is kept of it, asked twice.
  await record.getByRole('button', { name: 'Delete the record' }).click()
  await other.page.getByRole('alertdialog').getByRole('button', { name: 'Go on' }).click()
  await record.getByRole('button', { name: 'Keep it' }).click()
  expect((await here.list()).some((one) => one.id === id)).toBe(true)
  await record.getByRole('button', { name: 'Delete the record' }).click()
  await other.page.getByRole('alertdialog').getByRole('button', { name: 'Go on' }).click()
  await record.getByRole('button', { name: 'Delete for good' }).click()
  await record.waitFor({ state: 'detached', timeout: 15_000 })
  expect((await here.list()).some((one) => one.id === id)).toBe(false)
  expect((await here.fetch(`/api/exercises/${id}`)).status).toBe(404)
  const current = here.platform.exercises.current
  const refused = await here.fetch(`/api/exercises/${current}`, KEY, { method: 'DELETE' })
  expect([refused.status, (await refused.json()).refusal.code]).toEqual([409, 'still-open'])
  expect((await here.fetch(`/api/exercises/${current}`, undefined, { method: 'DELETE' })).status).toBe(401)

  expect((await here.fetch('/api/scenarios')).status).toBe(401)
  expect([...errors, ...other.errors].filter((text) => !text.includes('401'))).toEqual([])
})

test('a platform that was started for no exercise says so, and shows the first one that is set up', async () => {
  const here = await startHere(openMemoryLog().log, { home: true, web: pages.webDir })
  const base = here.platform.url
  const { page, errors } = await pages.openWindow()
  await page.goto(`${base}/#/`)
  await page.getByRole('heading', { name: 'There is no exercise yet' }).waitFor()
  await page.getByRole('link', { name: 'Home', exact: true }).click()
  await page.getByLabel('Key').fill(KEY)
  await page.getByRole('button', { name: 'Open' }).click()
  await page.getByText('There is no exercise yet.').waitFor()
  // No exercise stands around this page.
  expect(await page.locator('.pulse, .exercise-clock').count()).toBe(0)
  await page.getByRole('button', { name: 'Set up an exercise' }).click()
  await page.locator('.home-exercise').filter({ hasText: 'Ready to start' }).waitFor({ timeout: 30_000 })
  await page.goto(`${base}/#/national`)
  await page.reload()
  await page.getByText('Ready to start').first().waitFor()
  expect(errors.filter((text) => !/401|404/.test(text))).toEqual([])
})
