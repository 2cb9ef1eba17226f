import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Engine } from '../../server/engine/engine.ts'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import type { WireCommand } from '../../server/exercise/wire/protocol.ts'
import { batchFor } from '../../server/live/audience-feed.ts'
import {
  atRest,
  goDown,
  type Marks,
  opened,
  useConsole,
  useKeys,
  useTimelinePage,
  watchText,
  windowOf,
} from './day-pages.ts'
import type { Answer, Ask, RoomsData } from './day-rooms.ts'
import type { Served } from './day-served.ts'
import { viewTimes } from './day-views.ts'
import { INJECTS, READY, reportFields, teams } from './exercise-day.ts'
import { scenario, TEAMS } from './large-ledger.ts'

const ROUNDS = 5
export const FIRES = 10
const PAUSES = 5
export const KEYS = 20
const REST_MS = 10_000
/** Between two things that are measured, so that one does not wait for the other. */
const BETWEEN_MS = 1_000
/** Rows of what waits that the queue draws. */
const DRAWN = 40
const TEAM = teams[0]?.id ?? ''

export const AUDIENCES: readonly (readonly [string, Audience])[] = [
  ['instructor', { seat: 'white' }],
  ['team', { seat: 'blue', team: TEAM }],
  ['guest', { seat: 'guest' }],
]

const middleOf = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
/** Median and worst. */
export const spread = (values: readonly number[]) => ({
  median: middleOf(values),
  worst: Math.max(...values),
})

export type Measured = Awaited<ReturnType<typeof measure>>

/** `numbers`: of the last report of each team; null where there are no people. */
export async function measure(browser: Browser, served: Served, numbers: ReadonlyMap<string, number> | null) {
  const { engine, url, token } = served
  const events = engine.state().position
  const views = viewTimes(engine.state(), engine.atMs(), TEAM)
  const snapshots = await Promise.all(
    AUDIENCES.map(async ([, audience]) => (await engine.audiences.snapshot(audience)).body.length),
  )
  const busy = await serverAtRest()
  const pages = await pagesOf(browser, served, numbers !== null)
  const blue = teams.map(({ id }) => ({ team: id, token: token(`blue-${id}`) }))
  const rooms = await openRooms({ url, white: token('white'), blue })
  const white = await pageAt(browser, ['white', token('white')], `${url}/#/instructor?lang=en`)
  await white.getByRole('tab', { name: 'Grading' }).click()
  await white.locator('.grading h2').waitFor()
  try {
    const rest = await atRest(white, REST_MS)
    const paused = await pauses(rooms.ask)
    const people = numbers && {
      keys: spread(await white.evaluate(goDown, KEYS)),
      fired: await fires(browser, served, rooms.ask),
      reported: await reports(engine, rooms.ask, white, numbers),
    }
    return { events, views, snapshots, busy, ...pages, rest, paused, people }
  } finally {
    await rooms.close()
    await white.context().close()
  }
}

/** The share of one core that the server's thread takes while nobody does anything. */
async function serverAtRest(): Promise<number> {
  const before = process.threadCpuUsage()
  await sleep(REST_MS)
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000 / REST_MS
}

/** Seconds until each mark: in a browser that has no file yet, and in one that has been here twice. */
async function pagesOf(browser: Browser, { url, token }: Served, people: boolean) {
  type Use = (context: BrowserContext) => Promise<unknown>
  const of = async (hash: string, use: Use) => {
    const cold: Marks[] = []
    const known: Marks[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const context = await windowOf(browser, 'white', token('white'))
      await use(context)
      const page = await context.newPage()
      cold.push(await opened(page, `${url}/#/${hash}?lang=en`))
      await opened(page, `${url}/#/${hash}?lang=en`)
      known.push(await opened(page, `${url}/#/${hash}?lang=en`))
      await context.close()
    }
    const middle = (of: readonly Marks[], mark: keyof Marks) =>
      middleOf(of.map((marks) => marks[mark] ?? Number.NaN)) / 1_000
    const all = (of: readonly Marks[]) => ({
      shown: middle(of, 'shown'),
      queue: middle(of, 'queue'),
      key: middle(of, 'key'),
      cpu: middle(of, 'cpu'),
    })
    return { cold: all(cold), known: all(known) }
  }
  const entries = scenario.attacks.length + (people ? INJECTS + READY : 0)
  return {
    keys: await of('instructor', (context) => context.addInitScript(useKeys)),
    console: await of('instructor', (context) =>
      context.addInitScript(useConsole, [TEAMS, people ? DRAWN : 0]),
    ),
    timeline: await of('timeline', (context) => context.addInitScript(useTimelinePage, entries)),
  }
}

