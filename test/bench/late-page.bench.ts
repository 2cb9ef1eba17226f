import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, chromium } from 'playwright-core'
import { build } from 'vite'
import { type Engine, openEngine } from '../../server/engine/engine.ts'
import { NO_CITIZENS } from '../../server/engine/ports/citizens.ts'
import type { EventLog } from '../../server/engine/ports/ports.ts'
import { FOLD_HASH } from '../../server/engine/snapshots/fold-hash.ts'
import { openTerminals } from '../../server/engine/terminals.ts'
import { wallClock } from '../../server/engine/wall-clock.ts'
import { type Live, openLive } from '../../server/live/live.ts'
import { openStore } from '../../server/store/store.ts'
import { openFakeRange } from '../engine/fake-range.ts'
import { exercisesOf } from '../kit/exercises-of.ts'
import { HOURS, SERVICES, TEAMS, teams } from './large-ledger.ts'
import { fillLate } from './late-ledger.ts'
import { painted, sit, watchPaint, withoutScripts } from './page-paint.ts'

const EVENTS = 100_000
/** The beginning of the same day. */
const FEW = 500
const ROUNDS = 3
const ROOT = join(import.meta.dirname, '../..')
const BLUE = teams.map(({ id }) => ({ seat: 'blue', team: id }) as const)
const AUDIENCES = [{ seat: 'white' }, { seat: 'observer' }, { seat: 'guest' }, ...BLUE] as const

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/**
 * Opening a page and taking an exercise up again, after a long day: with snapshots, and the same without any. What a page of so many teams takes
 * anyhow is measured beside it: the same exercise at its beginning, and the finished page as a file without any script.
 */
export async function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'kilp-late-'))
  const store = await openStore({ dataDir: join(folder, 'data') })
  const young = await openStore({ dataDir: join(folder, 'young') })
  const browser = await chromium.launch({
    executablePath: process.env.KILP_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    await fillLate(store, EVENTS)
    await fillLate(young, FEW)
    const without = await resume(withoutSnapshots(store))
    const first = await up(store)
    for (const audience of AUDIENCES) await keep(store, first, audience)
    const resumed = await resume(store)
    const webs = { with: join(folder, 'web'), without: join(folder, 'web-without') }
    await buildPages(webs.with, FOLD_HASH)
    await buildPages(webs.without, 'another')
    const few = await pages(browser, young, webs.with, ROUNDS)
    const late = await pages(browser, store, webs.with, ROUNDS)
    // Half a minute each.
    const events = await pages(browser, store, webs.without, 0)
    if (process.env.KILP_BENCH_RAW) console.error({ without, resumed, few, late, events })
    const row = (what: string, unit: string, value: number, against: number, than: string) => ({
      what,
      value,
      unit,
      against: `${than}: ${against.toPrecision(3)} ${unit}`,
      ratio: value / against,
    })
    const fresh = `the same at ${FEW} events`
    const old = 'without snapshot'
    const still = 'the finished page as a file without script'
    const rowsOf = (who: 'guest' | 'white', page: string, head: string) => {
      const [now, young, whole] = [late[who], few[who], events[who]]
      return [
        row(`${page}, ${head} painted, files known (aim: under 1 s)`, 's', now.first, young.first, fresh),
        row(`${page}, all painted, files known`, 's', now.again, young.again, fresh),
        row('the same', 's', now.again, now.still, still),
        row(`${page}, all painted, new browser`, 's', now.cold, young.cold, fresh),
        row('the same', 's', now.cold, whole.cold, old),
        row(`${page}, on the wire (aim: at most 1 MB)`, 'MB', now.mb, whole.mb, old),
      ]
    }
    return {
      name: `A late page and a restart, ${EVENTS.toLocaleString('en')} events (${TEAMS} teams x ${SERVICES} services, ${HOURS} h, PGlite)`,
      rows: [
        ...rowsOf('guest', 'guest’s scoreboard', 'standings'),
        ...rowsOf('white', 'instructor’s console', 'controls and attacks'),
        row('restart: the exercise is known (aim: under 3 s)', 's', resumed.engine, without.engine, old),
        row(`restart: what each of ${TEAMS} pilots knows`, 's', resumed.pilots, without.pilots, old),
      ],
    }
  } finally {
    await browser.close()
    await store.close()
    await young.close()
    rmSync(folder, { recursive: true })
  }
}

