import { expect, test } from 'vitest'
import { openMemoryLog } from '../engine/memory-log.ts'
import { SMALL, startHere } from '../platform/platform-here.ts'
import { builtPages } from './built-pages.ts'

const pages = builtPages()

test('one browser has seats in two exercises; an old address means the current one, and a record is read only', {
  timeout: 180_000,
}, async () => {
  const here = await startHere(openMemoryLog().log, { web: pages.webDir })
  const a = here.platform.exercises.current
  const opened = await here.open({ folder: SMALL, teams: 1, autostart: false })
  const { id: b, url } = (await opened.json()) as { id: string; url: string }
  await here.platform.exercises.opened(b)?.deployed
  const { page, errors } = await pages.openWindow()
  const base = here.platform.url
  /** Opens an address anew, and reads how the exercise is that it shows to its instructor. */
  const pulseAt = async (hash: string) => {
    await page.goto('about:blank')
    await page.goto(`${base}/#${hash}`)
    if (hash.startsWith('/join/')) await page.getByRole('button', { name: 'Join without a name' }).click()
    await page.getByRole('tab', { name: 'Seats' }).waitFor()
    return page.locator('.pulse').innerText()
  }
  for (const [id, pulse] of [
    [a, 'Live'],
    [b, 'Ready to start'],
  ] as const) {
    expect(await pulseAt(`/join/${await here.token(id, 'white')}`)).toBe(pulse)
    expect(page.url()).toContain(`#/e/${id}/instructor`)
  }
  expect(await pulseAt(`/e/${a}/instructor`)).toBe('Live')
  expect(await pulseAt('/instructor')).toBe('Live')
  expect(await pulseAt(`/e/${b}/instructor`)).toBe('Ready to start')

  await page.getByRole('tab', { name: 'Seats' }).click()
  await page.getByRole('button', { name: 'Copy join link: Observer' }).waitFor()
  await page.getByRole('link', { name: 'Kilp, start page' }).click()
  const list = page.locator('.start-exercises')
  await list.waitFor()
  expect(page.url()).toBe(url)
  expect(await list.locator('a[aria-current]').getAttribute('href')).toBe(`#/e/${b}`)

  expect((await here.close(b, true)).status).toBe(200)
  await expect.poll(() => page.locator('.pulse').innerText(), { timeout: 10_000 }).toBe('Read only')
  await expect.poll(() => list.innerText(), { timeout: 20_000 }).toMatch(/Live[\s\S]*Ended/)
  await page.goto(`${base}/#/e/${b}/scoreboard?board=services`)
  await page.locator('.matrix').waitFor()
  await page.goto('about:blank')
  await page.goto(`${base}/#/e/none/scoreboard`)
  await page.getByText('an exercise that is not here').waitFor()
  await page.getByRole('link', { name: 'Watch as a guest' }).click()
  await list.waitFor()
  expect(errors).toEqual([])
})
