import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Range } from '../../server/engine/ports/ports.ts'
import type { ContainerEvent } from '../../server/engine/ports/range-news.ts'
import type { IsolationCheck } from '../../server/exercise/ledger/events.ts'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { execIn } from '../../server/range/engine-api/exec.ts'
import { clearUp, engine, openFixture, until } from './fixtures/open.ts'
import { fixtureSpec } from './fixtures/spec.ts'

const exerciseId = `rt${process.pid}`
const teams = ['est', 'lva']
const name = (team: string, service: string) => `kilp-${exerciseId}-${team}-${service}`

let docker: ContainerEngine
let range: Range
const events: ContainerEvent[] = []
const proofs = new Map<string, readonly IsolationCheck[]>()
const progress: string[] = []

beforeAll(async () => {
  docker = await engine()
  range = openFixture(docker, exerciseId, fixtureSpec())
  range.onContainerEvent((event) => events.push(event))
  await range.deploy(
    teams,
    (step) => progress.push(`${step.team} ${step.done}/${step.total}`),
    (team, checks) => proofs.set(team, checks),
  )
})
afterAll(async () => {
  await range.destroy()
  await clearUp(docker)
})

const shell = (team: string, service: string, command: string, deadlineMs = 10_000) =>
  execIn(docker, { container: name(team, service), command: ['sh', '-c', command], deadlineMs })

describe('a deployed range', () => {
  test('has told every step of every team, up to the last', () => {
    for (const team of teams)
      expect(progress.filter((one) => one.startsWith(team)).at(-1)).toMatch(/ (\d+)\/\1$/)
  })
  test('is proven isolated, from the probe and from a service of each network', () => {
    for (const team of teams) {
      const checks = proofs.get(team) ?? []
      expect(checks.filter((check) => !check.ok)).toEqual([])
      expect(new Set(checks.map((check) => check.name.split(':')[0]))).toEqual(
        new Set(['probe', 'desk', 'store']),
      )
    }
  })
  test('passes journeys, with the secrets of the enclave', async () => {
    expect(await range.runJourney('est', 'desk', 'read')).toMatchObject({ outcome: 'pass', verdict: 'up' })
  })
  test('lands a planted exploit, with a canary that the platform put there', async () => {
    expect(await range.runExploit('lva', 'desk/open-notes', {})).toMatchObject({ outcome: 'pass' })
  })
  test('lets the attacker come so long after the scene as asked', async () => {
    const since = performance.now()
    const run = await range.runExploit('lva', 'desk/open-notes', {}, 2_500)
    expect(run).toMatchObject({ outcome: 'pass' })
    expect(performance.now() - since).toBeGreaterThanOrEqual(2_500)
  })
  test('says what is not in the scenario as a fault', async () => {
    expect(await range.runJourney('est', 'desk', 'nowhere')).toMatchObject({
      outcome: 'fault',
      verdict: 'unknown',
    })
    expect(await range.runExploit('est', 'desk/nothing', {})).toMatchObject({ outcome: 'fault' })
  })
  test('shows a team its own changes and no trace of what was planted', async () => {
    const seen = await shell(
      'est',
      'desk',
      'cd /srv/app && git log --format=%s && git status --short && grep -c debug src/main.ts && ls -A && find / -xdev -name "*.patch" -o -xdev -name "*.orig" -o -xdev -name journeys -o -xdev -name weaknesses | grep -v node_modules',
    )
    expect(seen.stdout.trim().split('\n')).toEqual(['As delivered', '1', '.git', 'src'])
    const dates = await shell(
      'est',
      'desk',
      'cd /srv/app && find . -mindepth 1 -name .git -prune -o -name node_modules -prune -o -printf "%TY\\n" | sort -u',
    )
    expect(dates.stdout.trim()).toBe('1970')
  })
  test('runs services without privileges and with the limits of the plan', async () => {
    const status = await shell(
      'est',
      'desk',
      'ps -o user= -p $(pgrep -f main.js); grep -E "NoNewPrivs|CapBnd" /proc/1/status',
    )
    expect(status.stdout).toMatch(/^app/)
    expect(status.stdout).toMatch(/NoNewPrivs:\s1/)
    expect(status.stdout).toMatch(/CapBnd:\s00000000000000eb/)
    const { HostConfig } = await docker.getContainer(name('est', 'store')).inspect()
    expect(HostConfig).toMatchObject({ Memory: 96 * 1024 * 1024, PidsLimit: 64, NanoCpus: 500_000_000 })
  })
  test('asks nobody outside for names', async () => {
    const { exitCode } = await shell('est', 'desk', 'getent hosts kilp.invalid', 8_000)
    expect(exitCode).toBe(2)
  })
  test('knows the name of a service that is stopped, so that its absence shows soon', async () => {
    await docker.getContainer(name('lva', 'store')).stop({ t: 1 })
    const run = await range.runJourney('lva', 'store', 'alive')
    await range.restart('lva', 'store')
    expect(run).toMatchObject({ outcome: 'fail', verdict: 'down' })
    expect(run.ms).toBeLessThan(15_000)
  })
})