const up = (log: EventLog) => openEngine({ log, clock: wallClock, exerciseId: 'bench' })
const withoutSnapshots = (log: EventLog): EventLog => ({ ...log, loadSnapshot: async () => null })

async function keep(store: EventLog, engine: Engine, audience: (typeof AUDIENCES)[number]): Promise<void> {
  const snapshot = await engine.audiences.snapshot(audience)
  const name = audience.seat === 'blue' ? `blue:${audience.team}` : audience.seat
  await store.saveSnapshot('bench', { audience: name, madeBy: FOLD_HASH, ...snapshot })
}

/** Seconds until the exercise is known, and until each pilot knows what its team does. */
async function resume(log: EventLog): Promise<{ engine: number; pilots: number }> {
  const begin = performance.now()
  const engine = await up(log)
  const known = performance.now()
  while (BLUE.filter((audience) => engine.audiences.now(audience) === null).length > 0) await sleep(10)
  return { engine: (known - begin) / 1_000, pilots: (performance.now() - known) / 1_000 }
}

async function buildPages(outDir: string, foldHash: string): Promise<void> {
  await build({
    root: join(ROOT, 'web'),
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'error',
    define: { __FOLD_HASH__: JSON.stringify(foldHash) },
    build: { outDir, emptyOutDir: true },
  })
}

interface Opened {
  /** Seconds from the start of the navigation to the paint of all of it: a browser that has no file yet, one that has been here. */
  readonly cold: number
  readonly again: number
  /** The latter, to the paint of what stands around the table of services: the standings, or the instructor's controls and attacks. */
  readonly first: number
  /** The same for what the page then consists of, served as a file without scripts. */
  readonly still: number
  /** Through the live connection. */
  readonly mb: number
}

/** `rounds`: how often a page is opened, and again, and as a file; with none it is opened once, in a new browser. */
async function pages(browser: Browser, store: EventLog, webDir: string, rounds: number) {
  const engine = await up(store)
  const live = await openLive({
    host: '127.0.0.1',
    port: 0,
    webDir,
    exercises: exercisesOf({
      engine,
      terminals: openTerminals(engine, openFakeRange().range, () => {}),
      citizens: NO_CITIZENS,
      searchLogs: async () => null,
      changes: async () => null,
      sources: null,
      captures: null,
      record: false,
    }),
    store,
    log: { warn: (fields, message) => console.error(message, fields) },
  })
  try {
    const token = (await live.seatLinks()).find(({ seat }) => seat === 'white')?.token ?? ''
    return {
      guest: await opened({ browser, live, webDir, rounds, hash: '#/scoreboard?lang=en', token: null }),
      white: await opened({ browser, live, webDir, rounds, hash: '#/instructor?lang=en', token }),
    }
  } finally {
    await live.close()
  }
}

/** Medians of several windows. A seat's token is where a browser keeps it after its link was opened. */
async function opened(of: {
  readonly browser: Browser
  readonly live: Live
  readonly webDir: string
  readonly hash: string
  readonly token: string | null
  readonly rounds: number
}): Promise<Opened> {
  const url = `${of.live.url}/${of.hash}`
  const still = `${of.live.url}/still.html`
  const all: Opened[] = []
  for (let round = 0; round < Math.max(1, of.rounds); round += 1) {
    const context = await of.browser.newContext({
      locale: 'en-GB',
      viewport: { width: 1920, height: 1080 },
    })
    await context.addInitScript(watchPaint, TEAMS)
    if (of.token) await context.addInitScript(sit, of.token)
    const page = await context.newPage()
    let bytes = 0
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        bytes += Buffer.byteLength(payload)
      })
    })
    const { all: cold } = await painted(page, url)
    const once = { cold, again: Number.NaN, first: Number.NaN, still: Number.NaN, mb: bytes / 1e6 }
    if (of.rounds === 0) all.push(once)
    else {
      // The third time a browser also has the scripts compiled.
      await painted(page, url)
      const { all: again, first } = await painted(page, url)
      writeFileSync(join(of.webDir, 'still.html'), await page.evaluate(withoutScripts))
      await painted(page, still)
      all.push({ ...once, again, first, still: (await painted(page, still)).all })
    }
    await context.close()
  }
  const middle = (what: keyof Opened) => median(all.map((one) => one[what]))
  return {
    cold: middle('cold'),
    again: middle('again'),
    first: middle('first'),
    still: middle('still'),
    mb: middle('mb'),
  }
}
