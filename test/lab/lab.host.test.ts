import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { engineOf, runningPid } from '../../server/lab/engine-process.ts'
import { lookAtLab, makeLab, plug, powerOff, powerOn } from '../../server/lab/lab.ts'
import { namespacesOf, ownRoutes, run } from '../../server/lab/machine.ts'
import { chooseNetwork } from '../../server/lab/network.ts'
import { type LabNode, nodeOf, planLab } from '../../server/lab/plan.ts'
import { removeLab } from '../../server/lab/remove.ts'
import { readLab } from '../../server/lab/state.ts'
import { inside } from '../../server/lab/wiring.ts'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { execIn } from '../../server/range/engine-api/exec.ts'
import { ensureBase } from '../../server/range/images/base-image.ts'
import { engine as ownEngine, until } from '../range/fixtures/open.ts'
import { infra } from '../range/fixtures/spec.ts'
import { addressesOfMachine, networkOf, processesAbout, tracesOnMachine } from './fixtures/traces.ts'

const folder = resolve(import.meta.dirname, `../../.kilp/lab-test-${process.pid}`)
const network = chooseNetwork(undefined, null, await ownRoutes())
const plan = planLab(folder, network, 2)
const [n1, n2] = [nodeOf(plan, 'n1'), nodeOf(plan, 'n2')]
const half = planLab(`${folder}-half`, network, 3)
const later = planLab(`${folder}-later`, network, 1)
const traces = () => tracesOnMachine([plan, half, later].map(({ name }) => name))
const before = traces()
const told: string[] = []
let image: string
let manager: ContainerEngine

/** Calls each address on each port and tells those that answered. */
const CALL = `
const [addresses, port] = process.argv.slice(-2)
const call = (host) => new Promise((done) => {
  const socket = require('node:net').connect({ host, port: Number(port) })
  const end = (answered) => { socket.destroy(); done(answered ? [host] : []) }
  socket.on('connect', () => end(true)).on('error', () => end(false)).setTimeout(2000, () => end(false))
})
Promise.all(addresses.split(',').map(call)).then((all) => console.log(JSON.stringify(all.flat())))`
const call = (addresses: readonly string[], port: number) => [
  '-e',
  CALL,
  '--',
  addresses.join(','),
  `${port}`,
]

/** Answers with its host's name, on port 7000. */
const SERVE = `require('node:net').createServer((socket) => socket.on('error', () => {}).end(process.env.NODE_NAME)).listen(7000)`
/** Names of all that answer in the network `pair`. */
const ASK = `
require('node:dns').lookup('pair', { all: true }, (_, found = []) => found.forEach(({ address }) =>
  require('node:net').connect(7000, address).on('error', () => {}).setTimeout(2000, function () { this.destroy() }).on('data', (name) => console.log(String(name)))))`

beforeAll(async () => {
  const own = await ownEngine()
  image = await ensureBase(own, infra, '/nowhere', () => {})
  await makeLab(plan, (line) => told.push(line))
  manager = await engineOf(n1)
  for (const node of plan.nodes) {
    const loaded = await (await engineOf(node)).loadImage(await own.getImage(image).get())
    await new Promise((done, failed) => loaded.on('end', done).on('error', failed).resume())
  }
})
const children: ChildProcess[] = []
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await removeLab(folder)
})

const stateOf = async (node: LabNode) => (await lookAtLab(plan)).find((look) => look.node.name === node.name)
const tasksOn = async (node: LabNode) =>
  (
    await (
      await engineOf(node)
    ).listContainers({ filters: { label: ['com.docker.swarm.service.name=pair'] } })
  ).map(({ Id }) => Id)
async function said(node: LabNode, container: string, command: readonly string[]): Promise<string> {
  const { stdout } = await execIn(await engineOf(node), { container, command, deadlineMs: 20_000 })
  return stdout.trim()
}

