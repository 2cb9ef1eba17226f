import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { parseNetwork } from '../../infra/probe/src/networks.ts'
import { openWatch } from '../../infra/probe/src/watch.ts'

const reach = { networks: [parseNetwork('127.0.0.0/8')], addresses: [] }
const WAIT = { timeout: 5_000 }
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

/** A service with a process that can be ended and begun. */
async function service(port = 0, greet = '') {
  const held = new Set<Socket>()
  let taken = 0
  const server: Server = createServer((socket) => {
    taken += 1
    held.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => held.delete(socket))
    if (greet) socket.write(greet)
  })
  await new Promise<void>((open) => server.listen(port, '127.0.0.1', open))
  const address = server.address()
  const end = async () => {
    const closed = new Promise<void>((done) => server.close(() => done()))
    for (const socket of held) socket.resetAndDestroy()
    await closed
  }
  ends.push(() => (server.listening ? end() : null))
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    held,
    taken: () => taken,
    end,
  }
}

function watching(port: number) {
  const turned: string[] = []
  const watch = openWatch(reach, (name) => turned.push(name))
  watch([{ service: 'tax', host: '127.0.0.1', port }])
  ends.push(() => watch([]))
  return turned
}

test('a service that ends is told of at once, and so is its return; as long as it runs nothing is', async () => {
  const first = await service()
  const turned = watching(first.port)
  await expect.poll(() => first.held.size, WAIT).toBe(1)
  await new Promise((wake) => setTimeout(wake, 1_200))
  expect(turned).toEqual([])
  expect(first.taken()).toBe(1)
  const since = performance.now()
  await first.end()
  await expect.poll(() => turned, WAIT).toEqual(['tax'])
  expect(performance.now() - since).toBeLessThan(2_000)
  await service(first.port)
  await expect.poll(() => turned, WAIT).toEqual(['tax', 'tax'])
})

test('one that hangs up and answers again at once was not away, and a talkative one is hung up on', async () => {
  const one = await service()
  const turned = watching(one.port)
  await expect.poll(() => one.held.size, WAIT).toBe(1)
  await new Promise((wake) => setTimeout(wake, 1_200))
  for (const socket of one.held) socket.end()
  await expect.poll(one.taken, WAIT).toBe(2)
  expect(turned).toEqual([])
  const chatty = await service(0, 'x'.repeat(100_000))
  watching(chatty.port)
  await expect.poll(chatty.taken, WAIT).toBeGreaterThan(1)
  // However often: not in a busy loop.
  const before = chatty.taken()
  await new Promise((wake) => setTimeout(wake, 1_000))
  expect(chatty.taken() - before).toBeLessThanOrEqual(2)
})

test('nothing outside of the enclave is called', async () => {
  const turned: string[] = []
  const watch = openWatch({ networks: [parseNetwork('10.9.0.0/16')], addresses: [] }, (name) =>
    turned.push(name),
  )
  const one = await service()
  watch([{ service: 'tax', host: '127.0.0.1', port: one.port }])
  ends.push(() => watch([]))
  await new Promise((wake) => setTimeout(wake, 500))
  expect(one.taken()).toBe(0)
})
