import { afterAll, expect, test } from 'vitest'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import { findEngine } from '../../server/range/engine-api/docker.ts'
import { runHelper } from '../../server/range/engine-api/helper.ts'
import { dataFolder, type KilpProcess, removeLeft, startKilp, until } from './kilp-process.ts'
import { shortScenario } from './short-scenario.ts'

const data = dataFolder()
let kilp: KilpProcess | undefined
let _exerciseId = ''

afterAll(async () => {
  await kilp?.end('SIGKILL')
  removeLeft(data.folder)
  data.remove()
})

test('a firewall that takes the host’s rule away in the middle of an exercise is answered within 5 s, and the ledger says so', async () => {
  const scenario = shortScenario(data.folder, {
    duration: '20m',
    pilots: ['absent'],
    attacks: [{ id: 'late', at: '19m50s', weakness: 'population/name-search-injection' }],
  })
  kilp = await startKilp(data.folder, ['--scenario', scenario])
  const running = kilp
  await until('running', 240_000, async () => (await running.exercise()).phase === 'running')
  const { id, teams } = await running.exercise()
  _exerciseId = id
  const seats = await running.seats()
  const token = (seat: string) => seats.find((one) => one.seat === seat)?.token ?? ''
  const told = async (seat: string) =>
    (await running.ledger(token(seat))).filter(({ type }) => type.startsWith('isolation.'))
  const of = async (type: Recorded['type']) => (await told('white')).filter((event) => event.type === type)

  const { docker } = await findEngine()
  const probe = await docker.getContainer(`kilp-${id}-${teams[0]?.id}-probe`).inspect()
  await runHelper(docker, {
    image: probe.Image,
    exerciseId: id,
    home: 'test',
    purpose: 'test',
    network: 'host',
    command: ['iptables', '-F', 'INPUT'],
    capabilities: ['NET_ADMIN', 'NET_RAW'],
  })
  const [lost] = await until('lost', 5_000, async () => {
    const events = await of('isolation.lost')
    return events.length > 0 && events
  })
  expect(lost?.data).toEqual({
    team: null,
    what: expect.stringMatching(/iptables: rule "INPUT -i kilp-\+ -j DROP" was gone/),
  })
  await until('restored', 60_000, async () => (await of('isolation.restored')).length > 0)
  // At the deploy, and anew.
  expect((await told('white')).map(({ type }) => type)).toEqual([
    'isolation.proven',
    'isolation.lost',
    'isolation.proven',
    'isolation.restored',
  ])
  expect((await running.exercise()).phase).toBe('running')
  expect((await told('observer')).map(({ type }) => type)).toEqual(['isolation.lost', 'isolation.restored'])
  expect(await told('blue')).toEqual([])
  expect(running.said()).toMatch(/NOT ISOLATED: iptables: rule/)
  await running.command(token('white'), 'end-exercise', { reason: 'test' })
  expect(await running.end('SIGTERM')).toBe(0)
  kilp = undefined
})