test('two engines are a swarm of two nodes that are ready and labelled, each a machine of its own', async () => {
  expect(told.at(-1)).toBe('all nodes are ready, and labelled for the range')
  const nodes = await manager.listNodes()
  expect(nodes.map(({ Description }) => Description?.Hostname).toSorted()).toEqual(['n1', 'n2'])
  expect(nodes.map(({ Spec, Status }) => [Spec?.Labels, Status?.State])).toEqual(
    nodes.map(() => [{ 'kilp.range': 'true' }, 'ready']),
  )
  const infos = await Promise.all(plan.nodes.map(async (node) => (await engineOf(node)).info()))
  const own = await (await ownEngine()).info()
  expect(new Set([own, ...infos].map(({ ID }) => ID)).size).toBe(3)
  expect(infos.map(({ Driver, Swarm }) => [Driver, Swarm.NodeAddr])).toEqual(
    plan.nodes.map(({ address }) => ['overlay2', address]),
  )
  expect(await lookAtLab(plan)).toMatchObject([
    { plugged: true, swarm: 'ready', pid: expect.any(Number) },
    { plugged: true, swarm: 'ready', pid: expect.any(Number) },
  ])
  expect(readLab(folder)).toEqual({ plan, whole: true })
  await expect(makeLab(plan, () => {})).rejects.toThrow(/Another lab is just being made/)
})

describe('a service of one task on each node, with an internal network over both', () => {
  beforeAll(async () => {
    await manager.createNetwork({ Name: 'pair', Driver: 'overlay', Internal: true, Attachable: true })
    await manager.createService({
      Name: 'pair',
      Mode: { Global: {} },
      EndpointSpec: { Mode: 'dnsrr' },
      TaskTemplate: {
        ContainerSpec: {
          Image: image,
          Command: ['node', '-e', SERVE],
          Env: ['NODE_NAME={{.Node.Hostname}}'],
        },
        Networks: [{ Target: 'pair' }],
      },
    })
    const tasks = async () => [await tasksOn(n1), await tasksOn(n2)].map(({ length }) => length)
    await until(60_000, async () => ((await tasks()).every((count) => count === 1) ? true : undefined))
  })

  test('runs on both, and each reaches the other by the network and names it by its node', async () => {
    for (const [node, other] of [[n1, n2] as const, [n2, n1] as const]) {
      const [task = ''] = await tasksOn(node)
      await expect
        .poll(() => said(node, task, ['node', '-e', ASK]), { timeout: 30_000 })
        .toContain(other.name)
    }
  })

  test('no node and no container reaches an address of this machine, nor has a route to anywhere else', async () => {
    const heard: string[] = []
    const listener = createServer((socket) => {
      heard.push(socket.remoteAddress ?? '')
      socket.on('error', () => {}).destroy()
    })
    await once(listener.listen(0, '::'), 'listening')
    const { port } = listener.address() as AddressInfo
    const targets = addressesOfMachine()
    const reached = async (text: Promise<string>) => JSON.parse(await text)
    try {
      // What is shown below can be seen: from this machine itself all of them answer, and from a node another node.
      expect(await reached(run([process.execPath, ...call(targets, port)]))).toEqual(targets)
      expect(targets.length).toBeGreaterThan(0)
      heard.length = 0
      const other = spawn('nsenter', inside(n2.namespace, [process.execPath, '-e', SERVE]).slice(1))
      children.push(other)
      await expect
        .poll(() => reached(run(inside(n1.namespace, [process.execPath, ...call([n2.address], 7000)]))))
        .toEqual([n2.address])

      expect(await reached(run(inside(n1.namespace, [process.execPath, ...call(targets, port)])))).toEqual([])
      const [task = ''] = await tasksOn(n1)
      expect(await reached(said(n1, task, ['node', ...call(targets, port)]))).toEqual([])
      for (const NetworkMode of ['bridge', 'host']) {
        const container = await manager.createContainer({
          Image: image,
          Cmd: ['sleep', '60'],
          HostConfig: { NetworkMode, AutoRemove: true },
        })
        await container.start()
        expect(await reached(said(n1, container.id, ['node', ...call(targets, port)]))).toEqual([])
        await container.remove({ force: true })
      }
      expect(heard).toEqual([])
    } finally {
      listener.close()
    }
    for (const { namespace } of plan.nodes) {
      const routes = JSON.parse(await run(['ip', '-n', namespace, '-4', '-j', 'route'])) as {
        dev: string
        dst: string
      }[]
      expect(routes.filter(({ dev }) => dev === 'eth0').map(({ dst }) => dst)).toEqual([network])
      expect(routes.filter(({ dst }) => dst === 'default')).toEqual([])
      expect(await run(['ip', '-n', namespace, '-6', 'route', 'show', 'default'])).toBe('')
    }
    expect(await run(['ip', '-n', plan.switch, 'address', 'show', 'to', '0.0.0.0/0'])).toBe('')
    const [own, node] = ['self', runningPid(n1) ?? 0].map(networkOf)
    expect(node).not.toBe(own)
  })

  test('a node whose cable is out is down for the manager, goes on by itself, and is ready when it is back', async () => {
    expect(await plug(plan, n2, false)).toBe(true)
    expect(await plug(plan, n2, false)).toBe(false)
    await expect.poll(() => stateOf(n2), { timeout: 60_000 }).toMatchObject({ plugged: false, swarm: 'down' })
    expect(await stateOf(n1)).toMatchObject({ plugged: true, swarm: 'ready' })
    // Whoever has its socket still speaks with it: its engine and its task know of nothing.
    const [task = ''] = await tasksOn(n2)
    expect(await said(n2, task, ['hostname'])).not.toBe('')
    expect(await plug(plan, n2, true)).toBe(true)
    await expect.poll(() => stateOf(n2), { timeout: 60_000 }).toMatchObject({ plugged: true, swarm: 'ready' })
  })

  test('a node without power has no process left, and with power again its disk, its name and its place', async () => {
    const { ID } = await (await engineOf(n2)).info()
    expect(processesAbout(n2.folder).length).toBeGreaterThan(3)
    expect(await powerOff(plan, n2)).toBe(true)
    expect(processesAbout(n2.folder)).toEqual([])
    expect(await powerOff(plan, n2)).toBe(false)
    await expect.poll(() => stateOf(n2), { timeout: 60_000 }).toMatchObject({ pid: null, swarm: 'down' })
    expect(await stateOf(n1)).toMatchObject({ swarm: 'ready' })
    expect(await powerOn(plan, n2)).toBe(true)
    expect(await stateOf(n2)).toMatchObject({ pid: expect.any(Number), swarm: 'ready' })
    expect(await powerOn(plan, n2)).toBe(false)
    const again = await engineOf(n2)
    expect((await again.info()).ID).toBe(ID)
    expect((await again.getImage(image).inspect()).RepoTags).toContain(image)
    expect(await manager.listNodes()).toHaveLength(2)
  })
})

