import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import type { Verdict } from '../../server/exercise/scenario/words.ts'
import { openMemoryLog } from '../engine/memory-log.ts'
import type { World } from '../live/fixture.ts'
import { openShellRange } from '../live/process-terminal.ts'
import { builtPages, joinBy } from './built-pages.ts'

const { openWindow, world } = builtPages()

const become = (on: World, service: string, verdict: Verdict) =>
  on.give({
    type: 'report-check',
    data: {
      team: 'sea',
      service,
      journey: 'alive',
      results: [1, 2].map(() => ({ verdict, evidence: null })),
    },
  })

// A claim about time: a machine that is busy elsewhere gets a second and a third try.
test('a guest sees a failure within a second, without a reload and within the content policy', {
  retry: 2,
}, async () => {
  const served = await world()
  const { page, errors } = await openWindow()
  await page.goto(`${served.live.url}/#/scoreboard?board=services`)
  await page.getByRole('heading', { name: 'Scoreboard' }).waitFor()
  await page.locator('.matrix').waitFor()
  expect(await page.locator('.cell-down').count()).toBe(0)
  await become(served, 'tax', 'down')
  await page.locator('.cell-down').waitFor({ timeout: 1000 })
  expect(errors).toEqual([])
})

test('a join link gives its seat, leaves the address and the history, and outlives a reload', async () => {
  const served = await world()
  const { page, errors } = await openWindow()
  const token = served.token('blue-red')
  await joinBy(page, `${served.live.url}/#/join/${token}`)
  await page.getByRole('heading', { name: 'Our services' }).waitFor()
  expect(page.url()).toContain('#/e/ex-1/team/red')
  expect(page.url()).not.toContain(token)
  await page.reload()
  await page.getByRole('heading', { name: 'Our services' }).waitFor()
  await page.goto(`${served.live.url}/#/team/sea`)
  await page.getByText('no seat in this team').waitFor()
  await page.goto(`${served.live.url}/#/join/nonsense`)
  await page.getByText('was not copied whole').waitFor()
  expect(errors).toEqual([])
})

test('an instructor pauses and goes on, and every other page follows', async () => {
  const served = await world()
  const guest = await openWindow()
  const white = await openWindow()
  await guest.page.goto(`${served.live.url}/#/national?lang=et`)
  await guest.page.getByText('Otse', { exact: true }).waitFor()
  await joinBy(white.page, `${served.live.url}/#/join/${served.token('white')}`)
  await white.page.getByRole('button', { name: 'Pause' }).click()
  await white.page.keyboard.type('Lunch until one')
  await white.page.keyboard.press('Enter')
  await guest.page.getByText('Õppus on peatatud.').first().waitFor()
  await guest.page.getByText(/^Peatatud: Lunch until one/).waitFor()
  await white.page.getByRole('button', { name: 'Go on' }).click()
  await guest.page.getByText('Otse', { exact: true }).waitFor()
  await white.page.getByRole('tab', { name: 'Seats' }).click()
  await white.page.getByRole('button', { name: 'Copy join link: Observer' }).waitFor()
  expect([...guest.errors, ...white.errors]).toEqual([])
})

test('a terminal answers, is left by its key, and is there again after a reload', async () => {
  const served = await world({ range: openShellRange().range })
  const { page, errors } = await openWindow()
  await joinBy(page, `${served.live.url}/#/join/${served.token('blue-red')}`)
  await page.getByRole('tab', { name: 'Terminal' }).click()
  const screen = page.locator('.xterm-rows')
  await screen.waitFor()
  const typeLine = async (text: string) => {
    await page.getByRole('button', { name: 'Go to the terminal' }).click()
    // A pipe is no terminal and makes no line of a carriage return: the line feed is typed as Ctrl+J.
    await page.keyboard.type(text)
    await page.keyboard.press('Control+j')
  }
  await typeLine('echo six times seven is $((6*7))')
  await page.getByText('six times seven is 42').first().waitFor()
  await page.keyboard.press('Control+Shift+Enter')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Go to the terminal')
  await typeLine('kept=yes')
  await page.reload()
  await page.getByRole('tab', { name: 'Terminal' }).click()
  await page.getByText('six times seven is 42').first().waitFor()
  await typeLine('echo kept: $kept')
  await page.getByText('kept: yes').first().waitFor()
  await typeLine('exit')
  await page.getByText('The terminal is closed: the shell has ended.').waitFor()
  await page.getByRole('button', { name: 'Open a new one' }).click()
  await typeLine('echo new $((1+1))')
  await page.getByText('new 2').first().waitFor()
  expect(errors).toEqual([])
})

test('a flood in the terminal neither freezes the page nor runs ahead of it', async () => {
  const shells = openShellRange()
  const served = await world({ range: shells.range })
  const { page } = await openWindow()
  await joinBy(page, `${served.live.url}/#/join/${served.token('blue-red')}`)
  await page.getByRole('tab', { name: 'Terminal' }).click()
  await page.locator('.xterm-rows').waitFor()
  await page.getByRole('button', { name: 'Go to the terminal' }).click()
  await page.keyboard.type('yes flood')
  await page.keyboard.press('Control+j')
  await page.getByText('flood').first().waitFor()
  await page.waitForTimeout(1500)
  await page.getByRole('tab', { name: 'Score' }).click()
  await page.getByText('The lines add up to the score').waitFor()
  // The page has let go of its output: the server stops reading soon after.
  await page.waitForTimeout(500)
  const before = shells.opened[0]?.bytes() ?? 0
  await page.waitForTimeout(500)
  expect((shells.opened[0]?.bytes() ?? 0) - before).toBeLessThan(1024 * 1024)
})

test('a page that loses the server says so, and catches up from its own cursor when it is back', async () => {
  const port = await freePort()
  const { log } = openMemoryLog()
  const first = await world({ store: log, live: { port } })
  const { page } = await openWindow()
  await page.goto(`${first.live.url}/#/scoreboard?board=services`)
  await page.locator('.matrix').waitFor()
  await first.live.close()
  await page.getByText(/Old data: no news for/).waitFor({ timeout: 10_000 })
  const again = await world({ store: log, live: { port } })
  await become(again, 'register', 'down')
  await page.locator('.cell-down').waitFor({ timeout: 10_000 })
  await page.getByText(/Old data/).waitFor({ state: 'detached' })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return address.port
}
