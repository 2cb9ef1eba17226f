import { rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Range } from '../../server/engine/ports/ports.ts'
import type { DeployPlan } from '../../server/range/enclave/deploy-plan.ts'
import { planDeploy } from '../../server/range/enclave/plan.ts'
import { sweep } from '../../server/range/enclave/sweep.ts'
import { type ContainerEngine, findEngine } from '../../server/range/engine-api/docker.ts'
import { runHelper } from '../../server/range/engine-api/helper.ts'
import { ensureImages } from '../../server/range/images/images.ts'
import { ensureHostRules } from '../../server/range/isolation/guard.ts'
import { proveIsolation } from '../../server/range/isolation/isolation.ts'
import { openListeners } from '../../server/range/isolation/listeners.ts'
import { type NetworkKind, networkName } from '../../server/range/labels.ts'
import { clearUp, engine, home, openFixture, seed, until } from './fixtures/open.ts'
import { fixtureSpec, infra } from './fixtures/spec.ts'

const exerciseId = `ot${process.pid}`
const spec = fixtureSpec()
let docker: ContainerEngine
let range: Range
let plan: DeployPlan
let where: { image: string; exerciseId: string; home: string }

beforeAll(async () => {
  docker = await engine()
  range = openFixture(docker, exerciseId, spec)
  await range.deploy(
    ['est'],
    () => {},
    () => {},
  )
  const images = await ensureImages(docker, { infra, cache: '/nowhere', services: spec.services }, () => {})
  where = { image: images.base, exerciseId, home }
  // By its whole name: the reference on the machine has a public network too.
  const subnet = async (kind: NetworkKind) =>
    (await docker.getNetwork(networkName(exerciseId, 'est', kind)).inspect()).IPAM?.Config?.[0]?.Subnet ?? ''
  plan = planDeploy({
    exerciseId,
    home,
    seed,
    teams: ['est'],
    services: spec.services,
    images: images.tags,
    subnets: [await subnet('public'), await subnet('state')],
  })
})
afterAll(async () => {
  await range.destroy()
  await clearUp(docker)
})

/** The engine through a socket that the test can cut and mend. */
async function proxied() {
  const path = join(tmpdir(), `kilp-engine-${process.pid}.sock`)
  const open = new Set<Socket>()
  let server: Server | null = null
  const mend = () =>
    new Promise<void>((resolve) => {
      server = createServer({ allowHalfOpen: true }, (near) => {
        const far = connect('/var/run/docker.sock')
        for (const [one, other] of [
          [near, far],
          [far, near],
        ] as const) {
          open.add(one)
          one.pipe(other)
          one.on('error', () => other.destroy())
          one.on('close', () => other.destroy())
        }
      }).listen(path, resolve)
    })
  const cut = async () => {
    server?.close()
    for (const socket of open) socket.destroy()
    open.clear()
    rmSync(path, { force: true })
  }
  await mend()
  return { docker: (await findEngine({ DOCKER_HOST: `unix://${path}` })).docker, cut, mend }
}

async function onHost(script: string): Promise<string> {
  const said = await runHelper(docker, {
    ...where,
    network: 'host',
    purpose: 'test',
    command: ['sh', '-c', script],
    capabilities: ['NET_ADMIN', 'NET_RAW'],
  })
  return said[0] ?? ''
}

/** The same for both kinds of iptables: the kernel asks both, and a rule may be in either. Warnings of one about the other are no answer. */
const eachKind = (rule: string) => `for t in iptables iptables-legacy; do $t -w 10 ${rule} 2>/dev/null; done;`

async function broken(): Promise<readonly string[]> {
  const listeners = await openListeners(docker, where)
  try {
    const checks = await proveIsolation(docker, plan, 'est', listeners.outside)
    return checks.filter((check) => !check.ok).map((check) => check.name)
  } finally {
    await listeners.close()
  }
}

describe('the proof of isolation', () => {
  test('holds as deployed', async () => {
    expect(await broken()).toEqual([])
  })
  test('fails for a bridge that the host rule does not hold back', async () => {
    const bridge = plan.networks.find((network) => network.kind === 'public')?.bridge
    try {
      // The first deploy of another test may put the rule above ours in this very moment: then once more.
      let seen: readonly string[] = []
      for (let turn = 0; turn < 3 && seen.length === 0; turn++) {
        expect(await onHost(`${eachKind(`-I INPUT -i ${bridge} -j ACCEPT`)} echo done`)).toBe('done')
        seen = await broken()
      }
      expect(seen).toEqual(['probe: the host out of reach', 'desk: the host out of reach'])
    } finally {
      const line = `-D INPUT -i ${bridge} -j ACCEPT`
      await onHost(`${eachKind(line)} ${eachKind(line)} ${eachKind(line)} echo done`)
    }
    expect(await broken()).toEqual([])
  })
})

