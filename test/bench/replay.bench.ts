import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { openEngine } from '../../server/engine/engine.ts'
import { NO_CITIZENS } from '../../server/engine/ports/citizens.ts'
import type { EventLog } from '../../server/engine/ports/ports.ts'
import { openTerminals } from '../../server/engine/terminals.ts'
import { wallClock } from '../../server/engine/wall-clock.ts'
import { openLive } from '../../server/live/live.ts'
import { openStore } from '../../server/store/store.ts'
import { openFakeRange } from '../engine/fake-range.ts'
import { exercisesOf } from '../kit/exercises-of.ts'
import { windowOf } from './day-pages.ts'
import { HOURS, SERVICES, TEAMS } from './large-ledger.ts'
import { fillLate } from './late-ledger.ts'

const EVENTS = 100_000
const ROUNDS = 5
const JUMPS = 40
const SCRUB_MS = 5_000
/** What was not looked at. */
const NOTHING = { again: 0, jump: 0, state: 0, frames: 0, mbBefore: 0, mbAfter: 0 }
const MIDDLE_S = (HOURS * 3_600) / 2

/** Replay of a long day: until it can be moved, how far it is from a jump to the frame that shows it, frames while the moment is dragged, memory. */
export async function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'kilp-replay-'))
  const store = await openStore({ dataDir: join(folder, 'data') })
  const browser = await chromium.launch({
    executablePath: process.env.KILP_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--js-flags=--expose-gc'],
  })
  try {
    await fillLate(store, EVENTS)
    const webDir = join(folder, 'web')
    const root = join(import.meta.dirname, '../../web')
    const configFile = join(root, '../vite.config.ts')
    await build({ root, configFile, logLevel: 'error', build: { outDir: webDir, emptyOutDir: true } })
    // The platform that the day was played on: it packs and keeps what most ask for. All that follow have been started anew.
    const lived = await serve(store, webDir)
    const cold = await look(browser, lived, 'guest', 'national', 0)
    await lived.packed()
    await lived.close()
    const rows = [
      {
        what: 'guest’s national picture: where nothing is packed yet, as just after an import',
        unit: 's',
        value: cold.first,
      },
    ]
    for (const [seat, hash, name] of [
      ['guest', 'national', 'guest’s national picture'],
      ['guest', 'scoreboard', 'guest’s scoreboard'],
      ['white', 'instructor', 'instructor’s console'],
    ] as const) {
      const served = await serve(store, webDir)
      const seen = await look(browser, served, seat, hash, JUMPS)
      if (process.env.KILP_BENCH_RAW) console.error(name, seen)
      await served.close()
      const plain = (what: string, unit: string, value: number) => ({ what: `${name}: ${what}`, unit, value })
      rows.push(
        plain('the first time after a start, until it can be moved (aim: under 2 s)', 's', seen.first),
        plain('again, until it can be moved (aim: under 2 s)', 's', seen.again),
        plain(
          `a jump to any moment, until it is painted, median of ${JUMPS} (aim: under 100 ms)`,
          'ms',
          seen.jump,
        ),
        plain('the state of a jump alone, worst (aim: under 100 ms)', 'ms', seen.state),
        plain('frames a second while the moment is dragged (aim: 30)', '', seen.frames),
        plain('memory after it was opened', 'MB', seen.mbBefore),
        plain('memory after all of that', 'MB', seen.mbAfter),
      )
    }
    return {
      name: `A replay of ${EVENTS.toLocaleString('en')} events (${TEAMS} teams x ${SERVICES} services, ${HOURS} h, PGlite)`,
      rows,
    }
  } finally {
    await browser.close()
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

async function serve(store: EventLog, webDir: string) {
  const fault = (what: string, error: unknown) => console.error(what, error)
  const engine = await openEngine({ log: store, clock: wallClock, exerciseId: 'bench', fault })
  const live = await openLive({
    host: '127.0.0.1',
    port: 0,
    webDir,
    exercises: exercisesOf({
      engine,
      terminals: openTerminals(engine, openFakeRange().range, fault),
      citizens: NO_CITIZENS,
      searchLogs: async () => null,
      changes: async () => null,
      sources: null,
      captures: null,
      record: true,
    }),
    store,
    log: { warn: (fields, message) => console.error(message, fields) },
  })
  const links = await live.seatLinks()
  return {
    url: live.url,
    token: (seat: string) => links.find((link) => link.seat === seat)?.token ?? '',
    /** Resolves when all that is packed ahead is kept. */
    async packed() {
      const token = links.find((link) => link.seat === 'white')?.token
      await (
        await fetch(`${live.url}/api/recording`, { headers: { authorization: `Bearer ${token}` } })
      ).arrayBuffer()
    },
    async close() {
      await live.close()
      await engine.close()
    },
  }
}

async function look(
  browser: Browser,
  served: Awaited<ReturnType<typeof serve>>,
  seat: string,
  hash: string,
  times: number,
) {
  const context = await windowOf(browser, seat, served.token(seat))
  const page = await context.newPage()
  const open = async () => {
    await page.goto('about:blank')
    await page.goto(`${served.url}/#/${hash}?lang=en&at=${MIDDLE_S}`, { waitUntil: 'commit' })
    await page.waitForFunction(() => document.querySelector('.replay-bar'), undefined, { polling: 50 })
    return (await page.evaluate(() => window.framed?.()).then((ms) => ms ?? Number.NaN)) / 1_000
  }
  const first = await open()
  if (times === 0) {
    await context.close()
    return { ...NOTHING, first }
  }
  const again: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) again.push(await open())
  const mbBefore = await heapMb(page)
  const jumps = await page.evaluate(jump, times)
  const frames = await page.evaluate(drag, SCRUB_MS)
  await page.evaluate(drag, SCRUB_MS)
  const mbAfter = await heapMb(page)
  await context.close()
  return {
    first,
    again: middle(again),
    jump: middle(jumps.map(({ painted }) => painted)),
    state: Math.max(...jumps.map(({ state }) => state)),
    frames,
    mbBefore,
    mbAfter,
  }
}

const middle = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

async function heapMb(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('HeapProfiler.collectGarbage')
  await devtools.send('Performance.enable')
  const { metrics } = await devtools.send('Performance.getMetrics')
  await devtools.detach()
  return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN) / 1e6
}

/** In the page: to moments all over the day; ms until the event is handled, and until the frame after it. */
async function jump(times: number) {
  const line = document.querySelector<HTMLInputElement>('.replay-line input')
  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
  const all: { state: number; painted: number }[] = []
  for (let n = 0; n < times; n += 1) {
    const to = Math.floor((((n * 7_919) % 1_000) / 1_000) * Number(line?.max))
    const since = performance.now()
    write?.call(line, String(to))
    line?.dispatchEvent(new Event('input', { bubbles: true }))
    const state = performance.now() - since
    await window.framed?.()
    all.push({ state, painted: performance.now() - since })
    await new Promise((go) => setTimeout(go, 600))
  }
  return all
}

/** In the page: the moment is dragged to and fro over the day; frames a second. */
async function drag(forMs: number) {
  const line = document.querySelector<HTMLInputElement>('.replay-line input')
  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
  const since = performance.now()
  let frames = 0
  while (performance.now() - since < forMs) {
    const way = ((performance.now() - since) / forMs) * 2
    write?.call(line, String(Math.floor(Math.min(way, 2 - way) * Number(line?.max))))
    line?.dispatchEvent(new Event('input', { bubbles: true }))
    await new Promise((go) => requestAnimationFrame(go))
    frames += 1
  }
  return frames / ((performance.now() - since) / 1_000)
}
