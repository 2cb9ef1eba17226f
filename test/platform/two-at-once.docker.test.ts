import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PublicExercise } from '../../server/exercise/views/public-exercise.ts'
import type { ExerciseSummary } from '../../server/exercise/wire/protocol.ts'
import { exported, fill, goldenStored, openLightStore, withSeats } from '../records/kit.ts'
import { dataFolder, type KilpProcess, runKilp, type SeatLink, startKilp, until } from './kilp-process.ts'
import { shortScenario } from './short-scenario.ts'

/** Two exercises of one scenario on real containers and a third that is over and is replayed; killed, taken up again, and one of them put away. */
const data = dataFolder()
const scenario = shortScenario(data.folder, {
  duration: '30m',
  pilots: ['absent'],
  attacks: [{ id: 'late', at: '29m', weakness: 'population/name-search-injection' }],
})
const ARGS = ['--scenario', scenario]
let kilp: KilpProcess
let a = ''
let b = ''
let team = ''
/** Brought along as a record. */
const c = 'first-light'

const docker = (...args: string[]) => execFileSync('docker', args, { encoding: 'utf8' })
const containers = (exercise: string) =>
  docker('ps', '-aq', '--filter', `label=kilp=${exercise}`, '--filter', 'label=kilp.service')
    .split('\n')
    .filter(Boolean)
const networks = (exercise: string) =>
  docker('network', 'ls', '-q', '--filter', `label=kilp=${exercise}`).split('\n').filter(Boolean)
const ask = async (path: string, token?: string) =>
  fetch(kilp.url + path, token ? { headers: { authorization: `Bearer ${token}` } } : {})
const exercise = async (id: string) => (await (await ask(`/api/exercises/${id}`)).json()) as PublicExercise
const phases = async () => {
  const { exercises } = (await (await ask('/api/exercises')).json()) as { exercises: ExerciseSummary[] }
  return Object.fromEntries(exercises.map(({ id, phase, open }) => [id, `${phase}${open ? '' : ' record'}`]))
}
const links = new Map<string, readonly SeatLink[]>()
const seatsOf = async (id: string) => {
  const known = links.get(id)
  if (known) return known
  const { code, stdout, stderr } = await runKilp(data.folder, ['seats', '--json', '--exercise', id])
  expect([code, stderr]).toEqual([0, ''])
  const { seats } = JSON.parse(stdout) as { seats: SeatLink[] }
  links.set(id, seats)
  return seats
}
const white = async (id: string) => (await seatsOf(id)).find(({ seat }) => seat === 'white')?.token ?? ''
const recordingOf = async (id: string, token?: string) => {
  const answer = await ask(`/api/exercises/${id}/recording`, token)
  const { events = [] } = (await answer.json()) as { events?: { type: string }[] }
  return { status: answer.status, events }
}

async function bringRecord() {
  const store = await openLightStore()
  try {
    await fill(store, c, withSeats(goldenStored('exercise-day')))
    const file = join(data.folder, 'day.tar')
    writeFileSync(file, await exported(store, c))
    const imported = await runKilp(data.folder, ['import-exercise', file])
    expect(imported.code, imported.stderr).toBe(0)
  } finally {
    await store.close()
  }
}

const bothRun = (what: string) =>
  until(what, 280_000, async () => {
    const found = await phases()
    return found[a] === 'running' && found[b] === 'running'
  })
const recovered = async (id: string) => {
  const answer = await ask(`/api/exercises/${id}/ledger?limit=5000`, await white(id))
  const { events } = (await answer.json()) as { events: { type: string }[] }
  return events.filter(({ type }) => type === 'platform.recovered').length
}

beforeAll(async () => {
  await bringRecord()
  kilp = await startKilp(data.folder, ARGS)
  a = (await kilp.exercise()).id
  const opened = await runKilp(data.folder, ['open', ...ARGS])
  expect(opened.code, opened.stderr).toBe(0)
  b = /^(\w+) {2}http/.exec(opened.stdout)?.[1] ?? ''
  expect(opened.stdout).toContain(`${kilp.url}/#/e/${b}`)
  team = (await exercise(b)).teams[0]?.id ?? ''
})

afterAll(async () => {
  await kilp?.end('SIGKILL')
  for (const id of [a, b].filter(Boolean)) {
    const left = docker('ps', '-aq', '--filter', `label=kilp=${id}`).split('\n').filter(Boolean)
    if (left.length > 0) docker('rm', '-fv', ...left)
    for (const network of networks(id)) docker('network', 'rm', network)
  }
  data.remove()
})

