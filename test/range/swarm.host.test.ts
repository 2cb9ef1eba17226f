import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../server/engine/sha256.ts'
import type { IsolationCheck } from '../../server/exercise/ledger/events.ts'
import { engineOf } from '../../server/lab/engine-process.ts'
import { lookAtLab, makeLab, plug, powerOff, powerOn } from '../../server/lab/lab.ts'
import { ownRoutes, run } from '../../server/lab/machine.ts'
import { chooseNetwork } from '../../server/lab/network.ts'
import { type LabNode, nodeOf, planLab } from '../../server/lab/plan.ts'
import { removeLab } from '../../server/lab/remove.ts'
import { inside } from '../../server/lab/wiring.ts'
import { execIn } from '../../server/range/engine-api/exec.ts'
import { cacheBeside } from '../../server/range/images/base-image.ts'
import { ensureImages } from '../../server/range/images/images.ts'
import { holdsPlace, placesOf } from '../../server/range/swarm/keepers.ts'
import { spreadImages } from '../../server/range/swarm/spread.ts'
import { engine as ownEngine } from './fixtures/open.ts'
import { fixtureSpec, infra } from './fixtures/spec.ts'
import { type Drive, openDrive } from './swarm/drive.ts'

const PORT = 4_620
const GONE_WITHIN_MS = 6_000
const folder = resolve(import.meta.dirname, `../../.kilp/lab-swarm-${process.pid}`)
const plan = planLab(folder, chooseNetwork(undefined, null, await ownRoutes()), 2)
const [n1, n2] = [nodeOf(plan, 'n1'), nodeOf(plan, 'n2')]
const options = {
  ...{ exerciseId: `sw${process.pid}`, home: `swarm-${process.pid}`, port: PORT },
  folder: join(folder, 'swarm'),
}
const teams = ['est', 'lva']

let drive: Drive
let base: string
let proofs: Record<string, readonly IsolationCheck[]>
/** Team by node, as they were placed at first. */
const teamOn: Record<string, string> = {}
const there = (node: LabNode) => teamOn[node.name] ?? ''

const filters = { label: [`kilp=${options.exerciseId}`] }
const containersOn = async (node: LabNode) =>
  (await (await engineOf(node)).listContainers({ all: true, filters })).map(
    ({ Labels, Names, Id, State }) => ({
      ...{ id: Id, name: Names[0]?.slice(1) ?? '', state: State },
      ...{ team: Labels['kilp.team'], service: Labels['kilp.service'] },
    }),
  )
const teamsOn = async (node: LabNode) =>
  [...new Set((await containersOn(node)).map(({ team }) => team))].filter((team) =>
    teams.includes(team ?? ''),
  )

/** What is now in a team's sources, by path. */
const sourcesOf = async (team: string) =>
  (await drive.ask('sources', team)) as Readonly<Record<string, { readonly text: string }>>

beforeAll(async () => {
  const own = await ownEngine()
  const images = await ensureImages(
    own,
    { infra, cache: cacheBeside(infra), services: fixtureSpec().services },
    () => {},
  )
  base = images.base
  await makeLab(plan, () => {})
  const receiver = async (node: LabNode) => ({ name: node.name, docker: await engineOf(node) })
  await spreadImages(own, [await receiver(n1)], [images.base, ...Object.values(images.tags)], () => {})
  // The agents are the first that need it; all else Kilp brings there by itself.
  await spreadImages(own, [await receiver(n2)], [images.base], () => {})
  drive = openDrive(plan, options)
  proofs = (await drive.ask('deploy', teams)) as typeof proofs
  for (const node of plan.nodes) teamOn[node.name] = (await teamsOn(node))[0] ?? ''
})
afterAll(async () => {
  await drive?.close()
  await removeLab(folder)
})

