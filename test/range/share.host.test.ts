import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Range } from '../../server/engine/ports/ports.ts'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { execIn } from '../../server/range/engine-api/exec.ts'
import { silent } from '../../server/range/log.ts'
import { openRangeHost } from '../../server/range/range-host.ts'
import { clearUp, engine, home } from './fixtures/open.ts'
import { fixtureSpec, infra } from './fixtures/spec.ts'

const id = `rs${process.pid}`
const [GREEDY, MODEST] = ['greedy', 'modest'] as const
let docker: ContainerEngine
let range: Range

beforeAll(async () => {
  docker = await engine()
  const spec = fixtureSpec()
  // More than there is, if they could have it.
  const services = spec.services.map((service) => ({ ...service, cpus: 2, pids: 128 }))
  range = openRangeHost({ docker, home, infra, log: silent }).range({
    exerciseId: id,
    seed: id,
    spec: { ...spec, services },
  })
  await range.deploy(
    [GREEDY, MODEST],
    () => {},
    () => {},
  )
})
afterAll(async () => {
  await range.close()
  await clearUp(docker)
})

/** The median of so many looks at the reference, ms. */
async function looks(count: number): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < count; n += 1) {
    const look = await range.reference()
    expect(look?.answered).toBe(true)
    times.push(look?.ms ?? Number.POSITIVE_INFINITY)
    await new Promise((wake) => setTimeout(wake, 300))
  }
  return times.toSorted((a, b) => a - b)[Math.floor(count / 2)] ?? 0
}

const nameOf = (team: string, service: string) => `kilp-${id}-${team}-${service}`

/** Seconds of processor time that a container has had. */
async function used(team: string, service: string): Promise<number> {
  const { cpu_stats } = (await docker.getContainer(nameOf(team, service)).stats({ stream: false })) as {
    cpu_stats: { cpu_usage: { total_usage: number } }
  }
  return cpu_stats.cpu_usage.total_usage / 1e9
}

const burn = (team: string, service: string, loops: number) =>
  execIn(docker, {
    container: nameOf(team, service),
    command: ['sh', '-c', `for i in $(seq ${loops}); do (timeout 14 sh -c 'while :; do :; done' &) ; done`],
    deadlineMs: 10_000,
  })

test('a team that wants all processors, in every container, gets no more than one that wants them in one', async () => {
  await Promise.all([burn(GREEDY, 'desk', 12), burn(GREEDY, 'store', 12), burn(MODEST, 'desk', 12)])
  const all = [
    [GREEDY, 'desk'],
    [GREEDY, 'store'],
    [MODEST, 'desk'],
  ] as const
  const before = await Promise.all(all.map(([team, service]) => used(team, service)))
  await new Promise((wake) => setTimeout(wake, 8_000))
  const after = await Promise.all(all.map(([team, service]) => used(team, service)))
  const [a = 0, b = 0, modest = 0] = after.map((time, n) => time - (before[n] ?? 0))
  expect(modest).toBeGreaterThan(2)
  // Without a group of its own the greedy one would have twice as much.
  expect((a + b) / modest).toBeLessThan(1.4)
})

/** Words without end where the engine listens: it copies them with no share of its own. */
const babble = (team: string, service: string) =>
  execIn(docker, {
    container: nameOf(team, service),
    command: ['sh', '-c', '(timeout 14 yes > /proc/1/fd/1 &)'],
    deadlineMs: 10_000,
  })

test('one team that wants all processors, and talks to the engine without end, does not make the reference late', async () => {
  expect(await looks(5)).toBeLessThan(200)
  await Promise.all([burn(GREEDY, 'desk', 12), burn(GREEDY, 'store', 12)])
  await Promise.all([babble(GREEDY, 'desk'), babble(GREEDY, 'store')])
  expect(await looks(15)).toBeLessThan(300)
})
