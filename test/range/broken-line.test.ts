import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { openTerminal } from '../../server/range/enclave/terminal.ts'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { silent } from '../../server/range/log.ts'
import { ProbeLink } from '../../server/range/probe/probe-link.ts'

/** An engine that goes away in the middle; vitest fails on a rejection or error that nobody takes. */
const moment = () => new Promise((resolve) => setTimeout(resolve, 20))

test('a line that breaks while the probe starts is attached again', async () => {
  const streams: PassThrough[] = []
  const engine = {
    getContainer: () => ({
      inspect: async () => ({ State: { Running: false } }),
      attach: async () => {
        const stream = new PassThrough()
        streams.push(stream)
        return stream
      },
      start: async () => {
        streams.at(-1)?.destroy(new Error('the engine went away'))
        await moment()
      },
    }),
  } as unknown as ContainerEngine
  const link = new ProbeLink(engine, 'probe', silent)
  link.open()
  await expect.poll(() => streams.length).toBeGreaterThan(1)
  link.close()
})

function terminalOn(stream: PassThrough, resize: () => Promise<void>): ContainerEngine {
  const exec = { start: async () => stream, resize }
  // The second exec is the one that hangs the shell up.
  const container = { exec: async () => exec }
  return { getContainer: () => container } as unknown as ContainerEngine
}

test('a terminal that breaks while it opens is told as closed to all who ask, also later', async () => {
  const stream = new PassThrough()
  const terminal = await openTerminal(
    terminalOn(stream, async () => {
      stream.destroy(new Error('the engine went away'))
      await moment()
    }),
    'c',
    { cols: 80, rows: 24 },
  )
  const told: string[] = []
  terminal.onClose((why) => told.push(`first: ${why}`))
  terminal.onClose((why) => told.push(`second: ${why}`))
  await moment()
  expect(told).toEqual(['first: the engine went away', 'second: the engine went away'])
})

test('what is typed counts as taken when the shell has taken it over, so that whoever types may keep within a limit', async () => {
  const stream = new PassThrough()
  const terminal = await openTerminal(
    terminalOn(stream, async () => {}),
    'c',
    { cols: 80, rows: 24 },
  )
  let taken = 0
  const typed = Array.from({ length: 100 }, () =>
    terminal.write('x'.repeat(65_536)).then(() => {
      taken += 1
    }),
  )
  await moment()
  expect(taken).toBeLessThan(3)
  stream.resume()
  await Promise.all(typed)
  expect(taken).toBe(100)
  terminal.close()
})
