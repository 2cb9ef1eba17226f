import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, chromium } from 'playwright-core'
import { build } from 'vite'
import { PLATFORM } from '#exercise/ledger/actor.ts'
import type { NewEvent, Recorded } from '#exercise/ledger/events.ts'
import { VERSIONS } from '#exercise/ledger/versions.ts'
import { type Engine, openEngine } from '../../server/engine/engine.ts'
import type { EventLog } from '../../server/engine/ports/ports.ts'
import { FOLD_HASH } from '../../server/engine/snapshots/fold-hash.ts'
import { openTerminals } from '../../server/engine/terminals.ts'
import { wallClock } from '../../server/engine/wall-clock.ts'
import { type Live, openLive } from '../../server/live/live.ts'
import { openStore } from '../../server/store/store.ts'
import { openFakeRange } from '../engine/fake-range.ts'
import { exercisesOf } from '../kit/exercises-of.ts'
import { HOURS, madeLedger, SERVICES, TEAMS, teams } from './large-ledger.ts'

const EVENTS = 100_000
/** Of what was received: about what a probe keeps of a real answer. */
const EVIDENCE_LENGTH = 300
const ROUNDS = 3
const ROOT = join(import.meta.dirname, '../..')
const BLUE = teams.map(({ id }) => ({ seat: 'blue', team: id }) as const)
const AUDIENCES = [{ seat: 'white' }, { seat: 'observer' }, { seat: 'guest' }, ...BLUE] as const

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** Opening a page and taking an exercise up again, after a long day: with snapshots, and the same without any. */
export async function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'kilp-late-'))
  const store = await openStore({ dataDir: join(folder, 'data') })
  const browser = await chromium.launch({
    executablePath: process.env.KILP_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    await fill(store)
    const without = await resume(withoutSnapshots(store))
    const first = await up(store)
    for (const audience of AUDIENCES) await keep(store, first, audience)
    const resumed = await resume(store)
    if (process.env.KILP_BENCH_RAW) console.error({ without, resumed })
    const engine = await up(store)
    const webs = { with: join(folder, 'web'), without: join(folder, 'web-without') }
    await buildPages(webs.with, FOLD_HASH)
    await buildPages(webs.without, 'another')
    const late = await pages(browser, engine, store, webs.with)
    const events = await pages(browser, engine, store, webs.without)
    const row = (what: string, unit: string, value: number, against: number) => ({
      what,
      value,
      unit,
      against: `without snapshot: ${against.toPrecision(3)} ${unit}`,
      ratio: value / against,
    })
    return {
      name: `A late page and a restart, ${EVENTS.toLocaleString('en')} events (${TEAMS} teams x ${SERVICES} services, ${HOURS} h, PGlite)`,
      rows: [
        row(
          'guest’s scoreboard in a browser, all of it shown (aim: under 1 s)',
          's',
          late.guest.s,
          events.guest.s,
        ),
        row('guest’s scoreboard, on the wire (aim: at most 1 MB)', 'MB', late.guest.mb, events.guest.mb),
        row(
          'instructor’s console in a browser, all of it shown (aim: under 1 s)',
          's',
          late.white.s,
          events.white.s,
        ),
        row('instructor’s console, on the wire (aim: at most 1 MB)', 'MB', late.white.mb, events.white.mb),
        row('restart: the exercise is known (aim: under 3 s)', 's', resumed.engine, without.engine),
        row(`restart: what each of ${TEAMS} pilots knows`, 's', resumed.pilots, without.pilots),
      ],
    }
  } finally {
    await browser.close()
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

const up = (log: EventLog) => openEngine({ log, clock: wallClock, exerciseId: 'bench' })
const withoutSnapshots = (log: EventLog): EventLog => ({ ...log, loadSnapshot: async () => null })

/** The ledger of the day, with seats; the pause at its end is what a page shows only when it has all. */
async function fill(store: EventLog): Promise<void> {
  const day = madeLedger(EVENTS - 3, EVIDENCE_LENGTH)
  const at = day.at(-1)?.at ?? 0
  const end: readonly NewEvent[] = [
    ...(['white', 'guest'] as const).map((seat) => ({
      type: 'seat.issued' as const,
      version: VERSIONS['seat.issued'],
      at,
      data: { seatId: seat, seat, team: null, label: seat },
    })),
    {
      type: 'exercise.paused',
      version: VERSIONS['exercise.paused'],
      at,
      data: { by: PLATFORM, reason: 'The day is over.' },
    },
  ]
  const all: readonly (NewEvent | Recorded)[] = [...day, ...end]
  for (let done = 0; done < all.length; done += 5_000) {
    const part = all.slice(done, done + 5_000).map(({ type, version, at: when, data }) => ({
      type,
      version,
      at: when,
      data,
    }))
    await store.append('bench', done, part as readonly NewEvent[], Date.now())
  }
}

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

async function pages(browser: Browser, engine: Engine, store: EventLog, webDir: string) {
  const live = await openLive({
    host: '127.0.0.1',
    port: 0,
    webDir,
    exercises: exercisesOf({
      engine,
      terminals: openTerminals(engine, openFakeRange().range, () => {}),
      searchLogs: async () => null,
      record: false,
    }),
    store,
    log: { warn: (fields, message) => console.error(message, fields) },
  })
  try {
    const white = (await live.seatLinks()).find(({ seat }) => seat === 'white')
    return {
      guest: await opened(browser, live, '#/scoreboard?lang=en'),
      white: await opened(browser, live, `#/join/${white?.token}`),
    }
  } finally {
    await live.close()
  }
}

/** Medians of several windows that are opened anew. */
async function opened(browser: Browser, live: Live, hash: string): Promise<{ s: number; mb: number }> {
  const seconds: number[] = []
  const megabytes: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage()
    let bytes = 0
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        bytes += Buffer.byteLength(payload)
      })
    })
    const begin = performance.now()
    await page.goto(`${live.url}/${hash}`)
    await page.locator('.pulse', { hasText: 'Paused' }).waitFor({ timeout: 120_000 })
    await page
      .locator('.matrix tbody tr')
      .nth(TEAMS - 1)
      .waitFor()
    seconds.push((performance.now() - begin) / 1_000)
    megabytes.push(bytes / 1e6)
    if (process.env.KILP_BENCH_RAW)
      console.error(hash.slice(0, 12), seconds.at(-1), 's', megabytes.at(-1), 'MB')
    await page.context().close()
  }
  return { s: median(seconds), mb: median(megabytes) }
}
