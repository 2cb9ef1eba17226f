import { expect, test } from 'vitest'
import { openMemoryLog } from '../engine/memory-log.ts'
import { white } from '../kit/actors.ts'
import { type PlatformHere, SMALL, startHere } from '../platform/platform-here.ts'
import { builtPages } from './built-pages.ts'

const pages = builtPages()

const note = (here: PlatformHere, id: string, text: string) =>
  here.platform.exercises.opened(id)?.engine.submit({ type: 'add-note', data: { text } }, white())

test('one browser has seats in two exercises; an old address means the current one, and a record is read only', async () => {
  const here = await startHere(openMemoryLog().log, { web: pages.webDir })
  const a = here.platform.exercises.current
  const opened = await here.open({ folder: SMALL, teams: 1 })
  const { id: b, url } = (await opened.json()) as { id: string; url: string }
  await here.platform.exercises.opened(b)?.deployed
  const { page, errors } = await pages.openWindow()
  const base = here.platform.url
  const join = async (id: string) => {
    await page.goto('about:blank')
    await page.goto(`${base}/#/join/${await here.token(id, 'white')}`)
    await page.getByRole('heading', { name: 'Instructor' }).waitFor()
    await expect.poll(() => page.url()).toContain(`#/e/${id}/instructor`)
  }
  await join(a)
  await join(b)
  await note(here, a, 'only in the first')
  await note(here, b, 'only in the second')

  const read = async (hash: string) => {
    await page.goto('about:blank')
    await page.goto(`${base}/#${hash}`)
    await page
      .getByText(/only in the (first|second)/)
      .first()
      .waitFor()
    return page.locator('main').innerText()
  }
  for (const hash of ['/instructor', `/e/${a}/instructor`]) {
    const text = await read(hash)
    expect([hash, /first/.test(text), /only in the second/.test(text)]).toEqual([hash, true, false])
  }
  const text = await read(`/e/${b}/instructor`)
  expect([/only in the first/.test(text), /only in the second/.test(text)]).toEqual([false, true])

  await page.getByRole('tab', { name: 'Seats' }).click()
  await page.getByRole('button', { name: 'Copy join link: Observer' }).waitFor()
  await page.getByRole('link', { name: 'Kilp, start page' }).click()
  const list = page.locator('.start-exercises')
  await list.waitFor()
  expect(page.url()).toBe(`${url}`)
  expect(await list.locator('a[aria-current]').getAttribute('href')).toBe(`#/e/${b}`)

  expect((await here.close(b, true)).status).toBe(200)
  await page.getByText('Read only').waitFor({ timeout: 10_000 })
  await expect.poll(() => list.innerText(), { timeout: 20_000 }).toMatch(/Live[\s\S]*Ended/)
  await page.goto(`${base}/#/e/${b}/scoreboard`)
  await page.locator('.matrix').waitFor()
  await page.goto('about:blank')
  await page.goto(`${base}/#/e/none/scoreboard`)
  await page.getByText('an exercise that is not here').waitFor()
  await page.getByRole('link', { name: 'Watch as a guest' }).click()
  await list.waitFor()
  expect(errors).toEqual([])
})
