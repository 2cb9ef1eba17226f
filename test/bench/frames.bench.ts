import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import type { Engine } from '../../server/engine/engine.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import { random } from '../../server/exercise/random.ts'
import type { Verdict } from '../../server/exercise/scenario/words.ts'
import { openMemoryLog } from '../engine/memory-log.ts'
import { metric, metricsOf, windowOf } from './day-pages.ts'
import { fillDay, type Served, serveDay } from './day-served.ts'
import { dayScenario, teams } from './exercise-day.ts'
import { SERVICES, TEAMS } from './large-ledger.ts'

const EVENTS_A_MINUTE = 300
const LOOK_MS = 20_000
/** Eight hours at that pace. */
const EVENTS_OF_HOURS = 8 * 60 * EVENTS_A_MINUTE
/** As many at once in the hours that pass quickly, and so long between, so that the page draws as it would. ms */
const AT_ONCE = 600
const PAUSE_MS = 400

const PAGES = [
  ['console', 'white', '#/instructor'],
  ['wall', 'guest', '#/national?big=1'],
  ['scoreboard', 'guest', '#/scoreboard'],
  ['team room', 'blue-team-0', '#/team/team-0'],
] as const

/** Frames and long tasks of each page while verdicts of 24 teams change 300 times a minute, and what eight hours of it leave behind in the console. */
export async function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'kilp-frames-'))
  const root = join(import.meta.dirname, '../../web')
  const configFile = join(root, '../vite.config.ts')
  const webDir = join(folder, 'web')
  await build({ root, configFile, logLevel: 'error', build: { outDir: webDir, emptyOutDir: true } })
  const browser = await chromium.launch({
    executablePath: process.env.KILP_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const { log } = openMemoryLog()
  await fillDay(log, false)
  const served = await serveDay(log, webDir)
  const next = changes(served.engine)
  try {
    const rows = []
    for (const [name, seat, hash] of PAGES) {
      const still = await framesOf(browser, served, seat, hash, () => sleep(LOOK_MS))
      const busy = await framesOf(browser, served, seat, hash, () => atPace(next))
      rows.push(
        {
          what: `${name}: frames a second`,
          value: busy.frames,
          unit: '',
          against: `at rest: ${still.frames.toFixed(0)}`,
          ratio: busy.frames / still.frames,
        },
        { what: `${name}: longest task`, value: busy.longest, unit: 'ms' },
        { what: `${name}: tasks over 50 ms, a minute`, value: busy.long, unit: '' },
      )
    }
    return {
      name: `Frames: ${TEAMS} teams x ${SERVICES} services, ${EVENTS_A_MINUTE} changes a minute, 1920 x 1080, drawn without a graphics processor`,
      rows: [...rows, ...(await growth(browser, served, next))],
    }
  } finally {
    await served.close()
    await browser.close()
    rmSync(folder, { recursive: true })
  }
}

/** Gives one change of a verdict after another. */
function changes(engine: Engine): () => Promise<unknown> {
  const draw = random('frames')
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T
  const { services } = dayScenario(false)
  const verdicts: readonly Verdict[] = ['up', 'up', 'slow', 'broken', 'down']
  return () => {
    const service = pick(services)
    const result = { verdict: pick(verdicts), evidence: null }
    return engine.submit(
      {
        type: 'report-check',
        data: {
          team: pick(teams).id,
          service: service.id,
          journey: pick(service.journeys).id,
          results: [result, result],
        },
      },
      PLATFORM,
    )
  }
}

async function atPace(next: () => Promise<unknown>): Promise<void> {
  const each = 60_000 / EVENTS_A_MINUTE
  for (let at = 0; at < LOOK_MS; at += each) {
    await next()
    await sleep(each)
  }
}

async function pageOf(browser: Browser, served: Served, seat: string, hash: string): Promise<Page> {
  const context = await windowOf(browser, seat.replace('-', '.'), served.token(seat))
  const page = await context.newPage()
  await page.goto(`${served.url}/${hash}?lang=en`.replace('?big=1?', '?big=1&'))
  await page.waitForFunction(() => (document.querySelector('main')?.innerText.length ?? 0) > 200)
  await sleep(3_000)
  return page
}

/** Of a page that is open while `meanwhile` lasts. */
async function framesOf(
  browser: Browser,
  served: Served,
  seat: string,
  hash: string,
  meanwhile: () => Promise<unknown>,
) {
  const page = await pageOf(browser, served, seat, hash)
  await page.evaluate(() => {
    const seen = { frames: 0, tasks: [] as number[], since: performance.now() }
    Object.assign(window, { seen })
    const frame = () => {
      seen.frames += 1
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    new PerformanceObserver((list) => {
      seen.tasks.push(...list.getEntries().map(({ duration }) => duration))
    }).observe({ entryTypes: ['longtask'] })
  })
  await meanwhile()
  const { frames, tasks, ms } = await page.evaluate(() => {
    const { seen } = window as unknown as { seen: { frames: number; tasks: number[]; since: number } }
    return { frames: seen.frames, tasks: seen.tasks, ms: performance.now() - seen.since }
  })
  await page.context().close()
  return {
    frames: frames / (ms / 1000),
    longest: Math.max(0, ...tasks),
    long: tasks.length / (ms / 60_000),
  }
}

/** What the console holds after each half of eight hours, once what nobody needs is thrown away. */
async function growth(browser: Browser, served: Served, next: () => Promise<unknown>) {
  const page = await pageOf(browser, served, 'white', '#/instructor')
  const devtools = await metricsOf(page)
  const held = async () => {
    await sleep(2_000)
    await devtools.send('HeapProfiler.collectGarbage')
    return {
      MiB: (await metric(devtools, 'JSHeapUsedSize')) / 2 ** 20,
      nodes: await metric(devtools, 'Nodes'),
    }
  }
  const half = async () => {
    for (let done = 0; done < EVENTS_OF_HOURS / 2; done += AT_ONCE) {
      for (let n = 0; n < AT_ONCE; n += 1) await next()
      await sleep(PAUSE_MS)
    }
    return held()
  }
  const before = await held()
  const middle = await half()
  const end = await half()
  await page.context().close()
  const row = (what: string, unit: string, of: (one: typeof end) => number) => ({
    what: `${what}, after eight hours`,
    value: of(end),
    unit,
    against: `after four: ${of(middle).toFixed(0)} (at first: ${of(before).toFixed(0)})`,
    ratio: of(end) / of(middle),
  })
  return [
    row('memory of the console', 'MiB', ({ MiB }) => MiB),
    row('parts of the page', '', ({ nodes }) => nodes),
  ]
}