type AskRooms = (asked: Ask) => Promise<Answer>

async function openRooms(data: RoomsData): Promise<{ readonly ask: AskRooms; close(): Promise<void> }> {
  const worker = new Worker(new URL('./day-rooms.ts', import.meta.url), { workerData: data })
  await once(worker, 'message')
  return {
    async ask(asked) {
      worker.postMessage(asked)
      const [answer] = (await once(worker, 'message')) as [Answer | { error: string }]
      if ('error' in answer) throw new Error(answer.error)
      return answer
    },
    async close() {
      worker.postMessage(null)
      await once(worker, 'exit')
    },
  }
}

const pause: WireCommand = { type: 'pause-exercise', data: { reason: 'To be measured.' } }
const resume: WireCommand = { type: 'resume-exercise', data: {} }

/** One event that every room gets: ms until the last has it. */
async function pauses(ask: AskRooms) {
  const all: Answer[] = []
  for (let n = 0; n < PAUSES; n += 1) {
    all.push(await ask({ command: pause, team: null, sees: 'exercise.paused' }))
    await sleep(BETWEEN_MS)
    all.push(await ask({ command: resume, team: null, sees: 'exercise.resumed' }))
    await sleep(BETWEEN_MS)
  }
  return spread(all.map(({ ms }) => Math.max(...ms)))
}

/** A message that white fires for all: ms until the last room has it, until any has, and until it is painted in a team's page. And what it is in bytes, by audience. */
async function fires(browser: Browser, { engine, url, token }: Served, ask: AskRooms) {
  const page = await pageAt(browser, [`blue.${TEAM}`, token(`blue-${TEAM}`)], `${url}/#/team/${TEAM}?lang=en`)
  await page.getByRole('tab', { name: 'Inbox' }).click()
  await page.locator('.inbox-item').first().waitFor()
  const all: Answer[] = []
  const painted: number[] = []
  let bytes: readonly number[] = []
  for (let n = INJECTS; n < INJECTS + FIRES; n += 1) {
    const before = engine.state().position
    await page.evaluate(watchText, '[role=tab][data-key=inbox] .tab-count')
    const data = { kind: 'inject', id: `message-${n}`, team: null } as const
    const answer = await ask({ command: { type: 'fire-entry', data }, team: null, sees: 'inject.sent' })
    all.push(answer)
    painted.push(((await page.evaluate(() => window.watched)) ?? Number.NaN) - answer.sentAt)
    bytes = await bytesSince(engine, before)
    await sleep(BETWEEN_MS)
  }
  await page.context().close()
  return {
    last: spread(all.map(({ ms }) => Math.max(...ms))),
    any: spread(all.flatMap(({ ms }) => ms)),
    painted: spread(painted),
    bytes,
  }
}

/** A report that a team files: ms until the grading queue in `white` counts it. */
async function reports(engine: Engine, ask: AskRooms, white: Page, numbers: ReadonlyMap<string, number>) {
  const all: number[] = []
  for (const { id: team } of teams.slice(0, FIRES)) {
    await white.evaluate(watchText, '.grading h2')
    const report = `R${(numbers.get(team) ?? 0) + 1}`
    const fields = reportFields('service-1', Math.floor(engine.atMs() - 60_000))
    const data = { team, report, fields, seen: 0 }
    const { sentAt } = await ask({ command: { type: 'file-report', data }, team, sees: 'report.filed' })
    all.push(((await white.evaluate(() => window.watched)) ?? Number.NaN) - sentAt)
    await sleep(BETWEEN_MS)
  }
  return spread(all)
}

async function pageAt(
  browser: Browser,
  [seat, token]: readonly [string, string],
  url: string,
): Promise<Page> {
  const page = await (await windowOf(browser, seat, token)).newPage()
  await page.goto(url)
  return page
}

/** What each audience is sent of what came since, in bytes. */
async function bytesSince(engine: Engine, after: number): Promise<readonly number[]> {
  const events = await engine.events(after, 500)
  const cursor = events.at(-1)?.position ?? after
  return AUDIENCES.map(([, audience]) =>
    Buffer.byteLength(JSON.stringify(batchFor(audience, after, cursor, events))),
  )
}