describe('a removal', () => {
  /** Of the lab of a folder nothing is left, and of the machine nothing is other than before. */
  async function nothingLeft(of: string) {
    expect(processesAbout(of)).toEqual([])
    expect(existsSync(of)).toBe(false)
    expect(await removeLab(of)).toEqual({ namespaces: 0, folder: false })
    const after = traces()
    expect(after.filter((line) => !before.includes(line))).toEqual([])
    expect(before.filter((line) => !after.includes(line))).toEqual([])
  }

  test('leaves no process, namespace, mount, rule, control group or folder', async () => {
    expect(traces().filter((line) => line.includes(plan.name)).length).toBeGreaterThan(3)
    const namespaces = (await namespacesOf(plan.name)).length
    expect(namespaces).toBeGreaterThan(plan.nodes.length)
    expect(await removeLab(folder)).toEqual({ namespaces, folder: true })
    await nothingLeft(folder)
  })

  test('of a lab whose making was killed half-way removes what there is', async () => {
    const make = `
      const { makeLab } = await import(${JSON.stringify(resolve(import.meta.dirname, '../../server/lab/lab.ts'))})
      await makeLab(${JSON.stringify(half)}, (line) => console.log(line))`
    const making = spawn(process.execPath, ['--input-type=module', '-e', make], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    for await (const line of making.stdout) if (String(line).includes('swarm begun')) making.kill('SIGKILL')
    expect(readLab(half.folder)).toEqual({ plan: half, whole: false })
    expect(processesAbout(half.folder).length).toBeGreaterThan(0)
    expect(await removeLab(half.folder)).toMatchObject({ folder: true })
    await nothingLeft(half.folder)
  })

  test('after a restart of the machine ends no process that has a node’s number by now', async () => {
    const [node] = later.nodes
    if (!node) throw new Error('no node')
    const other = spawn('sleep', ['600'])
    children.push(other)
    mkdirSync(node.folder, { recursive: true })
    writeFileSync(`${node.folder}/node.json`, JSON.stringify({ pid: other.pid, started: 'another-boot 1' }))
    expect(await removeLab(later.folder)).toEqual({ namespaces: 0, folder: true })
    await nothingLeft(later.folder)
    expect(readFileSync(`/proc/${other.pid}/comm`, 'utf8')).toBe('sleep\n')
  })
})
