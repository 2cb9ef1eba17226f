import { afterEach, expect, test } from 'vitest'
import { type NodeEngine, openNodeEngine } from '../../../server/range/engine-api/node-engine.ts'
import { openStandingNode, type StandingNode, someCredentials } from './standing-node.ts'

const GONE_WITHIN_MS = 6_000
const credentials = await someCredentials()

let node: StandingNode
let engine: NodeEngine
const heard: { readonly away: boolean; readonly at: number }[] = []
const open = async () => {
  heard.length = 0
  node = await openStandingNode(credentials)
  engine = openNodeEngine(node.address, credentials, (away) => heard.push({ away, at: performance.now() }))
}
afterEach(async () => {
  engine.close()
  await node.close()
})
const told = () => heard.map(({ away }) => away)
const why = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: Error) => error.message,
  )

test('a node that falls silent is given up within seconds, with all that is under way, and is there again when it answers', async () => {
  await open()
  const log = await engine.docker
    .getContainer('x')
    .logs({ follow: true, stdout: true })
    .then((stream) => stream.on('error', () => {}))
  const ended = new Promise<number>((done) => log.once('close', () => done(performance.now())))
  await expect.poll(() => node.asked.filter((one) => one.endsWith('/_ping')).length).toBeGreaterThan(0)
  expect([told(), engine.awaySince()]).toEqual([[], null])

  const cut = performance.now()
  const wall = Date.now()
  node.plug(false)
  const underWay = why(engine.docker.info())
  await expect.poll(told).toEqual([true])
  expect((heard[0]?.at ?? 0) - cut).toBeLessThan(GONE_WITHIN_MS)
  expect(await underWay).toBe('the machine at 127.0.0.1 does not answer')
  expect((await ended) - cut).toBeLessThan(GONE_WITHIN_MS)
  // Since it was asked in vain, not since that was certain.
  expect(Math.abs((engine.awaySince() ?? 0) - wall)).toBeLessThan(2_000)

  const asked = performance.now()
  expect(await why(engine.docker.info())).toBe('the machine at 127.0.0.1 does not answer')
  expect(performance.now() - asked).toBeLessThan(500)

  node.plug(true)
  await expect.poll(told, { timeout: 15_000 }).toEqual([true, false])
  expect(engine.awaySince()).toBeNull()
  expect(await why(engine.docker.info())).toBe('done')
})

test('one that refuses every connection is away at once, and stays so without being told again', async () => {
  await open()
  await node.close()
  await expect.poll(told).toEqual([true])
  await new Promise((wake) => setTimeout(wake, 2_500))
  expect(told()).toEqual([true])
})

test('closed, it asks nobody any more and tells nothing', async () => {
  await open()
  await expect.poll(() => node.asked.length).toBeGreaterThan(0)
  engine.close()
  const { length } = node.asked
  await new Promise((wake) => setTimeout(wake, 2_500))
  expect([node.asked.length, told()]).toEqual([length, []])
  expect(await why(engine.docker.info())).toMatch(/does not answer/)
})
