import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { hostilePage } from '../live/citizen/hostile-page.ts'
import { joinBy } from '../web/built-pages.ts'
import { dataFolder, type KilpProcess, ROOT, removeLeft, startKilp, until } from './kilp-process.ts'
import { shortScenario } from './short-scenario.ts'

/** A real enclave in a real browser, as its citizens see it; and one of its services in the hands of somebody who wants out. */
const data = dataFolder()
const scenario = shortScenario(data.folder, {
  duration: '30m',
  pilots: ['person'],
  attacks: [{ id: 'late', at: '29m', weakness: 'population/name-search-injection' }],
})
let kilp: KilpProcess
let browser: Browser
let exercise = ''
let team = ''
let token = ''

beforeAll(async () => {
  // As `npm start` does.
  await build({
    root: join(ROOT, 'web'),
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: join(ROOT, '.kilp/web') },
  })
  kilp = await startKilp(data.folder, ['--scenario', scenario])
  await until('the exercise runs', 280_000, async () => (await kilp.exercise()).phase === 'running')
  const { id, teams } = await kilp.exercise()
  exercise = id
  team = teams[0]?.id ?? ''
  token = (await kilp.seats()).find(({ seat }) => seat === 'blue')?.token ?? ''
  const executablePath = process.env.KILP_CHROMIUM
  browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-gpu'],
  })
})
afterAll(async () => {
  await browser?.close()
  await kilp?.end('SIGKILL')
  removeLeft(data.folder)
  data.remove()
})

const inService = (service: string, ...command: string[]) =>
  execFileSync('docker', ['exec', '-u', 'root', `kilp-${exercise}-${team}-${service}`, ...command], {
    encoding: 'utf8',
  })
