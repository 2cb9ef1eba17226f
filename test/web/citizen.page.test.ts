import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { hostileService } from '../live/citizen/hostile-page.ts'
import { paperState, portalAndEid } from '../live/citizen/paper-state.ts'
import { builtPages, joinBy } from './built-pages.ts'

const { openWindow, world } = builtPages()
const WITHIN_MS = 120_000
const VIEW = { port: 0, count: 8, url: 'http://{host}:{port}' }

/** Another server of this machine, which nothing of a team may reach from an analyst's browser. */
let heard: string[] = []
let outside = ''
beforeEach(async () => {
  heard = []
  const server = createServer((request, response) => {
    heard.push(request.url ?? '')
    response.setHeader('access-control-allow-origin', '*')
    response.end('outside')
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  outside = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
})

async function openRoom(services: Parameters<typeof paperState>[0]) {
  const state = paperState(services)
  const served = await world({ citizens: state.citizens, live: { citizen: VIEW } })
  const window = await openWindow()
  await joinBy(window.page, `${served.live.url}/#/join/${served.token('blue-red')}`)
  await window.page.getByRole('tab', { name: 'As a citizen' }).click()
  await window.page.getByRole('heading', { name: 'What citizens of Red see now' }).waitFor()
  return { ...state, ...window, served }
}

/** Of what stands around the frame; what is in it is the service's. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe: run } = window as unknown as { axe: typeof axe }
    const found = await run.run('.citizen', { iframes: false })
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })
}

const framesOf = (page: Page) =>
  page
    .frames()
    .filter((frame) => frame !== page.mainFrame())
    .map((frame) => frame.url())

const pageOf = (of: Awaited<ReturnType<typeof openRoom>>) => of.page.frameLocator('.citizen-frame')

test(
  'a team goes through its services as a citizen: chooses, signs in by one click, follows links, goes back and forward, types an address',
  async () => {
    const tax = () => ({ body: '<h1>Tax</h1><a href="http://portal/letters">Letters</a>' })
    const room = await openRoom({ ...portalAndEid, tax, register: () => null })
    const { page } = room
    const address = page.getByRole('textbox', { name: 'Address' })
    await page.getByRole('combobox', { name: 'Service' }).selectOption('portal')
    await pageOf(room).getByRole('heading', { name: 'Welcome' }).waitFor()
    expect(await address.inputValue()).toBe('http://portal/')
    await page.getByRole('button', { name: 'Sign in with the ID card' }).click()
    await pageOf(room).getByRole('heading', { name: 'Your letters' }).waitFor()
    await page.getByRole('button', { name: 'Sign out Ülo Õun' }).waitFor()

    await pageOf(room).getByRole('link', { name: 'eID' }).click()
    await pageOf(room).getByRole('heading', { name: 'eID' }).waitFor()
    await expect.poll(() => address.inputValue()).toBe('http://eid/')
    await page.getByRole('button', { name: 'Back', exact: true }).click()
    await pageOf(room).getByRole('heading', { name: 'Your letters' }).waitFor()
    await page.getByRole('button', { name: 'Forward' }).click()
    await pageOf(room).getByRole('heading', { name: 'eID' }).waitFor()
    await address.fill('tax/declarations?year=2')
    await address.press('Enter')
    await pageOf(room).getByRole('heading', { name: 'Tax' }).waitFor()
    expect(room.asked.at(-1)?.path).toBe('/declarations?year=2')
    await pageOf(room).getByRole('link', { name: 'Letters' }).click()
    await pageOf(room).getByRole('heading', { name: 'Your letters' }).waitFor()
    await address.fill('http://registry-db/')
    await address.press('Enter')
    await page.getByText('Citizens reach no service at this address.').waitFor()
    await page.getByRole('combobox', { name: 'Service' }).selectOption('register')
    await page.getByText('Register does not answer. Citizens see an error of their browser now.').waitFor()
    // Another tab of the room and back: the visit goes on, signed in.
    await page.getByRole('tab', { name: 'Overview' }).click()
    await page.getByRole('tab', { name: 'As a citizen' }).click()
    await page.getByRole('combobox', { name: 'Service' }).selectOption('portal')
    await pageOf(room).getByRole('heading', { name: 'Your letters' }).waitFor()
    expect(await violations(page)).toEqual([])
    // On a projector it has the whole screen, and says that it is an exercise.
    await page.getByRole('button', { name: 'Whole screen', exact: true }).click()
    await page.locator('.citizen-banner').waitFor()
    await pageOf(room).getByRole('heading', { name: 'Your letters' }).waitFor()
    await page.getByRole('button', { name: 'Leave whole screen' }).click()
    await page.locator('.citizen-banner').waitFor({ state: 'detached' })
    expect(room.errors.filter((text) => !text.includes('504'))).toEqual([])
  },
  WITHIN_MS,
)

test(
  'a hostile page reaches neither the platform’s origin, storage, sockets and page, nor anything else',
  async () => {
    let platform = ''
    const hostile = hostileService(
      () => platform,
      () => outside,
    )
    const state = paperState({ ...portalAndEid, tax: hostile.service })
    const served = await world({ citizens: state.citizens, live: { citizen: VIEW } })
    platform = served.live.url
    const { page } = await openWindow()
    const dialogs: string[] = []
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    const windows: string[] = []
    page.context().on('page', (opened) => windows.push(opened.url()))
    await joinBy(page, `${platform}/#/join/${served.token('blue-red')}`)
    const before = served.engine.state().position
    await page.getByRole('tab', { name: 'As a citizen' }).click()
    await page.getByRole('combobox', { name: 'Service' }).selectOption('tax')
    const { told } = hostile
    await expect.poll(() => told.get('form'), { timeout: 60_000 }).toBeDefined()
    await page.waitForTimeout(1_500)
    expect(framesOf(page)).toEqual(['chrome-error://chromewebdata/'])
    for (const path of ['/to-outside', '/to-platform']) {
      await page.getByRole('textbox', { name: 'Address' }).fill(`tax${path}`)
      await page.getByRole('textbox', { name: 'Address' }).press('Enter')
      await expect.poll(() => told.get('leaves')).toBe(path)
      await expect.poll(() => framesOf(page)).toEqual(['chrome-error://chromewebdata/'])
    }
    // Its own name for itself, which is also what it sees of the address that it is under.
    expect(told.get('origin')).toBe('http://tax')
    expect(Object.fromEntries([...told].filter(([name]) => !name.startsWith('csp:')))).toMatchObject({
      cookies: 'none',
      storage: 'none',
      parentStorage: 'threw SecurityError',
      parentDocument: 'threw SecurityError',
      parentPlace: 'threw SecurityError',
      opener: 'null',
      api: 'threw TypeError',
      apiNoCors: 'threw TypeError',
      socket: 'refused',
      events: 'refused',
      outside: 'threw TypeError',
      redirected: 'threw TypeError',
      serviceWorker: expect.stringMatching(/^threw/),
      worker: expect.stringMatching(/^(threw|refused)/),
      popup: 'null',
      frame: 'closed',
      scriptOfPlatform: 'refused',
      fullscreen: 'threw TypeError',
      topGo: 'threw SecurityError',
    })
    expect(told.get('notify')).not.toBe('granted')
    // Each was tried, and the browser says what forbade it.
    for (const directive of ['connect-src', 'img-src', 'frame-src', 'worker-src', 'script-src-elem'])
      expect([...told.keys()]).toContain(`csp:${directive}`)
    expect(heard).toEqual([])
    expect(dialogs).toEqual([])
    expect(windows).toEqual([])
    // The page around it is where it was, still works, and nothing was done in its name.
    expect(new URL(page.url()).origin).toBe(platform)
    expect(served.engine.state().position).toBe(before)
    await page.getByRole('tab', { name: 'Overview' }).click()
    await page.getByRole('tab', { name: 'Overview', selected: true }).waitFor()
    // Cookies of the host until every request is too large: the first that is refused makes room again.
    await page.getByRole('tab', { name: 'As a citizen' }).click()
    await page.getByRole('textbox', { name: 'Address' }).fill('tax/cookies')
    await page.getByRole('textbox', { name: 'Address' }).press('Enter')
    await page.frameLocator('.citizen-frame').getByRole('heading', { name: 'Cookies' }).waitFor()
    await expect
      .poll(async () => (await page.reload().catch(() => null))?.status(), { timeout: 20_000 })
      .toBe(200)
    await page.getByRole('tab', { name: 'As a citizen' }).waitFor()
    expect(await page.context().cookies()).toEqual([])
  },
  WITHIN_MS,
)