test('two teams are spread over two nodes, each enclave whole, with its own proof and what its machine has', async () => {
  expect(Object.values(teamOn).toSorted()).toEqual(teams)
  for (const node of plan.nodes) {
    const its = (await containersOn(node)).filter(({ team }) => teams.includes(team ?? ''))
    expect(its.map(({ team, service, state }) => `${team}/${service} ${state}`).toSorted()).toEqual(
      ['desk', 'probe', 'store'].map((service) => `${there(node)}/${service} running`),
    )
  }
  const all = Object.entries(proofs)
  expect(all.map(([team]) => team).toSorted()).toEqual(teams)
  for (const [, checks] of all) {
    expect(checks.filter(({ ok }) => !ok)).toEqual([])
    expect(checks.filter(({ name }) => name === 'probe: other enclaves out of reach')).toHaveLength(1)
  }
  const machines = await Promise.all(teams.map((team) => drive.ask('capacity', team)))
  expect(new Set(machines.map(({ id }) => id)).size).toBe(2)
  expect(await drive.ask('carries')).toBeGreaterThan(0)
})

describe.each(plan.nodes.map((node) => [node.name, node] as const))('on %s', (_, node) => {
  test('journeys and attacks run', async () => {
    expect(await drive.ask('journey', there(node), 'desk/read')).toMatchObject({
      outcome: 'pass',
      verdict: 'up',
    })
    expect(await drive.ask('exploit', there(node), 'desk/open-notes')).toMatchObject({ outcome: 'pass' })
  })
  test('a terminal shows what is typed there, and a program reads to the end of its input', async () => {
    const team = there(node)
    expect(
      await drive.ask('terminal', team, 'echo typed-$((40+2)) on $(hostname)\r', 'typed-42 on desk'),
    ).toBeTruthy()
    const program = await drive.ask('program', team, 'tr a-z A-Z; exit 7', 'half open\n')
    expect(program).toEqual({ status: 7, out: 'HALF OPEN\n' })
  })
  test('sources are read and written, and not over what somebody else has written', async () => {
    const team = there(node)
    const seen = await sourcesOf(team)
    const text = seen['main.ts']?.text ?? ''
    expect(text).toContain('debug')
    const mine = text.replace('welcome', `welcome to ${node.name}`)
    expect(await drive.ask('write', team, 'main.ts', mine, sha256(text))).toEqual({ ok: true })
    expect(await drive.ask('write', team, 'main.ts', 'x', sha256(text))).toMatchObject({ why: 'changed' })
    await drive.ask('restart', team, 'desk')
    const alive = async () => (await drive.ask('journey', team, 'desk/alive')).outcome
    await expect.poll(alive, { timeout: 60_000 }).toBe('pass')
  })
  test('traffic is recorded', async () => {
    expect(await drive.ask('capture', there(node))).toEqual({ magic: 'd4c3b2a1', visit: true })
  })
  test('a service that is killed is heard of, and again when it starts', async () => {
    const team = there(node)
    const of = (happened: string) =>
      drive.heard.container.filter(
        (one) => one.team === team && one.service === 'store' && one.happened === happened,
      )
    const before = of('started').length
    await (await engineOf(node)).getContainer(`kilp-${options.exerciseId}-${team}-store`).kill()
    await expect.poll(() => of('died'), { timeout: 20_000 }).toMatchObject([{ exitCode: 137, oom: false }])
    await drive.ask('restart', team, 'store')
    await expect.poll(() => of('started').length, { timeout: 20_000 }).toBeGreaterThan(before)
  })
})

