import { Duplex } from 'node:stream'
import { expect, it } from 'vitest'
import { runIn } from '../../server/range/enclave/program.ts'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'

const frame = (kind: 1 | 2, bytes: number): Buffer => {
  const head = Buffer.alloc(8)
  head[0] = kind
  head.writeUInt32BE(bytes, 4)
  return Buffer.concat([head, Buffer.alloc(bytes)])
}

it('reads on from a program only when both of its outputs are taken', async () => {
  const stream = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() })
  const exec = { start: async () => stream, inspect: async () => ({ ExitCode: 0 }), resize: async () => {} }
  const docker = { getContainer: () => ({ exec: async () => exec }) } as unknown as ContainerEngine
  const program = await runIn(docker, 'some', ['true'], null)
  stream.push(Buffer.concat([frame(1, 200_000), frame(2, 200_000)]))
  await expect.poll(() => stream.isPaused()).toBe(true)
  const drained = new Promise((done) => program.stderr.once('drain', done))
  program.stderr.resume()
  await drained
  expect(stream.isPaused()).toBe(true)
  program.stdout.resume()
  await expect.poll(() => stream.isPaused()).toBe(false)
})
