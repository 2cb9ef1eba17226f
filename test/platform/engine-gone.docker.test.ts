import { rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { endpoints } from '../../server/range/engine-api/endpoints.ts'
import { dataFolder, type KilpProcess, runKilp, startKilp, until } from './kilp-process.ts'
import { shortScenario } from './short-scenario.ts'

/** A door to the real engine that can be shut: every open stream breaks and new ones are refused. */
function openDoor(path: string, engine: string) {
  const streams = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(engine)
    for (const socket of [near, far]) {
      streams.add(socket)
      socket.on('close', () => streams.delete(socket))
      socket.on('error', () => {})
    }
    near.pipe(far).pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  const open = () => new Promise<void>((ready) => server.listen(path, ready))
  const shut = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      for (const socket of streams) socket.destroy()
      rmSync(path, { force: true })
    })
  return { open, shut }
}

const data = dataFolder()
const socket = join(data.folder, 'engine.sock')
const engine = endpoints(process.env, process.env.HOME ?? '/')
  .map(({ host }) => host)
  .find((host) => host.startsWith('unix://'))
const door = openDoor(socket, engine?.slice(7) ?? '/var/run/docker.sock')
const env = { DOCKER_HOST: `unix://${socket}` }
let kilp: KilpProcess | undefined

afterAll(async () => {
  await kilp?.end('SIGTERM')
  await door.shut()
  data.remove()
})

test('an engine that is gone at the start gives one clear message', async () => {
  const result = await runKilp(data.folder, ['up', '--port', '0'], {
    DOCKER_HOST: `unix://${join(data.folder, 'nobody.sock')}`,
  })
  expect(result.code).toBe(1)
  expect(result.stderr).toMatch(/No container engine answers/)
  expect(result.stderr).not.toMatch(/\n {4}at /)
})

test('an engine that goes away in the middle is our fault, not the team’s, and the exercise goes on when it is back', async () => {
  await door.open()
  const scenario = shortScenario(data.folder, {
    duration: '10m',
    pilots: ['absent'],
    attacks: [{ id: 'late', at: '9m50s', weakness: 'population/name-search-injection' }],
  })
  kilp = await startKilp(data.folder, ['--scenario', scenario], env)
  const running = kilp
  await until('running', 240_000, async () => (await running.exercise()).phase === 'running')
  const white = (await running.seats()).find((seat) => seat.seat === 'white')?.token ?? ''
  const verdicts = async () =>
    (await running.exercise()).teams[0]?.services.map((service) => service.verdict) ?? []
  const unknown = (verdict: string) => verdict === 'unknown'
  // A busy machine may answer slowly; here it matters that there is an answer.
  const answers = (verdict: string) => verdict === 'up' || verdict === 'slow'
  await until('all answer', 150_000, async () => (await verdicts()).every(answers))
  const downs = async () =>
    (await running.ledger(white)).filter((e) => e.type === 'verdict.changed' && e.data.to === 'down').length
  const downsBefore = await downs()
  const lost = async () => {
    const score = (await running.exercise()).teams[0]?.score
    return (score?.possible ?? 0) - (score?.total ?? 0)
  }
  await door.shut()
  await until('all unknown', 60_000, async () => (await verdicts()).every(unknown))
  const before = await lost()
  await new Promise((done) => setTimeout(done, 5_000))
  // Unknown time counts neither for nor against the team.
  // Points are told in steps of 1/1024.
  expect(await lost()).toBeCloseTo(before, 2)
  await door.open()
  await until('all answer again', 150_000, async () => (await verdicts()).every(answers))
  expect(await downs()).toBe(downsBefore)
  await running.command(white, 'end-exercise', { reason: 'test' })
  expect(await running.end('SIGTERM')).toBe(0)
  kilp = undefined
})
