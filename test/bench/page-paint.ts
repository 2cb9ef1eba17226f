import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'

const REST_MS = 1_000

declare global {
  interface Window {
    painted?: { first?: number; all?: number }
  }
}

/** Goes there from an empty page; seconds from the start of the navigation until it was painted, by the page's own clock. */
export async function painted(page: Page, url: string): Promise<{ first: number; all: number }> {
  await page.goto('about:blank')
  await page.goto(url, { waitUntil: 'commit' })
  const handle = await page.waitForFunction(() => window.painted?.all && window.painted, undefined, {
    polling: 100,
    timeout: 120_000,
  })
  const at = (await handle.jsonValue()) || {}
  // What comes after it (a chart's lines, the second's tick) must not reach into the next one.
  await sleep(REST_MS)
  const seconds = (ms = Number.NaN) => ms / 1_000
  return { first: seconds(at.first), all: seconds(at.all) }
}

/**
 * In the page: sets `painted` in the task after the frame in which the pause was there with what a page is opened for, and then with all teams' services. The
 * pause is the last that a page folds.
 */
export function watchPaint(teams: number): void {
  const moments: { first?: number; all?: number } = {}
  window.painted = moments
  const seen = new Set<string>()
  const mark = (what: 'first' | 'all') => {
    if (seen.has(what)) return
    seen.add(what)
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        moments[what] = performance.now()
      }
      port2.postMessage(null)
    })
  }
  const watch = new MutationObserver(() => {
    if (!document.querySelector('.pulse')?.textContent?.includes('Paused')) return
    const standings = document.querySelectorAll('.standings tbody tr').length
    if (standings >= teams || document.querySelector('.console-timeline li')) mark('first')
    if (document.querySelectorAll('.matrix tbody tr').length < teams) return
    mark('all')
    watch.disconnect()
  })
  watch.observe(document, { childList: true, subtree: true, characterData: true })
}

/** In the page: where a browser keeps a seat's token after its link was opened. */
export function sit(token: string): void {
  if (location.protocol.startsWith('http')) localStorage.setItem('kilp.seat.white', token)
}

/** In the page: what it now consists of, and its styles. */
export function withoutScripts(): string {
  const copy = document.documentElement.cloneNode(true) as HTMLElement
  for (const part of copy.querySelectorAll('script, link[rel=modulepreload]')) part.remove()
  return `<!doctype html>${copy.outerHTML}`
}
