import { Duplex, PassThrough } from 'node:stream'
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

test('each attachment begins by ending what an earlier one began, and no two links call a run the same', async () => {
  /** What a link writes to a probe that answers pings, until it has asked for a run. */
  const written = async () => {
    let told = ''
    const frame = (text: string) => {
      const head = Buffer.alloc(8)
      head[0] = 1
      head.writeUInt32BE(Buffer.byteLength(text), 4)
      return Buffer.concat([head, Buffer.from(text)])
    }
    const stream = new Duplex({
      read: () => {},
      write(chunk: Buffer, _, done) {
        told += chunk.toString()
        if (told.includes('"ping"')) this.push(frame('{"pong":0}\n'))
        done()
      },
    })
    const engine = {
      getContainer: () => ({
        inspect: async () => ({ State: { Running: true } }),
        attach: async () => stream,
      }),
    } as unknown as ContainerEngine
    const link = new ProbeLink(engine, 'probe', silent)
    link.open()
    const script = { setup: [], steps: [], slowAfterMs: 1, deadlineMs: 1 }
    const run = link.run({ script, vars: {}, memory: {}, seed: 's' }, () => Promise.reject(new Error('none')))
    await expect.poll(() => told).toContain('"script"')
    link.close()
    await run
    return told
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  }
  const [one, other] = [await written(), await written()]
  expect(one[0]).toEqual({ cancel: '*' })
  expect(one.at(-1).id).not.toBe(other.at(-1).id)
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