describe('a container that dies', () => {
  test('is seen at once through the engine’s events, and again when it starts', async () => {
    events.length = 0
    await docker.getContainer(name('est', 'store')).kill()
    // Within a second on a quiet machine; here it may be busy elsewhere.
    const died = await until(20_000, () =>
      events.find((event) => event.team === 'est' && event.happened === 'died'),
    )
    expect(died).toEqual({ team: 'est', service: 'store', happened: 'died', exitCode: 137, oom: false })
    await range.restart('est', 'store')
    const started = await until(20_000, () =>
      events.find((event) => event.team === 'est' && event.happened === 'started'),
    )
    expect(started).toMatchObject({ team: 'est', service: 'store' })
    const alive = async () =>
      (await range.runJourney('est', 'store', 'alive')).outcome === 'pass' ? true : undefined
    expect(await until(20_000, alive)).toBe(true)
  })
  test('of another exercise or the probe itself is not told', async () => {
    events.length = 0
    await docker.getContainer(name('lva', 'probe')).kill()
    const back = async () =>
      (await range.runJourney('lva', 'desk', 'alive')).outcome === 'pass' ? true : undefined
    expect(await until(60_000, back)).toBe(true)
    expect(events).toEqual([])
  })
})

describe('a probe', () => {
  test('that dies makes what was in flight a fault, and is back for the next run', async () => {
    const inFlight = range.runJourney('est', 'desk', 'hang')
    await new Promise((wake) => setTimeout(wake, 300))
    await docker.getContainer(name('est', 'probe')).kill()
    expect(await inFlight).toMatchObject({ outcome: 'fault', verdict: 'unknown' })
    const back = async () =>
      (await range.runJourney('est', 'desk', 'read')).outcome === 'pass' ? true : undefined
    expect(await until(60_000, back)).toBe(true)
  })
  test('that hangs is restarted', async () => {
    await docker.getContainer(name('lva', 'probe')).kill({ signal: 'SIGSTOP' })
    const back = async () =>
      (await range.runJourney('lva', 'desk', 'alive')).outcome === 'pass' ? true : undefined
    expect(await until(90_000, back)).toBe(true)
  })
  test('runs many scripts at once over one line', async () => {
    const runs = await Promise.all(Array.from({ length: 40 }, () => range.runJourney('est', 'desk', 'alive')))
    expect(runs.filter((run) => run.outcome !== 'pass')).toEqual([])
  })
})

describe('exec', () => {
  test('keeps its deadline and ends the process inside', async () => {
    const started = performance.now()
    const result = await shell('est', 'desk', 'sleep 777', 600)
    expect(result).toMatchObject({ exitCode: -1, error: 'no end within 600 ms' })
    expect(performance.now() - started).toBeLessThan(30_000)
    const gone = async () =>
      (await shell('est', 'desk', 'pgrep -fx "sleep 777"')).exitCode === 1 ? true : undefined
    expect(await until(30_000, gone)).toBe(true)
  })
  test('tells stdout from stderr, gives the exit code, and cuts a flood', async () => {
    const both = await shell('est', 'desk', 'echo out; echo err >&2; exit 7')
    expect(both).toEqual({ exitCode: 7, stdout: 'out\n', stderr: 'err\n', cut: false, error: null })
    const flood = await execIn(docker, {
      container: name('est', 'desk'),
      command: ['sh', '-c', 'yes | head -c 20000000'],
      deadlineMs: 20_000,
      maxBytes: 1_000,
    })
    expect(flood).toMatchObject({ cut: true, exitCode: 0 })
    expect(flood.stdout).toHaveLength(1_000)
  })
  test('in a container that is not there says so', async () => {
    const result = await execIn(docker, { container: 'kilp-nowhere', command: ['true'], deadlineMs: 2_000 })
    expect(result.error).toMatch(/no such container/i)
  })
})
