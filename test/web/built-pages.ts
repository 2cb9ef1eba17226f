import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { openWorld, type World } from '../live/fixture.ts'

const repository = join(import.meta.dirname, '../..')
const executablePath = process.env.KILP_CHROMIUM

/** A container network that came up elsewhere on this machine just now: the page starts over by itself. */
const NETWORK = /net::ERR|dynamically imported module|preload CSS/

export interface Window {
  readonly page: Page
  /** What its console says of errors. */
  readonly errors: readonly string[]
}

/** The built pages in a real browser, served by the real server with the real engine behind it: for all tests of a file. */
export function builtPages() {
  const webDir = mkdtempSync(join(tmpdir(), 'kilp-web-'))
  let browser: Browser
  beforeAll(async () => {
    await build({
      root: join(repository, 'web'),
      configFile: join(repository, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: webDir },
    })
    browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      args: ['--no-sandbox', '--disable-gpu'],
    })
  })
  afterAll(async () => {
    await browser.close()
    rmSync(webDir, { recursive: true })
  })
  return {
    webDir,
    async openWindow(): Promise<Window> {
      const context = await browser.newContext({ locale: 'en-GB' })
      onTestFinished(() => context.close())
      const page = await context.newPage()
      const errors: string[] = []
      const note = (text: string) => {
        if (!NETWORK.test(text)) errors.push(text)
      }
      page.on('pageerror', (error) => note(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error') note(message.text())
      })
      return { page, errors }
    },
    world: (options: Parameters<typeof openWorld>[0] = {}): Promise<World> =>
      openWorld({ ...options, live: { webDir, ...options.live } }),
  }
}

/** Opens a join link, says a name where it is asked for, or goes on without. */
export async function joinBy(page: Page, link: string, name: string | null = null): Promise<void> {
  await page.goto(link)
  if (name === null) return page.getByRole('button', { name: 'Join without a name' }).click()
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: 'Join', exact: true }).click()
}

/** A way to the server that can be cut, or blocked until it is opened again, and that may change what goes through. */
export async function openWay(to: string, change: (sent: Buffer) => Buffer = (sent) => sent) {
  const { port } = new URL(to)
  const sockets = new Set<Socket>()
  let blocked = false
  const server = createServer((near) => {
    if (blocked) return near.destroy()
    const far = connect(Number(port), '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.on('data', (sent) => far.write(change(sent)))
    far.pipe(near)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  onTestFinished(() => {
    cut()
    server.close()
  })
  const block = () => {
    blocked = true
    cut()
  }
  const open = () => {
    blocked = false
  }
  return { url: `http://127.0.0.1:${address.port}`, cut, block, open }
}
