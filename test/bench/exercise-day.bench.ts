import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { openStore } from '../../server/store/store.ts'
import { AUDIENCES, FIRES, KEYS, type Measured, measure } from './day-measure.ts'
import { fillDay, serveDay } from './day-served.ts'
import { INJECTS, REPORTS } from './exercise-day.ts'
import { SERVICES, TEAMS } from './large-ledger.ts'

/** A day of people at its busiest, and beside it the same day of machines alone: what pages, rooms and views take. */
export async function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'kilp-day-'))
  const webDir = join(folder, 'web')
  const root = join(import.meta.dirname, '../../web')
  const configFile = join(root, '../vite.config.ts')
  await build({ root, configFile, logLevel: 'error', build: { outDir: webDir, emptyOutDir: true } })
  const browser = await chromium.launch({
    executablePath: process.env.KILP_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const measured = async (people: boolean) => {
    const store = await openStore({ dataDir: join(folder, people ? 'people' : 'machines') })
    const numbers = await fillDay(store, people)
    const served = await serveDay(store, webDir)
    try {
      const all = await measure(browser, served, people ? numbers : null)
      if (process.env.KILP_BENCH_RAW) console.error(JSON.stringify(all, null, 1))
      return all
    } finally {
      await served.close()
      await store.close()
    }
  }
  try {
    const machines = await measured(false)
    const people = await measured(true)
    return {
      name: `A day of people: ${TEAMS} teams x ${SERVICES} services, ${INJECTS} injects each, ${REPORTS} reports (PGlite)`,
      rows: rowsOf(people, machines),
    }
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true })
  }
}

const plain = (what: string, unit: string, value: number) => ({ what, value, unit })
const against = (what: string, unit: string, value: number, other: number, than = 'without people') => ({
  ...plain(what, unit, value),
  against: `${than}: ${other >= 100 ? other.toFixed(0) : other.toPrecision(3)} ${unit}`.trimEnd(),
  ratio: value / other,
})

function rowsOf(people: Measured, machines: Measured) {
  const both = (what: string, unit: string, of: (one: Measured) => number) =>
    against(what, unit, of(people), of(machines))
  return [
    both('events of the day', '', ({ events }) => events),
    both(
      'instructor’s console, clock and its buttons painted, files known',
      's',
      (one) => one.keys.known.shown,
    ),
    both('the same, then Ctrl-K answered (aim: under 1 s)', 's', (one) => one.keys.known.key),
    both('computed by the page’s main thread until then', 's', (one) => one.keys.known.cpu),
    both(
      'instructor’s console, services and timeline painted, files known',
      's',
      (one) => one.console.known.shown,
    ),
    both('the same, then the grading queue opened', 's', (one) => one.console.known.queue),
    both('the same, then Ctrl-K answered', 's', (one) => one.console.known.key),
    both('computed by the page’s main thread until then', 's', (one) => one.console.known.cpu),
    both('all of that, new browser', 's', (one) => one.console.cold.key),
    both(
      'timeline painted and an arrow key answered, files known (aim: under 1 s)',
      's',
      (one) => one.timeline.known.key,
    ),
    both('computed by the page’s main thread until then', 's', (one) => one.timeline.known.cpu),
    both('the same, new browser', 's', (one) => one.timeline.cold.key),
    both('console with the grading queue at rest, share of one core', '%', ({ rest }) => rest * 100),
    both('server at rest, share of one core', '%', ({ busy }) => busy * 100),
    both(`a pause, until the last of ${TEAMS} rooms has it, median`, 'ms', ({ paused }) => paused.median),
    ...(people.people ? peopleRows(people.people, machines) : []),
    ...Object.entries(people.views).map(([what, ms]) => {
      const other = machines.views[what]
      return other === undefined
        ? plain(`view of ${what}`, 'ms', ms)
        : against(`view of ${what}`, 'ms', ms, other)
    }),
    ...AUDIENCES.map(([name], n) =>
      both(`first snapshot for a page, ${name}`, 'kB', ({ snapshots }) => (snapshots[n] ?? 0) / 1e3),
    ),
  ]
}

function peopleRows({ keys, fired, reported }: NonNullable<Measured['people']>, { paused }: Measured) {
  const rooms = `an inject fired, until the last of ${TEAMS} rooms has it`
  return [
    against(
      `${rooms}, median of ${FIRES} (aim: under 1 s)`,
      'ms',
      fired.last.median,
      paused.median,
      'a pause, without people',
    ),
    plain(`${rooms}, worst`, 'ms', fired.last.worst),
    plain('the same, any room, median', 'ms', fired.any.median),
    plain('the same, painted in a team’s page, median', 'ms', fired.painted.median),
    plain('the same, painted in a team’s page, worst', 'ms', fired.painted.worst),
    ...AUDIENCES.map(([name], n) =>
      plain(`the same, sent to the ${name}`, 'kB', (fired.bytes[n] ?? 0) / 1e3),
    ),
    plain(`a report filed, until the grading queue counts it, median of ${FIRES}`, 'ms', reported.median),
    plain('the same, worst', 'ms', reported.worst),
    plain(`next in the grading queue by its key, median of ${KEYS}`, 'ms', keys.median),
    plain('the same, worst', 'ms', keys.worst),
  ]
}