describe('nobody else', () => {
  /** What each address answers on each port within two seconds, tried by a bare client: `connected`, or why not. */
  const TRY = `
const net = require('node:net')
const [list, ...ports] = process.argv.slice(1)
const one = (host, port) => new Promise((done) => {
  const socket = net.connect({ host, port: Number(port) })
  const end = (said) => { socket.destroy(); done([host + ':' + port, said]) }
  socket.on('connect', () => end('connected')).on('error', ({ code }) => end(code)).setTimeout(2000, () => end('silence'))
})
Promise.all(list.split(',').flatMap((host) => ports.map((port) => one(host, port)))).then((all) => console.log(JSON.stringify(all)))`
  const addressesOn = async (node: LabNode) => {
    const docker = await engineOf(node)
    const all = (await containersOn(node)).map(async ({ id, team }) => {
      const { NetworkSettings } = await docker.getContainer(id).inspect()
      return Object.values(NetworkSettings.Networks).flatMap(({ IPAddress: address }) =>
        address ? [{ node, team, address }] : [],
      )
    })
    return (await Promise.all(all)).flat()
  }
  const addresses = [...plan.nodes, plan.platform].map(({ address }) => address)
  const reached = (said: string) =>
    (JSON.parse(said) as readonly (readonly [string, string])[]).flatMap(([at, what]) =>
      // A refusal is an answer too.
      ['connected', 'ECONNREFUSED', 'ECONNRESET'].includes(what) ? [at] : [],
    )
  const PORTS = [`${PORT}`, '2377', '7946']

  /** The own probe has many more than the engine knows of, drawn by chance: one of them may be an address on the other node, too. */
  const probeAddresses = async (node: LabNode, team: string) => {
    const probe = (await containersOn(node)).find((one) => one.team === team && one.name.endsWith('-probe'))
    const { stdout } = await execIn(await engineOf(node), {
      container: probe?.id ?? '',
      command: ['sh', '-c', "ip -o -4 addr | awk '{ print $4 }' | cut -d/ -f1"],
      deadlineMs: 10_000,
    })
    return stdout.split('\n').filter((line) => line !== '')
  }

  test('in a container of any enclave reaches a node, its agent, its Swarm or another enclave', async () => {
    // What is tried can be reached: from where the platform is, both agents and the manager answer.
    const seen = reached(
      await run(
        inside(plan.platform.namespace, [process.execPath, '-e', TRY, addresses.join(','), ...PORTS]),
      ),
    )
    expect(seen).toEqual(
      expect.arrayContaining([`${n1.address}:${PORT}`, `${n2.address}:${PORT}`, `${n1.address}:2377`]),
    )
    const containers = (await Promise.all(plan.nodes.map(addressesOn))).flat()
    let tried = 0
    for (const node of plan.nodes)
      for (const { id, name, team } of await containersOn(node)) {
        if (!teams.includes(team ?? '')) continue
        // Each node gives addresses by itself, so that one here may be one there too: it leads to the own one then.
        const own = [
          ...containers.filter((one) => one.node === node && one.team === team).map((one) => one.address),
          ...(await probeAddresses(node, team ?? '')),
        ]
        const foreign = containers.map((one) => one.address).filter((address) => !own.includes(address))
        const targets = [...new Set([...addresses, ...foreign])]
        const { stdout, stderr } = await execIn(await engineOf(node), {
          container: id,
          command: ['node', '-e', TRY, targets.join(','), ...PORTS, '80'],
          deadlineMs: 30_000,
        })
        if (!stdout) throw new Error(`${name}: ${stderr}`)
        expect([name, reached(stdout)]).toEqual([name, []])
        tried += targets.length - addresses.length
      }
    expect(tried).toBeGreaterThan(0)
  })

  test('is answered by an agent without a certificate of this installation, though it reaches the port', async () => {
    const ASK = `
const socket = require('node:tls').connect({ host: process.argv[1], port: ${PORT}, rejectUnauthorized: false })
socket.on('data', (said) => { console.log('said ' + said); process.exit() }).on('error', ({ code }) => { console.log(code); process.exit() }).on('close', () => { console.log('closed'); process.exit() })
socket.write('GET /_ping HTTP/1.1\\r\\nhost: x\\r\\n\\r\\n')`
    for (const { address } of plan.nodes)
      expect(
        (await run(inside(plan.platform.namespace, [process.execPath, '-e', ASK, address]))).trim(),
      ).toBe('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')
  })

  test('gains by breaking into an agent more than the engine’s socket: no capability, no write', async () => {
    for (const node of plan.nodes) {
      const docker = await engineOf(node)
      const label = [`com.docker.swarm.service.name=kilp-agent-${options.home}`]
      const [agent, ...more] = await docker.listContainers({ filters: { label } })
      expect(more).toEqual([])
      const container = agent?.Id ?? ''
      const { HostConfig } = await docker.getContainer(container).inspect()
      expect(HostConfig).toMatchObject({ ReadonlyRootfs: true, Privileged: false, CapDrop: ['ALL'] })
      const { stdout } = await execIn(docker, {
        container,
        command: ['sh', '-c', 'grep CapEff /proc/1/status; touch /srv/x 2>&1; ls -l /run/secrets'],
        deadlineMs: 10_000,
      })
      expect(stdout).toMatch(/CapEff:\s0{16}\n/)
      expect(stdout).toContain('Read-only file system')
      expect(stdout).toMatch(/-r-------- .* agent-key\.pem/)
    }
  })
})