const call = async <T>(path: string, body?: object) => {
  const answer = await fetch(`${kilp.url}/api/citizen${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  expect(answer.status, await answer.clone().text()).toBe(200)
  return (await answer.json()) as T
}
async function openRoom() {
  const context = await browser.newContext({ locale: 'en-GB' })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await joinBy(page, `${kilp.url}/#/join/${token}`)
  await page.getByRole('tab', { name: 'As a citizen' }).click()
  return page
}

/** Presses the button, and again where the page says that the state did not answer just then, as a loaded machine's may; what it said is in the failure. */
async function signIn(page: Page) {
  const loggedIn = page.frameLocator('.citizen-frame').getByRole('button', { name: 'Log out' })
  const said: string[] = []
  for (let times = 0; times < 3; times++) {
    await page.getByRole('button', { name: 'Sign in with the ID card' }).click()
    const alert = page.locator('.citizen [role=alert]')
    await loggedIn
      .or(alert)
      .first()
      .waitFor()
      .catch(() => {})
    if (await loggedIn.isVisible()) return
    said.push(...(await alert.allInnerTexts()))
  }
  const shown = await page
    .frames()
    .at(-1)
    ?.content()
    .catch(() => '')
  throw new Error(`not signed in: ${said.join(' / ')}; the frame shows ${shown}`)
}

test('an analyst signs in at the portal with a citizen’s card, and reads on', {
  timeout: 240_000,
}, async () => {
  const page = await openRoom()
  const frame = page.frameLocator('.citizen-frame')
  await page.getByRole('combobox', { name: 'Service' }).selectOption('portal')
  await frame.getByRole('link', { name: 'Log in' }).waitFor()
  await signIn(page)
  const chosen = await page.getByRole('combobox', { name: 'Citizen' }).locator('option:checked').innerText()
  expect(await frame.locator('main').innerText()).toContain(chosen.replace(/ \(.*/, '').toUpperCase())
  // The page's own style came through the probe too.
  expect(await frame.locator('header').evaluate((head) => getComputedStyle(head).display)).not.toBe('inline')
  // By the page's own way: from tax to who logs people in, and the card finishes what was begun.
  await page.getByRole('combobox', { name: 'Service' }).selectOption('tax')
  await frame.getByRole('link', { name: 'Log in' }).click()
  await frame.locator('textarea[name=token]').waitFor()
  const address = page.getByRole('textbox', { name: 'Address' })
  await expect.poll(() => address.inputValue()).toMatch(/^http:\/\/eid\/login\//)
  await signIn(page)
  await expect.poll(() => address.inputValue()).toMatch(/^http:\/\/tax\//)
})

test('a page comes about as fast as the probe gets it', async () => {
  const { visitor } = await call<{ visitor: string }>('', { team, lang: 'en' })
  const { url } = await call<{ url: string }>(`/${visitor}/open`, { service: 'portal', path: '/' })
  const entered = await fetch(url, { redirect: 'manual' })
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const took: { ms: number; serviceMs: number; all: number }[] = []
  for (let n = 0; n < 50; n++) {
    const since = performance.now()
    const page = await fetch(`${new URL(url).origin}/`, { headers: { cookie, accept: 'text/html' } })
    await page.text()
    const all = performance.now() - since
    expect(page.status).toBe(200)
    const { at } = await call<{ at: { ms: number; serviceMs: number } }>(`/${visitor}`)
    took.push({ ...at, all })
    await new Promise((wake) => setTimeout(wake, 60))
  }
  const median = (of: (one: (typeof took)[number]) => number) =>
    took.map(of).toSorted((a, b) => a - b)[took.length / 2] ?? 0
  const [service, platform, browserMs] = [
    median(({ serviceMs }) => serviceMs),
    median(({ ms }) => ms),
    median(({ all }) => all),
  ]
  console.log(
    `a page: ${service.toFixed(1)} ms as the probe gets it, ${platform.toFixed(1)} ms at the platform, ${browserMs.toFixed(1)} ms for who asks`,
  )
  // The way there and back, on a machine that may do a lot besides.
  expect(browserMs - service).toBeLessThan(60)
})

test('a service in hostile hands does not get out of its frame', { timeout: 180_000 }, async () => {
  const heard: string[] = []
  const elsewhere = createServer((request, response) => {
    heard.push(request.url ?? '')
    response.end('outside')
  }).listen(0, '127.0.0.1')
  await once(elsewhere, 'listening')
  onTestFinished(() => void elsewhere.close())
  const outside = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
  const server = `
    const { createServer } = require('node:http'); const { appendFileSync } = require('node:fs')
    const page = Buffer.from('${Buffer.from(hostilePage(kilp.url, outside)).toString('base64')}', 'base64')
    createServer((q, a) => {
      if (q.url.startsWith('/told')) { appendFileSync('/tmp/told', q.url + '\\n'); a.writeHead(204); return a.end() }
      if (q.url === '/out') { a.writeHead(302, { location: '${outside}/redirected' }); return a.end() }
      if (q.url === '/endless') { a.writeHead(200, { 'content-type': 'text/html' }); const m = () => { while (a.write('x'.repeat(65536))); }; a.on('drain', m); return m() }
      if (q.url === '/drip') { a.writeHead(200, { 'content-type': 'text/html' }); return void setInterval(() => a.write('x'), 200) }
      a.writeHead(200, { 'content-type': 'text/html', 'service-worker-allowed': '/', 'clear-site-data': '"*"', 'access-control-allow-origin': '*' }); a.end(page)
    }).listen(80)`
  inService('tax', 'sv', 'stop', 'app')
  inService('tax', 'sh', '-c', `echo ${Buffer.from(server).toString('base64')} | base64 -d > /tmp/evil.cjs`)
  inService('tax', 'sh', '-c', 'touch /tmp/told; node /tmp/evil.cjs > /tmp/evil.log 2>&1 &')
  let page = await openRoom()
  const told = async () => {
    const lines = inService('tax', 'cat', '/tmp/told').split('\n').filter(Boolean)
    return Object.fromEntries(lines.flatMap((line) => [...new URL(line, 'http://tax').searchParams]))
  }
  const begun = async () => (await told()).form === 'begun'
  for (let tries = 1; !(await begun()); tries += 1) {
    // A container network that another test brings up cuts off what a browser loads just then: then once more.
    if (tries > 1) page = await openRoom()
    await page.getByRole('combobox', { name: 'Service' }).selectOption('tax')
    await until('the page has done all it tries', 25_000, begun).catch((error) => {
      if (tries === 3) throw error
    })
  }
  await page.waitForTimeout(1_000)
  expect(await told()).toMatchObject({
    cookies: 'none',
    storage: 'none',
    parentStorage: 'threw SecurityError',
    parentDocument: 'threw SecurityError',
    opener: 'null',
    api: 'threw TypeError',
    socket: 'refused',
    outside: 'threw TypeError',
    redirected: 'threw TypeError',
    serviceWorker: expect.stringMatching(/^threw/),
    popup: 'null',
    frame: 'closed',
    topGo: 'threw SecurityError',
  })
  expect(heard).toEqual([])
  expect(new URL(page.url()).origin).toBe(kilp.url)
  const address = page.getByRole('textbox', { name: 'Address' })
  for (const [path, words] of [
    ['endless', /answered with more than is shown here|answered, but with something/],
    ['drip', /answered, but with something/],
  ] as const) {
    await address.fill(`tax/${path}`)
    await address.press('Enter')
    await page.getByText(words).waitFor({ timeout: 40_000 })
    // Others are served meanwhile, and the platform is as it was.
    expect((await kilp.exercise()).phase).toBe('running')
  }
  await page.getByRole('combobox', { name: 'Service' }).selectOption('portal')
  await page.frameLocator('.citizen-frame').getByRole('link', { name: 'Log in' }).waitFor()
})
