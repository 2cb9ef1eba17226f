import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Container } from 'dockerode'
import { pack } from 'tar-stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Range } from '../../server/engine/ports/ports.ts'
import { readCast } from '../../server/exercise/wire/cast.ts'
import { openTerminal } from '../../server/range/enclave/terminal.ts'
import { type ContainerEngine, findEngine } from '../../server/range/engine-api/docker.ts'
import { execIn } from '../../server/range/engine-api/exec.ts'
import { cacheBeside, ensureBase } from '../../server/range/images/base-image.ts'
import { widthInContainer } from '../../web/terminal/container-widths.ts'
import { openFakeRange } from '../engine/fake-range.ts'
import { type Client, EXERCISE, openWorld, typeInto } from './fixture.ts'

const INFRA = join(import.meta.dirname, '../../infra')
let docker: ContainerEngine
let container: Container
let range: Range

beforeAll(async () => {
  docker = (await findEngine()).docker
  container = await docker.createContainer({
    name: `kilp-test-terminal-${process.pid}-${Date.now()}`,
    Image: await ensureBase(docker, INFRA, cacheBeside(INFRA), () => undefined),
    Labels: { kilp: 'test-live' },
    Cmd: ['sleep', '600'],
    HostConfig: { NetworkMode: 'none', Init: true },
  })
  await container.start()
  range = {
    ...openFakeRange().range,
    openTerminal: (_, __, size) => openTerminal(docker, container.id, size),
  }
})
afterAll(() => container?.remove({ force: true }))

function screen(client: Client) {
  const box = { text: '', bytes: 0, closed: [] as string[], drawing: true }
  client.on('terminal-data', (terminal, chunk) => {
    const bytes = Buffer.from(chunk)
    box.bytes += bytes.length
    box.text = (box.text + bytes.toString('utf8')).slice(-100_000)
    if (box.drawing) client.emit('terminal-ack', terminal, box.bytes)
  })
  client.on('terminal-closed', (_, reason) => box.closed.push(reason))
  return box
}

it('carries a root shell of a real container: types, resizes, floods, is interrupted, survives a reload, ends', async () => {
  const world = await openWorld({ range })
  const openOnes = () => world.engine.state().teams[0]?.terminals.length
  const request = { service: 'tax', cols: 100, rows: 30 }
  const first = world.join({ token: world.token('blue-red') })
  const seen = screen(first)
  const { terminal = '', key = '' } = await first.emitWithAck('terminal-open', request)
  typeInto(first, terminal, 'id -un; stty size; printf "\\\\303\\\\265-%s\\n" done\n')
  await expect.poll(() => seen.text, { timeout: 10_000 }).toMatch(/root\r?\n30 100\r?\nõ-done/)
  first.emit('terminal-resize', terminal, 120, 40)
  typeInto(first, terminal, 'sleep 0.2; stty size\n')
  await expect.poll(() => seen.text, { timeout: 10_000 }).toContain('40 120')

  seen.drawing = false
  typeInto(first, terminal, 'yes\n')
  await expect.poll(() => seen.bytes, { timeout: 10_000 }).toBeGreaterThan(256 * 1024)
  await new Promise((resolve) => setTimeout(resolve, 500))
  const stood = seen.bytes
  expect(stood).toBeLessThan(512 * 1024)
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(seen.bytes).toBe(stood)
  seen.drawing = true
  typeInto(first, terminal, '\u0003')
  first.emit('terminal-ack', terminal, seen.bytes)
  typeInto(first, terminal, 'echo flood-is-$((1+1))-over\n')
  await expect.poll(() => seen.text, { timeout: 20_000 }).toContain('flood-is-2-over')

  first.disconnect()
  const second = world.join({ token: world.token('blue-red') })
  const after = screen(second)
  const joined = await second.emitWithAck('terminal-open', { ...request, terminal, key })
  expect(Buffer.from(joined.replay ?? []).toString()).toContain('flood-is-2-over')
  expect(openOnes()).toBe(1)
  typeInto(second, terminal, 'exit\n')
  await expect.poll(() => after.closed, { timeout: 10_000 }).toHaveLength(1)
  await expect.poll(openOnes, { timeout: 5_000 }).toBe(0)

  // All of it is in the recording, as far as that goes.
  await expect
    .poll(async () => (await world.store.readCast(EXERCISE, terminal))?.text ?? '')
    .toMatch(/flood-is-2-over|recording ends here/)
  const kept = await world.store.readCast(EXERCISE, terminal)
  const events = readCast(kept?.text ?? '')?.events ?? []
  const text = events.map((event) => (event.kind === 'output' ? event.text : '')).join('')
  expect(text).toMatch(/root\r\n30 100\r\nõ-done/)
  expect(events).toContainEqual(expect.objectContaining({ kind: 'resize', cols: 120, rows: 40 }))
  expect(kept?.bytes).toBeLessThan(4.5 * 1024 * 1024)
})

it('refuses a terminal in a container that is not there, and says so', async () => {
  const gone: Range = {
    ...range,
    openTerminal: (_, __, size) => openTerminal(docker, 'kilp-no-such-container', size),
  }
  const world = await openWorld({ range: gone })
  const client = world.join({ token: world.token('blue-red') })
  const reply = await client.emitWithAck('terminal-open', { service: 'tax', cols: 80, rows: 24 })
  expect(reply).toMatchObject({ ok: false, refusal: { code: 'terminal-unavailable' } })
  expect(world.engine.state().teams[0]?.terminals).toEqual([])
})

it('says of every character how many columns the container gives it', async () => {
  const widths = Array.from({ length: 0x110000 }, (_, codePoint) => codePoint).filter(
    (codePoint) => codePoint > 0x9f && !(codePoint >= 0xd800 && codePoint <= 0xdfff),
  )
  const of = (width: number) => widths.filter((codePoint) => widthInContainer(codePoint) === width)
  // `wc -L` gives the columns of the longest line, and leaves out what is no character yet.
  const longest = async (lines: readonly string[]) => {
    const archive = pack()
    archive.entry({ name: 'lines' }, lines.map((line) => `${line}\n`).join(''))
    archive.finalize()
    await container.putArchive(Readable.from(archive), { path: '/tmp' })
    const { stdout } = await execIn(docker, {
      container: container.id,
      command: ['env', 'LC_ALL=C.UTF-8', 'wc', '-L', '/tmp/lines'],
      deadlineMs: 20_000,
    })
    return Number(stdout.split(' ')[0])
  }
  const letters = (codePoints: readonly number[]) =>
    codePoints.map((codePoint) => String.fromCodePoint(codePoint))
  const [none, one, two] = [letters(of(0)), letters(of(1)), letters(of(2))]
  expect(await longest(none)).toBe(0)
  expect(await longest(one)).toBe(1)
  // Each at most two, and all together twice as many: each is two.
  expect(await longest(two)).toBe(2)
  expect(await longest([two.join('')])).toBe(2 * two.length)
})