describe('two exercises at once, and a replay', () => {
  test('come up beside each other, each with enclaves of its own', { timeout: 300_000 }, async () => {
    await bothRun('both running')
    expect(containers(a).length).toBeGreaterThan(3)
    expect(containers(b)).toHaveLength(containers(a).length)
    expect(networks(a).filter((id) => networks(b).includes(id))).toEqual([])
    const status = await runKilp(data.folder, ['status'])
    expect(status.stdout).toMatch(new RegExp(`${a} .*running[\\s\\S]*${b} .*running`))
  })

  test('a third that is over is replayed beside them, each audience sees what it saw, and no seat of one enters another', {
    timeout: 120_000,
  }, async () => {
    expect(await phases()).toEqual({ [a]: 'running', [b]: 'running', [c]: 'ended record' })
    const all = await recordingOf(c, await white(c))
    expect(all.status).toBe(200)
    expect(all.events.some(({ type }) => type === 'exercise.ended')).toBe(true)
    const guests = await recordingOf(c)
    expect(guests.events.length).toBeGreaterThan(10)
    expect(guests.events.length).toBeLessThan(all.events.length)
    const status = async (id: string, token: string) =>
      (await ask(`/api/exercises/${id}/ledger`, token)).status
    const ids = [a, b, c]
    for (const id of ids)
      for (const { seat, token } of await seatsOf(id))
        expect([id, seat, await status(id, token)]).toEqual([id, seat, 200])
    // Who fails often is turned away for it: one of each kind for each door.
    for (const [mine, other] of ids.flatMap((one) => ids.flatMap((two) => (one === two ? [] : [[one, two]]))))
      for (const seat of ['white', 'observer']) {
        const token = (await seatsOf(mine ?? '')).find((link) => link.seat === seat)?.token ?? ''
        expect(token).not.toBe('')
        expect([mine, other, seat, await status(other ?? '', token)]).toEqual([mine, other, seat, 401])
      }
  })

  test('logs are of the own enclave', { timeout: 120_000 }, async () => {
    const marker = `only-in-${b}`
    docker('exec', `kilp-${b}-${team}-tax`, 'curl', '-s', `http://127.0.0.1/${marker}`)
    const lines = async (id: string, q: string) => {
      const answer = await ask(`/api/exercises/${id}/logs?team=${team}&q=${q}`, await white(id))
      return answer.ok ? ((await answer.json()) as { lines: unknown[] }).lines.length : 0
    }
    await until('the line is collected', 60_000, async () => (await lines(b, marker)) > 0)
    await until('the other collects too', 60_000, async () => (await lines(a, 'GET')) > 0)
    expect(await lines(a, marker)).toBe(0)
  })

  test('kill -9: the next start takes both up', { timeout: 300_000 }, async () => {
    const before = [containers(a), containers(b)]
    const played = await recordingOf(c, await white(c))
    await Promise.all([white(a), white(b)])
    await kilp.end('SIGKILL')
    kilp = await startKilp(data.folder, ARGS)
    expect((await kilp.exercise()).id).toBe(a)
    await until(
      'both taken up',
      120_000,
      async () => (await recovered(a)) === 1 && (await recovered(b)) === 1,
    )
    expect(await phases()).toEqual({ [a]: 'running', [b]: 'running', [c]: 'ended record' })
    expect([containers(a), containers(b)]).toEqual(before)
    // Whoever looks at the third's replay meanwhile loses nothing, and seats stay where they are.
    expect(await recordingOf(c, await white(c))).toEqual(played)
    expect((await recordingOf(c, await white(a))).status).toBe(401)
    expect((await recordingOf(b, await white(c))).status).toBe(401)
  })

  test('one is ended and put away, the other goes on, and the first can still be read', {
    timeout: 180_000,
  }, async () => {
    expect((await runKilp(data.folder, ['close', b])).stderr).toMatch(/has not ended/)
    const closed = await runKilp(data.folder, ['close', b, '--end'])
    expect([closed.code, closed.stdout]).toEqual([0, ''])
    expect([containers(b), networks(b)]).toEqual([[], []])
    expect(await phases()).toEqual({ [a]: 'running', [b]: 'ended record', [c]: 'ended record' })
    const answer = await ask(`/api/exercises/${b}/ledger`, await white(b))
    expect(answer.status).toBe(200)
    const clock = (await exercise(a)).clock.exerciseMs
    await until('time goes on', 20_000, async () => (await exercise(a)).clock.exerciseMs > clock + 2_000)
    expect(containers(a).length).toBeGreaterThan(3)
    const status = await runKilp(data.folder, ['status', '--exercise', b])
    expect(status.stdout).toMatch(/: ended at/)
  })

  test('stopping keeps the enclaves of the one that has not ended', { timeout: 120_000 }, async () => {
    await kilp.command(await white(a), 'pause-exercise', { reason: 'stop' })
    expect(await kilp.end('SIGTERM')).toBe(0)
    expect(containers(a).length).toBeGreaterThan(3)
    const dump = await runKilp(data.folder, ['dump', '--exercise', b])
    const ids = new Set(
      dump.stdout
        .split('\n')
        .filter(Boolean)
        .flatMap((line) => (JSON.parse(line) as { event?: { exerciseId: string } }).event?.exerciseId ?? []),
    )
    expect([...ids]).toEqual([b])
    const none = await runKilp(data.folder, ['dump', '--exercise', 'none'])
    expect([none.code, none.stderr]).toMatchObject([1, expect.stringContaining('no exercise none')])
  })
})