describe('a node', () => {
  const journeyOn = (node: LabNode) => drive.ask('journey', there(node), 'desk/alive')
  const saved = (team: string) => join(options.folder, 'saved', options.exerciseId, team, 'desk.tar.gz')

  test('that is cut off is not known within seconds, while the other goes on; joined again all is as it was', async () => {
    const containers = async () => (await containersOn(n2)).map(({ id }) => id).toSorted()
    const before = await containers()
    // What is lost with it for good must have been saved; that takes up to a minute from the writing.
    await expect.poll(() => existsSync(saved(there(n2))), { timeout: 75_000 }).toBe(true)
    drive.heard.machine.length = 0
    await plug(plan, n2, false)
    const cut = performance.now()
    const said = await journeyOn(n2)
    expect(performance.now() - cut).toBeLessThan(GONE_WITHIN_MS)
    expect(said).toMatchObject({ outcome: 'fault', verdict: 'unknown' })
    expect(JSON.stringify(said.evidence)).toContain('n2')
    await expect
      .poll(() => drive.heard.machine)
      .toMatchObject([{ name: 'n2', away: true, teams: [there(n2)] }])
    expect(await journeyOn(n1)).toMatchObject({ outcome: 'pass' })
    const asked = performance.now()
    expect(await journeyOn(n2)).toMatchObject({ outcome: 'fault' })
    expect(performance.now() - asked).toBeLessThan(1_000)

    // Swarm ends there what it placed there, and holds the room of the enclave for free until its place is taken again.
    const swarm = async () => (await lookAtLab(plan)).map((look) => look.swarm)
    await expect.poll(swarm, { timeout: 60_000 }).toEqual(['ready', 'down'])
    const holds = async () => holdsPlace(await engineOf(n1), options.exerciseId, there(n2))
    await expect.poll(holds).toBe(false)
    await plug(plan, n2, true)
    await expect.poll(() => drive.heard.machine.at(-1)?.away, { timeout: 30_000 }).toBe(false)
    await expect.poll(holds, { timeout: 60_000 }).toBe(true)
    await expect.poll(async () => (await journeyOn(n2)).outcome, { timeout: 60_000 }).toBe('pass')
    expect(await containers()).toEqual(before)
  })

  test('that is away when the platform starts again is taken up when it is back, and the other at once', async () => {
    await plug(plan, n2, false)
    await drive.close()
    drive = openDrive(plan, options)
    // As a platform begins. Swarm still calls it ready.
    await drive.ask('sweep')
    expect(await drive.ask('adopt', teams)).toEqual([])
    expect(await journeyOn(n1)).toMatchObject({ outcome: 'pass' })
    expect(await journeyOn(n2)).toMatchObject({ outcome: 'fault' })
    await plug(plan, n2, true)
    await expect.poll(async () => (await journeyOn(n2)).outcome, { timeout: 60_000 }).toBe('pass')
  })

  test('that is gone for good leaves its team to another, with its changed sources', async () => {
    const team = there(n2)
    const placed = await placesOf(await engineOf(n1), options.exerciseId)
    expect(new Set(placed.values()).size).toBe(2)
    await powerOff(plan, n2)
    await expect.poll(() => drive.heard.machine.at(-1)?.away, { timeout: 15_000 }).toBe(true)
    // Swarm still calls it ready, which nobody waits for.
    expect((await lookAtLab(plan)).map(({ swarm }) => swarm)).toEqual(['ready', 'ready'])
    // On the only other machine something is in the way of it.
    const name = `kilp-${options.exerciseId}-${team}-store`
    const other = await (await engineOf(n1)).createContainer({ name, Image: base, Cmd: ['true'] })
    await expect(drive.ask('move', team)).rejects.toThrow(name)
    expect([await teamsOn(n1), await placesOf(await engineOf(n1), options.exerciseId)]).toEqual([
      [there(n1)],
      placed,
    ])
    expect(await journeyOn(n2)).toMatchObject({ outcome: 'fault' })
    await other.remove()
    const moved = await drive.ask('move', team)
    expect(moved).toMatchObject({ name: 'n1', changes: [{ service: 'desk', savedWall: expect.any(Number) }] })
    expect((await teamsOn(n1)).toSorted()).toEqual(teams)
    const now = await placesOf(await engineOf(n1), options.exerciseId)
    expect([now.size, new Set(now.values())]).toEqual([2, new Set([placed.get(there(n1))])])
    await expect
      .poll(async () => (await drive.ask('journey', team, 'desk/read')).outcome, { timeout: 60_000 })
      .toBe('pass')
    expect((await sourcesOf(team))['main.ts']?.text).toContain('welcome to n2')
    const { out } = await drive.ask(
      'program',
      team,
      'curl -s http://localhost/; cd /srv/app; git log --format=%s; stat -c %U src/main.ts',
      '',
    )
    expect(out).toBe('welcome to n2As delivered\nroot\n')
    expect((await drive.ask('capacity', team)).id).toBe((await drive.ask('capacity', there(n1))).id)
  })

  test('that comes back after all keeps nothing of the team that was moved', async () => {
    await powerOn(plan, n2)
    await expect.poll(() => teamsOn(n2), { timeout: 60_000 }).toEqual([])
    expect((await teamsOn(n1)).toSorted()).toEqual(teams)
  })
})

