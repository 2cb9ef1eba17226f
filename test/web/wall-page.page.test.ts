import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { white } from '../kit/actors.ts'
import { hostileService } from '../live/citizen/hostile-page.ts'
import { type PaperService, paperState } from '../live/citizen/paper-state.ts'
import { builtPages, joinBy } from './built-pages.ts'

const { openWindow, world } = builtPages()
const WITHIN_MS = 150_000
const VIEW = { port: 0, count: 8, url: 'http://{host}:{port}' }

const tax: PaperService = ({ path }) =>
  path === '/style.css'
    ? {
        headers: [['content-type', 'text/css']],
        body: 'body { font: 16px sans-serif; margin: 2rem; color: #123 } h1 { color: rgb(0, 90, 120) }',
      }
    : {
        body: '<!doctype html><link rel="stylesheet" href="/style.css"><h1>Maksu- ja Tolliamet</h1><p>Esita oma tuludeklaratsioon 30. aprilliks.</p><form action="/file"><button>Logi sisse</button></form>',
      }

/** A big screen without a login. */
async function bigScreen(url: string) {
  const window = await openWindow()
  await window.page.setViewportSize({ width: 1920, height: 1080 })
  await window.page.goto(`${url}/#/national?big=1&theme=dark`)
  await window.page.locator('.national').waitFor()
  return window
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe: run } = window as unknown as { axe: typeof axe }
    const found = await run.run('main', { iframes: false })
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })
}

test(
  'white puts the page before them on every big screen, reads whose it is, and takes it off within a second',
  async () => {
    const state = paperState({ tax, register: tax })
    const served = await world({ citizens: state.citizens, live: { citizen: VIEW } })
    const wall = await bigScreen(served.live.url)
    const mari = await openWindow()
    await joinBy(mari.page, `${served.live.url}/#/join/${served.token('white')}`)
    await mari.page.getByRole('heading').first().waitFor()
    await mari.page.goto(`${served.live.url}/#/instructor/red`)
    await mari.page.getByRole('tab', { name: 'As a citizen' }).click()
    await mari.page.frameLocator('.citizen-frame').getByText('Maksu- ja Tolliamet').waitFor()
    await mari.page.getByRole('button', { name: 'Show this page on all big screens' }).click()
    await mari.page.getByText('whoever holds the service writes on it').waitFor()
    const page = wall.page.frameLocator('.wall-page-frame')
    await page.getByRole('heading', { name: 'Maksu- ja Tolliamet' }).waitFor()
    expect(await page.locator('h1').evaluate((h1) => getComputedStyle(h1).color)).toBe('rgb(0, 90, 120)')
    await wall.page.getByText('The service answered in').waitFor()
    await wall.page.screenshot({ path: '.vitest/wall-page-dark.png' })
    expect(await violations(wall.page)).toEqual([])
    expect(await wall.page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(1080)
    // Looked at, and nothing else: no press and no key gets into it.
    await wall.page.mouse.click(200, 400)
    await wall.page.keyboard.press('Tab')
    await wall.page.keyboard.press('Enter')
    expect(state.asked.map(({ path }) => path).filter((path) => path.startsWith('/file'))).toEqual([])

    await mari.page.getByRole('button', { name: 'Take it off the big screens' }).click()
    const began = performance.now()
    await page.owner().waitFor({ state: 'detached' })
    expect(performance.now() - began).toBeLessThan(1_000)
    expect([...wall.errors, ...mari.errors]).toEqual([])
  },
  WITHIN_MS,
)

test(
  'a hostile page on the wall runs nothing, asks nobody and leads nowhere',
  async () => {
    const heard: string[] = []
    const server = createServer((request, response) => {
      heard.push(request.url ?? '')
      response.end()
    })
    let connections = 0
    server.on('connection', () => {
      connections += 1
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const outside = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const hostile = hostileService(
      () => served.live.url,
      () => outside,
    )
    const more = `<h1>Defaced</h1><meta http-equiv="refresh" content="0;url=${outside}/refreshed">
      <link rel="preconnect" href="${outside}"><iframe srcdoc='&lt;link rel=preconnect href=${outside}>'></iframe>
      <base href="${outside}/"><link rel="stylesheet" href="${outside}/sheet.css"><img src="${outside}/image.png">
      <style>@import url("${outside}/import.css"); h1 { background: url("${outside}/background.png") }</style>
      <iframe src="${outside}/frame"></iframe><object data="${outside}/object"></object>
      <video src="${outside}/video" autoplay></video><body onload="document.title = 'ran'">`
    const service: PaperService = async (request, team) => {
      const answer = await hostile.service(request, team)
      return request.path === '/' ? { ...answer, body: more + (answer?.body ?? '') } : (answer ?? {})
    }
    const served = await world({ citizens: paperState({ tax: service }).citizens, live: { citizen: VIEW } })
    const wall = await bigScreen(served.live.url)
    const page = { team: 'red', service: 'tax', path: '/', lang: 'en' } as const
    await served.give({ type: 'set-wall-page', data: { page } }, white())
    await wall.page.frameLocator('.wall-page-frame').getByText('Defaced').waitFor()
    await wall.page.waitForTimeout(2_000)
    expect([...hostile.told]).toEqual([])
    expect(heard).toEqual([])
    expect(connections).toBe(0)
    expect(wall.page.url()).toContain('#/national')
    expect(await wall.page.context().cookies()).toEqual([])
    expect(await wall.page.frameLocator('.wall-page-frame').getByText('Defaced').count()).toBe(1)
  },
  WITHIN_MS,
)