test('the host rule is put there once, however often it is asked for', async () => {
  await Promise.all([ensureHostRules(docker, where), ensureHostRules(docker, where)])
  const counted = `{ ${eachKind('-S INPUT')} } | grep -c -- "-i kilp-+ -j DROP"`
  const count = await onHost(counted)
  await ensureHostRules(docker, where)
  expect(await onHost(counted)).toBe(count)
  expect(Number(count)).toBeGreaterThan(0)
})

describe('after a restart of the platform', () => {
  test('running enclaves are taken over, with the same secrets', async () => {
    await range.close()
    expect(await range.runJourney('est', 'desk', 'read')).toMatchObject({ outcome: 'fault' })
    range = openFixture(docker, exerciseId, spec)
    expect(await range.adopt(['est'])).toEqual([])
    expect(await range.runJourney('est', 'desk', 'read')).toMatchObject({ outcome: 'pass' })
  })
  test('a stopped service stays stopped; an enclave that is stopped altogether is started', async () => {
    const name = (service: string) => `kilp-${exerciseId}-est-${service}`
    const runs = async (service: string) => (await docker.getContainer(name(service)).inspect()).State.Running
    await docker.getContainer(name('store')).stop({ t: 1 })
    await range.close()
    range = openFixture(docker, exerciseId, spec)
    expect(await range.adopt(['est'])).toEqual([])
    expect(await runs('store')).toBe(false)
    await range.close()
    for (const service of ['desk', 'probe']) await docker.getContainer(name(service)).stop({ t: 1 })
    range = openFixture(docker, exerciseId, spec)
    expect(await range.adopt(['est'])).toEqual([])
    expect(await runs('store')).toBe(true)
    const alive = async () =>
      (await range.runJourney('est', 'desk', 'read')).outcome === 'pass' ? true : undefined
    expect(await until(60_000, alive)).toBe(true)
  })
  test('an engine that goes away is nobody’s outage, and what it stopped is started again', async () => {
    const far = await proxied()
    await range.close()
    range = openFixture(far.docker, exerciseId, spec)
    expect(await range.adopt(['est'])).toEqual([])
    expect(await range.runJourney('est', 'desk', 'read')).toMatchObject({ outcome: 'pass' })
    await far.cut()
    for (const service of ['desk', 'store', 'probe'])
      await docker.getContainer(`kilp-${exerciseId}-est-${service}`).kill()
    expect(await range.runJourney('est', 'desk', 'read')).toMatchObject({
      outcome: 'fault',
      verdict: 'unknown',
    })
    await far.mend()
    const seen = new Set<string>()
    const passes = async () => {
      const { outcome } = await range.runJourney('est', 'desk', 'alive')
      seen.add(outcome)
      return outcome === 'pass' ? true : undefined
    }
    expect(await until(60_000, passes)).toBe(true)
    expect(seen).not.toContain('fail')
    await range.close()
    await far.cut()
  })
  test('an enclave that lacks a container is named', async () => {
    await docker.getContainer(`kilp-${exerciseId}-est-store`).remove({ force: true })
    await range.close()
    range = openFixture(docker, exerciseId, spec)
    expect(await range.adopt(['est', 'ltu'])).toEqual(['est', 'ltu'])
  })
})

describe('the sweep', () => {
  const make = async (name: string, labels: Readonly<Record<string, string>>) => {
    await docker.createContainer({ name, Image: where.image, Cmd: ['true'], Labels: { ...labels } })
    await docker.createNetwork({ Name: name, Labels: { ...labels }, Internal: true })
  }
  const there = async (name: string) => {
    const containers = await docker.listContainers({ all: true, filters: { name: [name] } })
    const networks = await docker.listNetworks({ filters: { name: [name] } })
    return [containers.length, networks.length]
  }
  const drop = async (name: string) => {
    await docker.getContainer(name).remove({ force: true })
    await docker.getNetwork(name).remove()
  }

  test('removes what no exercise of this installation owns, and nothing else', async () => {
    const lost = `kilp-lost-${process.pid}`
    const strange = `stranger-${process.pid}`
    const neighbour = `kilp-neighbour-${process.pid}`
    await make(lost, { kilp: `lost-${process.pid}`, 'kilp.home': home })
    await make(strange, { purpose: 'not ours' })
    await make(neighbour, { kilp: `neighbour-${process.pid}`, 'kilp.home': `${home}-other` })
    try {
      const removed = await sweep(docker, { home, keep: [exerciseId] })
      expect(removed).toMatchObject({ containers: 1, networks: 1 })
      expect(await there(lost)).toEqual([0, 0])
      expect(await there(strange)).toEqual([1, 1])
      expect(await there(neighbour)).toEqual([1, 1])
      expect(await there(`kilp-${exerciseId}-est-desk`)).toEqual([1, 0])
      await range.close()
      await sweep(docker, { home, keep: [] })
      expect(await there(`kilp-${exerciseId}`)).toEqual([0, 0])
    } finally {
      await drop(strange)
      await drop(neighbour)
    }
  })
})
