import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Range } from '../../server/engine/ports/ports.ts'
import type { RangeHost } from '../../server/engine/ports/range-host.ts'
import type { ContainerEvent } from '../../server/engine/ports/range-news.ts'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { execIn } from '../../server/range/engine-api/exec.ts'
import { ownedBy } from '../../server/range/labels.ts'
import { silent } from '../../server/range/log.ts'
import { openRangeHost } from '../../server/range/range-host.ts'
import { clearUp, engine, home, until } from './fixtures/open.ts'
import { fixtureSpec, infra } from './fixtures/spec.ts'

/** Two exercises whose only teams have the same name, deployed at the same moment. */
const TEAM = 'est'
const ids = [`ra${process.pid}`, `rb${process.pid}`] as const
const [a, b] = ids
let docker: ContainerEngine
let host: RangeHost
let ranges: readonly Range[]
const heard: { readonly exercise: string; readonly event: ContainerEvent }[] = []
const nameIn = (exerciseId: string, service: string) => `kilp-${exerciseId}-${TEAM}-${service}`

beforeAll(async () => {
  docker = await engine()
  host = openRangeHost({ docker, home, infra, log: silent })
  ranges = ids.map((exerciseId) => host.range({ exerciseId, seed: exerciseId, spec: fixtureSpec() }))
  for (const [i, range] of ranges.entries())
    range.onContainerEvent((event) => heard.push({ exercise: ids[i] ?? '', event }))
  const checks = new Map<string, boolean>()
  await Promise.all(
    ranges.map((range, i) =>
      range.deploy(
        [TEAM],
        () => {},
        (_, proven) =>
          checks.set(
            ids[i] ?? '',
            proven.every(({ ok }) => ok),
          ),
      ),
    ),
  )
  expect([...checks.values()]).toEqual([true, true])
})
afterAll(async () => {
  await Promise.all(ranges.map((range) => range.close()))
  await clearUp(docker)
})

const of = async (exerciseId: string) => {
  const filters = { label: [ownedBy(exerciseId)] }
  return {
    containers: (await docker.listContainers({ all: true, filters }))
      .filter(({ Labels }) => Labels['kilp.service'])
      .map(({ Id }) => Id),
    networks: await docker.listNetworks({ filters }),
  }
}
const subnets = async (exerciseId: string) =>
  (await of(exerciseId)).networks.map(({ IPAM }) => IPAM?.Config?.[0]?.Subnet ?? '')
const addresses = async (exerciseId: string, service: string) => {
  const { NetworkSettings } = await docker.getContainer(nameIn(exerciseId, service)).inspect()
  return Object.values(NetworkSettings.Networks).map(({ IPAddress }) => IPAddress)
}
const curl = (exerciseId: string, address: string) =>
  execIn(docker, {
    container: nameIn(exerciseId, 'desk'),
    command: ['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', '--max-time', '3', `http://${address}/`],
    deadlineMs: 8_000,
  })

describe('two ranges on one engine', () => {
  test('have containers, networks and subnets of their own', async () => {
    const [first, second] = [await of(a), await of(b)]
    // Two services and a probe, and the reference with its own.
    expect([first.containers.length, second.containers.length]).toEqual([5, 5])
    expect(first.containers.filter((id) => second.containers.includes(id))).toEqual([])
    expect(new Set([...(await subnets(a)), ...(await subnets(b))]).size).toBe(6)
  })

  test('do not reach each other, and each reaches itself', async () => {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const [own = ''] = await addresses(from, 'desk')
      expect((await curl(from, own)).stdout).toBe('200')
      for (const service of ['desk', 'store'])
        for (const address of await addresses(to, service))
          expect([service, (await curl(from, address)).stdout]).toEqual([service, '000'])
    }
  })

  test('have secrets of their own, and their journeys and exploits pass at the same time', async () => {
    const key = async (exerciseId: string) =>
      (await docker.getContainer(nameIn(exerciseId, 'desk')).inspect()).Config.Env.find((each) =>
        each.startsWith('KEY='),
      )
    expect(await key(a)).not.toBe(await key(b))
    const runs = await Promise.all(
      ranges.flatMap((range) => [
        range.runJourney(TEAM, 'desk', 'read'),
        range.runExploit(TEAM, 'desk/open-notes', {}),
      ]),
    )
    expect(runs.map(({ outcome }) => outcome)).toEqual(['pass', 'pass', 'pass', 'pass'])
  })

  test('hear of their own containers only', async () => {
    heard.length = 0
    await ranges[0]?.restart(TEAM, 'store')
    await until(10_000, () => heard.find(({ event }) => event.happened === 'started'))
    await new Promise((wake) => setTimeout(wake, 500))
    expect(new Set(heard.map(({ exercise }) => exercise))).toEqual(new Set([a]))
  })

  test('after a restart of the platform each takes over its own, and a sweep keeps what is open', async () => {
    const again = ids.map((exerciseId) => host.range({ exerciseId, seed: exerciseId, spec: fixtureSpec() }))
    await host.sweep([a, b])
    expect(await Promise.all(again.map((range) => range.adopt([TEAM])))).toEqual([[], []])
    const before = (await of(b)).containers
    await again[0]?.destroy()
    expect((await of(a)).containers).toEqual([])
    expect((await of(a)).networks).toEqual([])
    expect((await of(b)).containers).toEqual(before)
    expect(await again[1]?.runJourney(TEAM, 'desk', 'read')).toMatchObject({ outcome: 'pass' })
    await host.sweep([])
    expect((await of(b)).containers).toEqual([])
    await again[1]?.close()
  })
})
