import { expect, test } from 'vitest'
import { white } from '../kit/actors.ts'
import { builtPages, joinBy, openWay } from './built-pages.ts'

const { openWindow, world } = builtPages()

/** What a page that knows nothing yet must not say. */
const CLAIMS = /being prepared|0 of 0|All public services|Not set up|No services|Ready to start/

test('a page whose seat is revoked says so and what to do, at once and after a reload', async () => {
  const served = await world()
  const { page, errors } = await openWindow()
  await joinBy(page, `${served.live.url}/#/join/${served.token('blue-red')}`)
  await page.getByRole('heading', { name: 'Our services' }).waitFor()
  await served.give({ type: 'revoke-seat', data: { seatId: 'blue-red' } }, white())
  await page.getByText('Its seat was revoked. Ask the instructor for a new join link.').waitFor()
  // Nothing of the room stays on the screen.
  expect(await page.getByRole('heading', { name: 'Our services' }).count()).toBe(0)
  await page.reload()
  await page.getByText('Its seat was revoked.').waitFor()
  await page.getByRole('link', { name: 'Watch as a guest' }).click()
  await page.getByText('The exercise is running now.').first().waitFor()
  expect(errors).toEqual([])
})

test('a guest’s page is the page of its seat: revoked, it is sent away at once, and may look on as anybody may', async () => {
  const served = await world()
  const { page, errors } = await openWindow()
  await page.goto(`${served.live.url}/#/join/${served.token('guest')}`)
  await page.getByText('The exercise is running now.').or(page.locator('.national')).first().waitFor()
  await served.give({ type: 'revoke-seat', data: { seatId: 'guest' } }, white())
  await page.getByText('Its seat was revoked.').waitFor({ timeout: 3_000 })
  await page.getByRole('link', { name: 'Watch as a guest' }).click()
  await page.getByText('The exercise is running now.').first().waitFor()
  expect(errors).toEqual([])
})

test('behind a proxy that passes no upgrade, a page claims nothing and says what does not get through', async () => {
  const served = await world()
  const way = await openWay(served.live.url, (sent) =>
    Buffer.from(sent.toString('latin1').replace(/^upgrade: .*\r\n/im, ''), 'latin1'),
  )
  const { page } = await openWindow()
  for (const scene of ['national', 'scoreboard', '']) {
    await page.goto(`${way.url}/#/${scene}`)
    await page.getByText(/live connection \(WebSocket\) does not/).waitFor()
    expect(await page.locator('body').textContent()).not.toMatch(CLAIMS)
    await page.goto('about:blank')
  }
})

test('before it knows what the server knows a page claims nothing', async () => {
  const served = await world()
  const { page } = await openWindow()
  const held: (() => void)[] = []
  let holding = true
  await page.routeWebSocket(/socket\.io/, (near) => {
    const far = near.connectToServer()
    far.onMessage((message) => {
      const pass = () => near.send(message)
      const early = typeof message === 'string' && (!message.startsWith('4') || message.includes('"welcome"'))
      if (holding && !early && !String(message).startsWith('40')) held.push(pass)
      else pass()
    })
  })
  for (const scene of ['national', 'scoreboard', 'observer', '']) {
    holding = true
    held.length = 0
    await page.goto(`${served.live.url}/#/${scene}`)
    await page.getByText('One moment.').waitFor()
    await expect.poll(() => held.length).toBeGreaterThan(0)
    expect(await page.locator('body').textContent()).not.toMatch(CLAIMS)
    holding = false
    for (const pass of held) pass()
    await page.getByText('One moment.').waitFor({ state: 'detached' })
    await page.goto('about:blank')
  }
})
