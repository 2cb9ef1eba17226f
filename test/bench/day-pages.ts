import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'

export interface Marks {
  /** ms from the start of the navigation until it was painted: clock, timeline and matrix of services; or the grid of the timeline. */
  shown?: number
  /** The grading queue besides. */
  queue?: number
  /** The answer to a key that was pressed then. */
  key?: number
  /** What the page's main thread has computed by then: the same on a machine that is busy elsewhere. */
  cpu?: number
}

declare global {
  interface Window {
    marks?: Marks
    /** Resolves at the frame after which what stands now is painted. */
    framed?: () => Promise<number>
    watched?: Promise<number>
  }
}

const REST_MS = 1_500
const WITHIN_MS = 30_000
const TRIES = 3

export async function windowOf(browser: Browser, seat: string, token: string): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1920, height: 1080 } })
  await context.addInitScript(sit, { seat, token })
  await context.addInitScript(frames)
  return context
}

/** Goes there from an empty page. ms until each mark, by the page's own clock. */
export async function opened(page: Page, url: string, tries = TRIES): Promise<Marks> {
  await page.goto('about:blank')
  const devtools = await metricsOf(page)
  await page.goto(url, { waitUntil: 'commit' })
  const before = await metric(devtools, 'ThreadTime')
  const handle = await page
    .waitForFunction(() => window.marks?.key && window.marks, undefined, {
      polling: 100,
      timeout: WITHIN_MS,
    })
    // A container network that came up elsewhere on this machine cuts off what is being loaded.
    .catch(async (error) => {
      if (tries > 1) return
      const seen = await page.evaluate(() => [
        JSON.stringify(window.marks),
        document.body.innerText.slice(0, 500),
      ])
      throw new Error(`${url}: ${seen.join('\n')}`, { cause: error })
    })
  const cpu = ((await metric(devtools, 'ThreadTime')) - before) * 1_000
  await devtools.detach()
  if (!handle) return opened(page, url, tries - 1)
  const marks = { ...((await handle.jsonValue()) || {}), cpu }
  await sleep(REST_MS)
  return marks
}

export async function metricsOf(page: Page): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  return devtools
}

export async function metric(devtools: CDPSession, wanted: string): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN
}

/** The share of one core that the page's main thread takes while nobody does anything. */
export async function atRest(page: Page, forMs: number): Promise<number> {
  const devtools = await metricsOf(page)
  const before = await metric(devtools, 'ThreadTime')
  await sleep(forMs)
  const share = ((await metric(devtools, 'ThreadTime')) - before) / (forMs / 1_000)
  await devtools.detach()
  return share
}

/** In the page: where a browser keeps a seat's token after its link was opened, with a person who would not say their name. */
function sit({ seat, token }: { readonly seat: string; readonly token: string }): void {
  if (!location.protocol.startsWith('http')) return
  localStorage.setItem(`kilp.seat.${seat}`, token)
  localStorage.setItem('kilp.person@bench', '-')
}

/** In the page: `framed`. */
function frames(): void {
  window.framed = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now())
        port2.postMessage(null)
      })
    })
}

/** In the page: calls the palette by its key as soon as the clock and what steers it are painted. */
export function useKeys(): void {
  const marks: Marks = {}
  window.marks = marks
  let asked = false
  const watch = new MutationObserver(() => {
    if (!asked && document.querySelector('.transport button')) {
      asked = true
      void window.framed?.().then((ms) => {
        marks.shown = ms
        const press = { key: 'k', ctrlKey: true, bubbles: true, cancelable: true }
        document.body.dispatchEvent(new KeyboardEvent('keydown', press))
      })
    }
    if (!document.querySelector('.palette [role=option]')) return
    watch.disconnect()
    void window.framed?.().then((ms) => {
      marks.key = ms
    })
  })
  watch.observe(document, { childList: true, subtree: true })
}

/** In the page: opens the queue of grading as soon as all teams' services and the timeline are there, and then calls the palette by its key. */
export function useConsole([teams = 0, waiting = 0]: readonly number[]): void {
  const marks: Marks = {}
  window.marks = marks
  const count = (what: string) => document.querySelectorAll(what).length
  const steps: readonly (readonly [keyof Marks, () => boolean, () => void])[] = [
    [
      'shown',
      () => count('.matrix tbody tr') >= teams && count('.console-timeline li') > 0,
      () => document.querySelector<HTMLElement>('[role=tab][data-key=grading]')?.click(),
    ],
    [
      'queue',
      () => count('.grading h2') > 0 && count('.grading-list:first-of-type > li') >= waiting,
      () =>
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true, cancelable: true }),
        ),
    ],
    ['key', () => count('.palette [role=option]') > 0, () => undefined],
  ]
  let at = 0
  let framing = false
  const look = () => {
    const step = steps[at]
    if (!step || framing || !step[1]()) return
    framing = true
    void window.framed?.().then((ms) => {
      marks[step[0]] = ms
      framing = false
      at += 1
      step[2]()
      look()
    })
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true })
}

/** In the page: as soon as the grid of the timeline is there, an arrow key moves in it. */
export function useTimelinePage(entries: number): void {
  const marks: Marks = {}
  window.marks = marks
  let asked = false
  const watch = new MutationObserver(() => {
    if (asked || document.querySelectorAll('.msel-grid tbody tr').length < entries) return
    const cell = document.querySelector<HTMLElement>('.msel-grid [tabindex="0"]')
    if (!cell) return
    asked = true
    void window.framed?.().then((ms) => {
      marks.shown = ms
      const moved = new MutationObserver(() => {
        if (cell.tabIndex === 0) return
        moved.disconnect()
        watch.disconnect()
        void window.framed?.().then((then) => {
          marks.key = then
        })
      })
      moved.observe(document, { attributes: true, subtree: true, attributeFilter: ['tabindex'] })
      cell.focus()
      cell.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true, cancelable: true }))
    })
  })
  watch.observe(document, { childList: true, subtree: true })
}

/** In the page: goes down the queue by its key; ms from each press to the frame that answers it. */
export async function goDown(times: number): Promise<readonly number[]> {
  const all: number[] = []
  const pressed = () => document.querySelector<HTMLElement>('.grading-item[aria-pressed=true]')
  for (let n = 0; n < times; n += 1) {
    const before = pressed()
    const since = performance.now()
    before?.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true, cancelable: true }))
    for (let tries = 0; pressed() === before && tries < 200; tries += 1) await window.framed?.()
    all.push(((await window.framed?.()) ?? Number.NaN) - since)
    await new Promise((go) => setTimeout(go, 170))
  }
  return all
}

/** In the page: from now on waits until this text changes; resolves to the wall time of the frame after it. */
export function watchText(selector: string): void {
  const textOf = () => document.querySelector(selector)?.textContent ?? ''
  const before = textOf()
  window.watched = new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      if (textOf() === before) return
      watch.disconnect()
      void window.framed?.().then((ms) => resolve(performance.timeOrigin + ms))
    })
    watch.observe(document, { childList: true, subtree: true, characterData: true })
  })
}
