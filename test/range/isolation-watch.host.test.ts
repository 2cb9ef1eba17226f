import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Range } from '../../server/engine/ports/ports.ts'
import type { IsolationNews } from '../../server/engine/ports/range-news.ts'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { runHelper } from '../../server/range/engine-api/helper.ts'
import { RULES } from '../../server/range/isolation/host-rules.ts'
import { clearUp, engine, home, openFixture, until } from './fixtures/open.ts'
import { fixtureSpec } from './fixtures/spec.ts'

const exerciseId = `wt${process.pid}`
const teams = ['est', 'lva']
const spec = fixtureSpec()
let docker: ContainerEngine
let range: Range
let news: IsolationNews[] = []

const onHost = async (script: string) => {
  const probe = await docker.getContainer(`kilp-${exerciseId}-est-probe`).inspect()
  return runHelper(docker, {
    image: probe.Image,
    exerciseId,
    home,
    purpose: 'test',
    network: 'host',
    command: ['sh', '-c', script],
    capabilities: ['NET_ADMIN', 'NET_RAW'],
  })
}
const told = (happened: IsolationNews['happened']) => news.filter((one) => one.happened === happened)
const heard = (ms: number, happened: IsolationNews['happened'], count = 1) =>
  until(ms, () => (told(happened).length >= count ? told(happened) : undefined))
/** The helper that does the harm takes its time: from its end on, the answer must be there within 5 s. */
const answered = () => heard(5_000, 'lost')
const quiet = () => heard(60_000, 'restored')
const guards = async () =>
  (
    await docker.listContainers({
      filters: { label: [`kilp=${exerciseId}`, 'kilp.helper=guard'] },
    })
  ).map(({ Id }) => Id)

beforeAll(async () => {
  docker = await engine()
  range = openFixture(docker, exerciseId, spec)
  await range.deploy(
    teams,
    () => {},
    () => {},
  )
  range.watchIsolation((one) => news.push(one))
  expect(await until(30_000, async () => ((await guards()).length === 1 ? true : undefined))).toBe(true)
  await new Promise((wake) => setTimeout(wake, 2_000))
  news = []
})
afterAll(async () => {
  await range.destroy()
  await clearUp(docker)
})

/** However often it is there: guards of two platforms may each have put it. */
const without = (tool: string) => `while ${tool} -D ${RULES[0]} 2>/dev/null; do :; done`

describe('isolation while an exercise stands', () => {
  test.each([
    ['the rule is deleted', 'iptables', without('iptables'), /iptables: rule "INPUT.* was gone/],
    ['its chain is flushed', 'iptables', 'iptables -F INPUT', /iptables: rule "INPUT.* was gone/],
    ['the rule for IPv6 is deleted', 'ip6tables', without('ip6tables'), /ip6tables: rule "INPUT.* was gone/],
  ])(
    'when %s, that is seen and mended within 5 s, and every enclave is proven anew',
    async (_, tool, harm, what) => {
      news = []
      await onHost(harm)
      expect(await answered()).toMatchObject([
        { happened: 'lost', team: null, what: expect.stringMatching(what), lasting: false },
      ])
      expect(await onHost(`${tool} -S INPUT 2>/dev/null | grep kilp`)).toEqual([`-A ${RULES[0]}`])
      expect(await quiet()).toHaveLength(1)
      expect(new Set(told('proven').map((one) => ('team' in one ? one.team : '')))).toEqual(new Set(teams))
      expect(told('lost')).toHaveLength(1)
    },
  )
  test('when FORWARD is flushed, the engine’s own rules with it, enclaves stay apart and go on working', async () => {
    news = []
    try {
      await onHost('iptables-save -t filter > /tmp/was; iptables -F FORWARD; iptables -P FORWARD ACCEPT')
      expect(await answered()).toMatchObject([{ what: expect.stringMatching(/FORWARD.*physdev.* was gone/) }])
      expect(await quiet()).toHaveLength(1)
      expect(await range.runJourney('est', 'desk', 'read')).toMatchObject({ outcome: 'pass' })
    } finally {
      // What the engine had there: its chains are still filled, only the ways into them are gone.
      await onHost(
        'iptables -P FORWARD DROP; for c in DOCKER-ISOLATION-STAGE-1 DOCKER-USER; do iptables -I FORWARD -j $c; done; iptables -A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT; iptables -A FORWARD -o docker0 -j DOCKER; iptables -A FORWARD -i docker0 ! -o docker0 -j ACCEPT; iptables -A FORWARD -i docker0 -o docker0 -j ACCEPT',
      )
    }
  })
  test('a guard that is removed is replaced', async () => {
    const [before = ''] = await guards()
    await docker.getContainer(before).remove({ force: true })
    const after = await until(20_000, async () => (await guards()).find((id) => id !== before))
    expect(after).toBeDefined()
    await new Promise((wake) => setTimeout(wake, 3_000))
    news = []
    await onHost(without('iptables'))
    expect(await answered()).toHaveLength(1)
    expect(await quiet()).toHaveLength(1)
  })
  test('a way that no rule can close is said to last, until it is gone', async () => {
    news = []
    const probe = `kilp-${exerciseId}-lva-probe`
    await docker.getNetwork('bridge').connect({ Container: probe })
    await onHost(without('iptables'))
    const lasting = () => told('lost').find((one) => 'lasting' in one && one.lasting)
    expect(await until(60_000, lasting)).toMatchObject({
      team: 'lva',
      what: expect.stringMatching(/the host out of reach/),
    })
    expect(told('restored')).toEqual([])
    await docker.getNetwork('bridge').disconnect({ Container: probe, Force: true })
    expect(await heard(90_000, 'restored')).toHaveLength(1)
  })
  test('a platform that goes leaves the guard with the enclaves; the next one proves them and has one guard', async () => {
    await range.close()
    expect(await guards()).toHaveLength(1)
    news = []
    range = openFixture(docker, exerciseId, spec)
    expect(await range.adopt(teams)).toEqual([])
    range.watchIsolation((one) => news.push(one))
    expect(await quiet()).toHaveLength(1)
    expect(told('proven')).toHaveLength(teams.length)
    expect(told('lost')).toEqual([])
    expect(await until(20_000, async () => ((await guards()).length === 1 ? true : undefined))).toBe(true)
  })
})
