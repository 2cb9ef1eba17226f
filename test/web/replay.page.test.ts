import { expect, test } from 'vitest'
import { castHeadLine, castLine } from '../../server/exercise/wire/cast.ts'
import { openMemoryLog } from '../engine/memory-log.ts'
import { blue } from '../kit/actors.ts'
import { recordLedger } from '../kit/ledger.ts'
import { KEY, startHere } from '../platform/platform-here.ts'
import { builtPages, joinBy } from './built-pages.ts'

const pages = builtPages()
const DAY_MS = 600_000

async function withRecord() {
  const { log } = openMemoryLog()
  const ledger = recordLedger(DAY_MS)
  const [created] = ledger
  if (created?.type !== 'exercise.created') throw new Error('a ledger begins with its exercise')
  const id = created.data.exerciseId
  await log.append(id, 0, ledger, Date.UTC(2026, 10, 23, 9))
  const here = await startHere(log, { web: pages.webDir })
  return { id, here, base: `${here.platform.url}/#/e/${id}` }
}

test('an exercise that is over is played again on the same pages: moment, speed, turning points, the way out', {
  timeout: 120_000,
}, async () => {
  const { id, here, base } = await withRecord()
  const { page, errors } = await pages.openWindow()
  await page.goto(`${base}/national`)
  await page.getByRole('link', { name: 'Replay' }).click()
  const bar = page.getByRole('region', { name: 'Replay of this exercise' })
  await bar.waitFor()
  expect(await page.locator('.pulse').innerText()).toBe('Replay')
  const time = () => bar.locator('.replay-time b').innerText()
  const clock = () => page.locator('.shell-clock b').innerText()
  expect(await time()).toBe('0:00')

  // It plays, faster when asked, and pages follow.
  await bar.getByLabel('Speed').selectOption('60')
  await bar.getByRole('button', { name: 'Play', exact: true }).click()
  await expect.poll(time, { timeout: 10_000 }).toMatch(/^[12]:/)
  // The address follows while it plays, and leads nobody back.
  const seconds = async () => Number(/[?&]at=(\d+)/.exec(page.url())?.[1])
  await expect.poll(seconds, { timeout: 5_000 }).toBeGreaterThan(60)
  const moments: string[] = []
  for (let n = 0; n < 8; n += 1) {
    moments.push((await time()).padStart(6, '0'))
    await page.waitForTimeout(150)
  }
  expect(moments).toEqual(moments.toSorted())
  await bar.getByRole('button', { name: 'Pause' }).click()
  const stood = await time()
  // What takes a while to draw follows a moment later.
  await expect.poll(clock).toBe(stood)
  await page.waitForTimeout(600)
  expect(await time()).toBe(stood)

  // Moments that decided it, back and on, and any moment by the keyboard.
  await bar.getByLabel('Moment of the exercise').fill('300000')
  expect(await time()).toBe('5:00')
  await bar.getByLabel('Moment of the exercise').press('ArrowRight')
  expect(await time()).toBe('5:01')
  await bar.getByRole('button', { name: 'Next turning point' }).click()
  const next = await time()
  expect(next > '5:01').toBe(true)
  await bar.getByRole('button', { name: 'Previous turning point' }).click()
  expect((await time()) < next).toBe(true)
  const points = await bar.getByLabel('Turning points').locator('option').allTextContents()
  expect(points.some((text) => text.includes('First breach: '))).toBe(true)

  // The address leads back to the moment, in another browser and on another page.
  await bar.getByLabel('Moment of the exercise').fill('240000')
  await expect.poll(() => page.url()).toContain('at=240')
  const other = await pages.openWindow()
  await other.page.goto(`${base}/scoreboard?at=240`)
  const there = other.page.getByRole('region', { name: 'Replay of this exercise' })
  await there.waitFor()
  expect(await there.locator('.replay-time b').innerText()).toBe('4:00')

  // An audience sees in a replay what it may see, no more: what a guest gets is what the guest's ledger has.
  const guest = (await (await here.fetch(`/api/exercises/${id}/recording`)).json()) as { events: unknown[] }
  const white = (await (
    await here.fetch(`/api/exercises/${id}/recording`, await here.token(id, 'white'))
  ).json()) as { events: unknown[] }
  expect(guest.events.length).toBeLessThan(white.events.length)
  expect((await here.fetch(`/api/exercises/${id}/recording`, 'no-token')).status).toBe(401)

  await bar.getByRole('button', { name: 'Leave the replay' }).click()
  await bar.waitFor({ state: 'detached' })
  expect(await page.locator('.pulse').innerText()).toBe('Read only')
  expect(page.url()).not.toContain('at=')
  expect([...errors, ...other.errors]).toEqual([])
})

