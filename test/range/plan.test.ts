import { describe, expect, test } from 'vitest'
import { PROBE_ADDRESSES } from '../../server/range/enclave/deploy-plan.ts'
import { earOptions } from '../../server/range/enclave/ear.ts'
import { containerOptions, networkOptions } from '../../server/range/enclave/execute.ts'
import { BASE_CAPABILITIES, levels, type PlanInput, planDeploy } from '../../server/range/enclave/plan.ts'
import { fixtureSpec, service } from './fixtures/spec.ts'

const input = (change: Partial<PlanInput> = {}): PlanInput => ({
  exerciseId: 'x1',
  home: 'h',
  seed: 's',
  teams: ['est', 'lva'],
  services: fixtureSpec().services,
  images: { desk: 'kilp-desk:1', store: 'kilp-store:1', probe: 'kilp-probe:1', sensor: 'kilp-sensor:1' },
  subnets: ['10.201.0.0/24', '10.201.1.0/24', '10.201.2.0/24', '10.201.3.0/24'],
  ...change,
})

describe('deploy plan', () => {
  const plan = planDeploy(input())
  test('has two internal networks for each team, on bridges that the host rule covers', () => {
    expect(plan.networks.map((one) => [one.name, one.subnet, one.gateway])).toEqual([
      ['kilp-x1-est-public', '10.201.0.0/24', '10.201.0.1'],
      ['kilp-x1-est-state', '10.201.1.0/24', '10.201.1.1'],
      ['kilp-x1-lva-public', '10.201.2.0/24', '10.201.2.1'],
      ['kilp-x1-lva-state', '10.201.3.0/24', '10.201.3.1'],
    ])
    const bridges = plan.networks.map((one) => one.bridge)
    expect(new Set(bridges).size).toBe(4)
    for (const bridge of bridges) expect(bridge).toMatch(/^kilp-.{1,10}$/)
    for (const one of plan.networks)
      expect(networkOptions(one)).toMatchObject({ Internal: true, EnableIPv6: false })
  })
  test('starts probes first, then what is needed before what needs it', () => {
    expect(plan.containers.map((one) => one.name)).toEqual([
      'kilp-x1-est-probe',
      'kilp-x1-lva-probe',
      'kilp-x1-est-store',
      'kilp-x1-lva-store',
      'kilp-x1-est-desk',
      'kilp-x1-lva-desk',
    ])
  })
  test('tells every service who collects its log, by the name it has, or that nobody does', () => {
    const told = (one: typeof plan) =>
      one.containers
        .filter(({ service }) => service !== 'probe' && service !== 'sensor')
        .map(({ env }) => env.KILP_COLLECTOR)
    expect(told(plan)).toEqual(['', '', '', ''])
    expect(told(planDeploy(input({ services: fixtureSpec({}, { collector: true }).services })))).toEqual(
      Array(4).fill('store'),
    )
  })
  test('an enclave with a log collector has a sensor, which knows services by name and nobody of the probe', () => {
    const { containers, networks } = planDeploy(
      input({ services: fixtureSpec({}, { collector: true }).services }),
    )
    const of = (service: string) => containers.filter((one) => one.team === 'est' && one.service === service)
    const [sensor] = of('sensor')
    const [store] = of('store')
    const [probe] = of('probe')
    if (!sensor || !store || !probe) throw new Error('not planned')
    expect(containers.filter(({ service }) => service === 'sensor')).toHaveLength(2)
    expect(sensor.env.KILP_COLLECTOR_ADDRESS).toBe(store.attachments[0]?.address)
    expect(store.hosts.sensor).toBe(sensor.attachments[0]?.address)
    expect(of('desk')[0]?.hosts.sensor).toBeUndefined()
    const known = (sensor.env.KILP_NAMES ?? '').split(' ').map((one) => one.split('='))
    expect(known.map(([, name]) => name)).toEqual(['desk', 'desk', 'store'])
    const ofProbe = [
      ...probe.attachments.map(({ address }) => address),
      ...(probe.env.KILP_ADDRESSES ?? '').split(',').map((cidr) => cidr.split('/')[0]),
    ]
    expect(known.filter(([address]) => ofProbe.includes(address ?? ''))).toEqual([])
    // Nothing of the team, no secret, no right: what it reads is hostile.
    expect(Object.keys(sensor.env)).toEqual(['KILP_COLLECTOR_ADDRESS', 'KILP_NAMES', 'KILP_EARS'])
    expect(sensor.capabilities).toEqual([])
    expect(containerOptions(sensor).HostConfig).toMatchObject({
      ...{ ReadonlyRootfs: true, IpcMode: 'shareable' },
      ShmSize: 1024 * 1024,
    })
    const ear = earOptions({ exerciseId: 'x1', home: 'h' }, sensor, sensor.image, networks)
    const bridges = networks.filter(({ team }) => team === 'est').map(({ bridge }) => bridge)
    expect(ear.Cmd?.slice(-5)).toEqual([
      sensor.env.KILP_COLLECTOR_ADDRESS,
      'public',
      bridges[0],
      'state',
      bridges[1],
    ])
    expect(ear.Labels).toMatchObject({ kilp: 'x1', 'kilp.team': 'est', 'kilp.home': 'h' })
    expect(planDeploy(input()).containers.some(({ service }) => service === 'sensor')).toBe(false)
  })
  test('labels everything with exercise, team and service', () => {
    expect(plan.containers[2]?.labels).toEqual({
      kilp: 'x1',
      'kilp.team': 'est',
      'kilp.home': 'h',
      'kilp.service': 'store',
    })
    expect(plan.networks[0]?.labels).toMatchObject({
      kilp: 'x1',
      'kilp.team': 'est',
      'kilp.network': 'public',
    })
  })
  test('gives each service its networks, a name that others know, and addresses that nobody else has', () => {
    const desk = plan.containers.find((one) => one.name === 'kilp-x1-est-desk')
    const [open, inner] = desk?.attachments ?? []
    expect([open?.network, inner?.network]).toEqual(['kilp-x1-est-public', 'kilp-x1-est-state'])
    const probe = plan.containers[0]
    const own = plan.containers.flatMap((one) => one.attachments.map((at) => at.address))
    const extra = (probe?.env.KILP_ADDRESSES ?? '').split(',').map((cidr) => cidr.split('/')[0])
    expect(extra).toHaveLength(2 * PROBE_ADDRESSES)
    const all = [...own, ...extra]
    expect(new Set(all).size).toBe(all.length)
    expect(probe?.env.KILP_NETWORKS).toBe('10.201.0.0/24,10.201.1.0/24')
    const store = plan.containers.find((one) => one.name === 'kilp-x1-est-store')
    const inside = { desk: inner?.address, store: store?.attachments[0]?.address }
    expect(store?.hosts).toEqual(inside)
    expect(desk?.hosts).toEqual(inside)
    const operators = { 'desk.inner': inside.desk, 'store.inner': inside.store }
    expect(probe?.hosts).toEqual({ ...inside, desk: open?.address, ...operators })
  })
  test('gives enclaves different secrets, and the same ones after a restart of the platform', () => {
    const env = (plan: ReturnType<typeof planDeploy>, team: string) =>
      plan.containers.find((one) => one.name === `kilp-x1-${team}-desk`)?.env
    expect(env(plan, 'est')).toEqual(env(planDeploy(input()), 'est'))
    for (const name of ['KEY', 'CARD_CA', 'KILP_SEED'])
      expect(env(plan, 'est')?.[name]).not.toBe(env(plan, 'lva')?.[name])
    expect(env(plan, 'est')?.KILP_SEED).not.toBe('s')
    expect(JSON.stringify(env(plan, 'est'))).not.toContain('{{')
  })
  test('holds every container to limits and to the capabilities that it names', () => {
    const services = [service('store', { capabilities: ['NET_RAW'], memoryMiB: 64, cpus: 0.25, pids: 32 })]
    const subnets = input().subnets.slice(0, 2)
    const only = planDeploy(input({ services, teams: ['est'], subnets }))
    const [probe, store] = only.containers
    if (!probe || !store) throw new Error('two containers expected')
    const options = containerOptions(store)
    expect(options.HostConfig).toMatchObject({
      CapDrop: ['ALL'],
      CapAdd: [...BASE_CAPABILITIES, 'NET_RAW'],
      SecurityOpt: ['no-new-privileges'],
      PidsLimit: 32,
      Memory: 64 * 1024 * 1024,
      MemorySwap: 64 * 1024 * 1024,
      NanoCpus: 250_000_000,
      Dns: ['127.0.0.1'],
    })
    expect(options.HostConfig?.Binds).toBeUndefined()
    expect(options.HostConfig?.Privileged).toBeUndefined()
    expect(options.OpenStdin).toBe(false)
    expect(containerOptions(probe).HostConfig?.CapAdd).toEqual(['NET_ADMIN'])
    expect(containerOptions(probe).OpenStdin).toBe(true)
  })
  test('asks for the engine’s own health check less often when there are many containers', () => {
    const interval = (teams: number) => {
      const names = Array.from({ length: teams }, (_, index) => `t${index}`)
      const subnets = names.flatMap((_, index) => [`10.1.${index}.0/24`, `10.2.${index}.0/24`])
      return planDeploy(input({ teams: names, subnets })).containers[0]?.healthEveryMs
    }
    expect(interval(1)).toBe(30_000)
    expect(interval(100)).toBe(3_000_000)
  })
  test('names what is missing', () => {
    expect(() => planDeploy(input({ images: {} }))).toThrow('no image for desk')
    expect(() => planDeploy(input({ subnets: ['10.201.0.0/24'] }))).toThrow('no subnet planned for est/state')
  })
})

describe('levels of need', () => {
  test.each([
    ['a chain', { a: ['b'], b: ['c'], c: [] }, { a: 2, b: 1, c: 0 }],
    ['a diamond', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, { a: 2, b: 1, c: 1, d: 0 }],
    ['something unknown', { a: ['nowhere'] }, { a: 0 }],
  ])('%s', (_, needs, expected) => {
    const services = Object.entries(needs).map(([id, list]) => service(id, { needs: list }))
    expect(Object.fromEntries(levels(services))).toEqual(expected)
  })
  test('a cycle ends', () => {
    const services = [service('a', { needs: ['b'] }), service('b', { needs: ['a'] })]
    expect(Math.max(...levels(services).values())).toBeLessThan(2)
  })
})