describe('the end', () => {
  const left = async () => {
    const manager = await engineOf(n1)
    const of = async (node: LabNode) => {
      const docker = await engineOf(node)
      const label = ['kilp', `kilp.home=${options.home}`]
      return [
        ...(await docker.listContainers({ all: true, filters: { label } })).map(
          ({ Names }) => Names[0] ?? '',
        ),
        ...(await docker.listNetworks({ filters: { label } })).map(({ Name }) => Name),
      ]
    }
    const label = [`kilp.home=${options.home}`]
    return {
      nodes: (await Promise.all(plan.nodes.map(of))).flat(),
      services: (await manager.listServices({ filters: { label } })).map(({ Spec }) => Spec?.Name),
      secrets: (await manager.listSecrets({ filters: { label } })).length,
      configs: (await manager.listConfigs({ filters: { label } })).length,
    }
  }
  test('of an exercise leaves nothing but the agents on any node', async () => {
    expect((await left()).nodes.length).toBeGreaterThan(6)
    await drive.ask('destroy')
    const agents = { services: [`kilp-agent-${options.home}`], secrets: 3, configs: 1 }
    expect(await left()).toEqual({ nodes: [], ...agents })
    expect(existsSync(join(options.folder, 'saved', options.exerciseId))).toBe(false)
  })
  test('of an installation leaves not even these', async () => {
    expect(await drive.ask('clear')).toMatchObject({ away: [] })
    expect(await left()).toEqual({ nodes: [], services: [], secrets: 0, configs: 0 })
    const agents = async (node: LabNode) =>
      (await (await engineOf(node)).listContainers({ all: true })).map(({ Names }) => Names[0])
    for (const node of plan.nodes) await expect.poll(() => agents(node), { timeout: 30_000 }).toEqual([])
  })
})