test('a terminal that was open shows what it showed then: for its team and for white, on, back and beyond its end', {
  timeout: 120_000,
}, async () => {
  const { log } = openMemoryLog()
  const whole = recordLedger(DAY_MS)
  const [created] = whole
  if (created?.type !== 'exercise.created') throw new Error('a ledger begins with its exercise')
  const { exerciseId: id, scenario, teams } = created.data
  const [team = { id: '' }] = teams
  const [service = { id: '' }] = scenario.services
  const of = { team: team.id, service: service.id, terminal: 't-1' }
  const at = (ms: number) => whole.filter((event) => event.at <= ms).length
  const opened = {
    type: 'terminal.opened',
    version: 1,
    data: { ...of, by: { ...blue(), name: 'Mari' } },
  } as const
  const closed = { type: 'terminal.closed', version: 1, data: { ...of, reason: 'closed' } } as const
  const ledger = [
    ...whole.slice(0, at(120_000)),
    { ...opened, at: 120_000, wall: created.wall },
    ...whole.slice(at(120_000), at(240_000)),
    { ...closed, at: 240_000, wall: created.wall },
    ...whole.slice(at(240_000)),
  ].map((event, n) => ({ ...event, position: n + 1 }))
  await log.append(id, 0, ledger as typeof whole, Date.UTC(2026, 10, 23, 9))
  const text = [
    castHeadLine({ cols: 80, rows: 24, title: service.id, term: 'xterm-256color', wallMs: 1 }),
    castLine({ atS: 10, kind: 'output', text: 'root@tax:/# cat õ.txt\r\n' }),
    castLine({ atS: 60, kind: 'output', text: 'second line 漢\r\n' }),
  ].join('')
  await log.addCasts(id, [
    { cast: 't-1', terminal: 't-1', team: team.id, part: 0, bytes: Buffer.byteLength(text), text },
  ])
  const here = await startHere(log, { web: pages.webDir })
  const { page, errors } = await pages.openWindow()
  const links = await here.links(id)
  const seatOf = (seat: string) => links.find((one) => one.seat === seat && (one.team ?? team.id) === team.id)
  const hasSeat = (at: typeof page) =>
    at.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('kilp.seat.')))
  const screen = page.locator('.terminal-box .xterm-rows')
  const moment = page.getByLabel('Moment of the exercise')

  await joinBy(page, seatOf('blue')?.url ?? '')
  await hasSeat(page)
  await page.goto(`${here.platform.url}/#/e/${id}/team/${team.id}/${service.id}/terminal?at=150`)
  await expect.poll(() => screen.innerText(), { timeout: 20_000 }).toContain('cat õ.txt')
  expect(await screen.innerText()).not.toContain('second line')
  await moment.fill('200000')
  await expect.poll(() => screen.innerText()).toContain('second line 漢')
  await moment.fill('125000')
  await expect.poll(() => screen.innerText()).not.toContain('cat õ.txt')
  await moment.fill('260000')
  await page.getByText('No terminal was open in').waitFor()
  // It plays along.
  await moment.fill('160000')
  await expect.poll(() => screen.innerText()).toContain('cat õ.txt')
  await page.getByLabel('Speed').selectOption('60')
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect.poll(() => screen.innerText(), { timeout: 5_000 }).toContain('second line')
  await page.getByRole('button', { name: 'Pause' }).click()

  const white = await pages.openWindow()
  await joinBy(white.page, seatOf('white')?.url ?? '')
  await hasSeat(white.page)
  await white.page.goto(`${here.platform.url}/#/e/${id}/instructor/${team.id}/${service.id}/overview?at=200`)
  await white.page.getByRole('button', { name: /^Watch: / }).click()
  await expect.poll(() => white.page.locator('.xterm-rows').innerText()).toContain('second line 漢')
  // Another team's page has none of it, whoever asks.
  const [, other = { id: '' }] = teams
  const stranger = await here.token(id, 'blue', other.id)
  const path = `/api/exercises/${id}/terminals/t-1/recording`
  expect([(await here.fetch(path, stranger)).status, (await here.fetch(path)).status]).toEqual([404, 401])
  expect([...errors, ...white.errors]).toEqual([])
})

test('a record that is deleted while somebody looks at its replay: what was loaded plays on, and everything else says that it is gone', {
  timeout: 120_000,
}, async () => {
  const { id, here, base } = await withRecord()
  const { page, errors } = await pages.openWindow()
  await page.goto(`${base}/national?at=120`)
  const bar = page.getByRole('region', { name: 'Replay of this exercise' })
  await bar.waitFor()
  const deleted = await here.fetch(`/api/exercises/${id}`, KEY, { method: 'DELETE' })
  expect(deleted.ok).toBe(true)

  // Nothing moves away under the eyes of who has it.
  await bar.getByLabel('Moment of the exercise').fill('300000')
  await expect.poll(() => page.locator('.shell-clock b').innerText()).toBe('5:00')
  const gone = page.getByText('This exercise is not here, or not any more.').first()
  expect(await gone.isVisible()).toBe(false)

  await bar.getByRole('button', { name: 'Leave the replay' }).click()
  await bar.waitFor({ state: 'detached' })
  await page.reload()
  await page
    .getByText(/not here/)
    .first()
    .waitFor()
  await page.goto(`${base}/national?at=120`)
  await page.reload()
  await page
    .getByText(/not here/)
    .first()
    .waitFor()
  expect(await bar.isVisible()).toBe(false)
  expect(errors.filter((text) => !/404/.test(text))).toEqual([])
})
