import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Range } from '../../server/engine/ports/ports.ts'
import type { ContainerEvent } from '../../server/engine/ports/range-news.ts'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { execIn } from '../../server/range/engine-api/exec.ts'
import { clearUp, engine, openFixture, until } from './fixtures/open.ts'
import { fixtureSpec } from './fixtures/spec.ts'

const exerciseId = `wo${process.pid}`
const TEAM = 'est'
const name = (service: string) => `kilp-${exerciseId}-${TEAM}-${service}`

let docker: ContainerEngine
let range: Range
const events: ContainerEvent[] = []

beforeAll(async () => {
  docker = await engine()
  range = openFixture(docker, exerciseId, fixtureSpec())
  range.onContainerEvent((event) => events.push(event))
  await range.deploy(
    [TEAM],
    () => {},
    () => {},
  )
})
afterAll(async () => {
  await range.destroy()
  await clearUp(docker)
})

const inspect = (service: string) => docker.getContainer(name(service)).inspect()
const addresses = async (service: string) => {
  const { NetworkSettings } = await inspect(service)
  return Object.fromEntries(
    Object.entries(NetworkSettings.Networks).map(([network, { IPAddress }]) => [network, IPAddress]),
  )
}
const verdict = async (service: string, journey = 'alive') =>
  (await range.runJourney(TEAM, service, journey)).verdict
const works = (service: string, journey = 'alive') =>
  until(30_000, async () => ((await verdict(service, journey)) === 'up' ? true : undefined))
const shell = (service: string, command: string) =>
  execIn(docker, { container: name(service), command: ['sh', '-c', command], deadlineMs: 20_000 })

describe('what a world event does to a service', () => {
  test('stop: it stands still, and what a team changed in it is there again afterwards', async () => {
    await shell('store', 'echo kept > /srv/kept')
    events.length = 0
    await range.impose(TEAM, 'store', 'stop')
    await range.impose(TEAM, 'store', 'stop')
    expect((await inspect('store')).State.Running).toBe(false)
    expect(await verdict('store')).toBe('down')
    await until(10_000, () => events.find(({ happened }) => happened === 'died'))
    await range.lift(TEAM, 'store', 'stop')
    await range.lift(TEAM, 'store', 'stop')
    await works('store')
    expect((await shell('store', 'cat /srv/kept')).stdout).toBe('kept\n')
    await until(10_000, () => events.find(({ happened }) => happened === 'started'))
  })

  test('cut-off: nobody reaches it, its processes run on, and it comes back to its own addresses', async () => {
    const before = await addresses('desk')
    expect(Object.keys(before)).toHaveLength(2)
    const pid = (await shell('desk', 'pgrep -f main.js | head -1')).stdout
    await range.impose(TEAM, 'desk', 'cut-off')
    await range.impose(TEAM, 'desk', 'cut-off')
    expect(await addresses('desk')).toEqual({})
    expect(await verdict('desk')).toBe('down')
    expect((await shell('desk', 'pgrep -f main.js | head -1')).stdout).toBe(pid)
    // Root in it can not bring its network back.
    const root = await shell('desk', 'ip link add kilp0 type dummy || ip addr add 10.9.9.9/24 dev lo')
    expect(root.exitCode).not.toBe(0)
    await range.lift(TEAM, 'desk', 'cut-off')
    await range.lift(TEAM, 'desk', 'cut-off')
    expect(await addresses('desk')).toEqual(before)
    await works('desk', 'read')
  })

  test('slow: it has a small part of its processors, and all of them again afterwards', async () => {
    const work = async () => {
      const started = performance.now()
      await shell('store', 'i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done')
      return performance.now() - started
    }
    const usual = await work()
    await range.impose(TEAM, 'store', 'slow')
    await range.impose(TEAM, 'store', 'slow')
    expect((await inspect('store')).HostConfig.NanoCpus).toBe(25_000_000)
    expect(await work()).toBeGreaterThan(3 * usual)
    await range.lift(TEAM, 'store', 'slow')
    expect((await inspect('store')).HostConfig.NanoCpus).toBe(500_000_000)
    await works('store')
  })

  test('is undone by a platform that comes back, which knows nothing of it but what the ledger says', async () => {
    const before = await addresses('desk')
    await range.impose(TEAM, 'desk', 'cut-off')
    await range.impose(TEAM, 'store', 'stop')
    await range.close()
    range = openFixture(docker, exerciseId, fixtureSpec())
    range.onContainerEvent((event) => events.push(event))
    expect(await range.adopt([TEAM])).toEqual([])
    expect((await inspect('store')).State.Running).toBe(false)
    await range.lift(TEAM, 'store', 'stop')
    await range.lift(TEAM, 'desk', 'cut-off')
    await works('desk', 'read')
    expect(await addresses('desk')).toEqual(before)
  })

  test('of what is not there is a fault, and nothing is touched', async () => {
    await expect(range.impose(TEAM, 'nothing', 'stop')).rejects.toThrow('no service')
    await expect(range.impose('lva', 'store', 'cut-off')).rejects.toThrow()
    expect(await verdict('store')).toBe('up')
  })
})

