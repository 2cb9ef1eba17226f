import { get, type IncomingMessage } from 'node:http'
import { expect, it } from 'vitest'
import { openFakeRange } from '../engine/fake-range.ts'
import { openWorld, type SeatId, type World } from './fixture.ts'

const start = (world: World, seat: SeatId, team = 'red') =>
  world.fetch('/api/traffic', seat, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'kilp-person': 'Mari' },
    body: JSON.stringify({ team, service: 'tax' }),
  })

it('records for the own team and white, one at a time, as a fact with the name', async () => {
  const recorded = Promise.withResolvers<Uint8Array>()
  const world = await openWorld({
    range: { ...openFakeRange().range, captureTraffic: () => recorded.promise },
  })
  expect((await start(world, 'blue-sea')).status).toBe(403)
  expect((await start(world, 'observer')).status).toBe(403)
  const both = await Promise.all([start(world, 'blue-red'), start(world, 'white')])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(await (await world.fetch('/api/traffic?team=red', 'blue-red')).json()).toMatchObject({
    running: true,
  })
  expect((await world.fetch('/api/traffic/file?team=red', 'blue-red')).status).toBe(404)
  recorded.resolve(Buffer.from('packets'))
  await expect.poll(async () => (await world.fetch('/api/traffic/file?team=red', 'white')).status).toBe(200)
  expect((await world.fetch('/api/traffic/file?team=red', 'blue-sea')).status).toBe(403)
  const file = await world.fetch('/api/traffic/file?team=red', 'blue-red')
  expect(await file.text()).toBe('packets')
  expect(file.headers.get('content-disposition')).toContain('attachment')
  const facts = (await world.store.read('ex-1', 0, 1_000)).filter(({ type }) => type === 'traffic.recorded')
  expect(facts).toHaveLength(1)
  expect(facts[0]?.data).toMatchObject({ team: 'red', service: 'tax', by: { name: 'Mari' } })
})

it('is downloaded by two at once, not by more of a team', async () => {
  // More than what is between the two ends takes up.
  const pcap = Buffer.alloc(30 * 1024 * 1024, 'p')
  const world = await openWorld({ range: { ...openFakeRange().range, captureTraffic: async () => pcap } })
  expect((await start(world, 'blue-red')).status).toBe(200)
  const path = '/api/traffic/file?team=red'
  /** Begins, and takes nothing of it. */
  const begin = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { authorization: `Bearer ${world.token('white')}` }
      get(`${world.live.url}${path}`, { headers }, resolve).on('error', reject)
    })
  await expect
    .poll(async () => (await world.fetch('/api/traffic?team=red', 'white')).json())
    .toMatchObject({
      running: false,
    })
  const two = [await begin(), await begin()]
  expect(two.map(({ statusCode }) => statusCode)).toEqual([200, 200])
  expect((await world.fetch(path, 'blue-red')).status).toBe(429)
  two[0]?.destroy()
  await expect.poll(async () => (await world.fetch(path, 'blue-red')).status).toBe(200)
  two[1]?.destroy()
})