describe('a service put back to its start state', () => {
  test('has nothing left of what anybody did, and what was planted again, at its old addresses and in its old limits', async () => {
    const before = { addresses: await addresses('desk'), config: (await inspect('desk')).HostConfig }
    await shell('desk', 'echo implant > /tmp/implant; rm -rf /srv/app/src')
    expect(await range.changes(TEAM, 'desk')).toContain('+++ /dev/null')
    await range.revert(TEAM, 'desk')
    await works('desk', 'read')
    expect((await shell('desk', 'ls /tmp/implant')).exitCode).not.toBe(0)
    expect((await range.runExploit(TEAM, 'desk/open-notes', {})).outcome).toBe('pass')
    const { HostConfig } = await inspect('desk')
    expect(await addresses('desk')).toEqual(before.addresses)
    for (const key of ['CgroupParent', 'NanoCpus', 'Memory', 'PidsLimit', 'CapAdd', 'ExtraHosts'] as const)
      expect([key, HostConfig[key]]).toEqual([key, before.config[key]])
  })

  test('after a crash on the way it goes on from there, wherever that was', async () => {
    const next = `${name('store')}-next`
    const { Image } = await inspect('store')
    // The new one was made, the old one is there still.
    await docker.createContainer({ name: next, Image, Labels: { kilp: exerciseId } })
    await range.revert(TEAM, 'store')
    await works('store')
    // The old one was gone, the new one had not its name yet.
    await docker.getContainer(name('store')).rename({ name: next })
    await range.revert(TEAM, 'store')
    await works('store')
    const all = await docker.listContainers({ all: true, filters: { label: [`kilp=${exerciseId}`] } })
    expect(all.flatMap(({ Names }) => Names).filter((one) => one.includes('store'))).toEqual([
      `/${name('store')}`,
    ])
  })
})

describe('what a team changed', () => {
  test('is told line by line, whatever its git and its tools would say, and nothing where there is nothing', async () => {
    expect(await range.changes(TEAM, 'desk')).toBe('')
    await shell(
      'desk',
      'cd /srv/app/src && echo "// mended <b>here</b>" >> main.ts && printf "new\\n" > more.ts && printf "a\\0b" > blob && ln -s /etc/passwd link && printf "#!/bin/sh\\nexit 0\\n" > /usr/bin/git && rm -rf /srv/app/.git',
    )
    const diff = (await range.changes(TEAM, 'desk')) ?? ''
    expect(diff).toContain('+// mended <b>here</b>')
    expect(diff).toContain('+++ b/more.ts')
    expect(diff).toMatch(/# blob is another, and no text/)
    expect(diff).not.toContain('root:')
  })

  test('is bounded, whatever is there', async () => {
    await shell(
      'desk',
      'cd /srv/app/src && i=0; while [ $i -lt 30 ]; do yes "line $i" | head -c 400000 > big$i.ts; i=$((i+1)); done',
    )
    const since = performance.now()
    const diff = (await range.changes(TEAM, 'desk')) ?? ''
    expect(diff.length).toBeLessThan(300_000)
    expect(diff).toContain('There is more')
    expect(performance.now() - since).toBeLessThan(30_000)
    expect(await range.changes(TEAM, 'nothing')).toBeNull()
  })

  test('leaves no container behind', async () => {
    const all = await docker.listContainers({ all: true, filters: { label: ['kilp.helper=start state'] } })
    expect(all).toEqual([])
  })
})
