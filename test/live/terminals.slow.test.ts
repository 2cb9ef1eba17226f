import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { TerminalReply } from '../../server/exercise/wire/protocol.ts'
import { white } from '../kit/actors.ts'
import { type Client, connected, openWorld, typeInto, type World } from './fixture.ts'
import { openShellRange } from './process-terminal.ts'

const size = { cols: 80, rows: 24 }

async function open(
  client: Client,
  request: { terminal?: string; key?: string; team?: string; service?: string } = {},
): Promise<TerminalReply> {
  return client.timeout(3_000).emitWithAck('terminal-open', { service: 'tax', ...size, ...request })
}

/** Everything the client was sent of its terminals, as text, and drawn at once unless told otherwise. */
function screen(client: Client, drawing = true) {
  const box = { text: '', bytes: 0, closed: [] as string[] }
  client.on('terminal-data', (terminal, chunk) => {
    const bytes = Buffer.from(chunk)
    box.bytes += bytes.length
    box.text = (box.text + bytes.toString('utf8')).slice(-200_000)
    if (drawing) client.emit('terminal-ack', terminal, box.bytes)
  })
  client.on('terminal-closed', (_, reason) => box.closed.push(reason))
  return box
}

const openIn = (world: World, team: string) =>
  world.engine
    .state()
    .teams.find((each) => each.id === team)
    ?.terminals.map((each) => each.terminal)

describe('terminals', () => {
  it('open in the team’s own container, answer, resize, close, and are recorded', async () => {
    const shells = openShellRange()
    const world = await openWorld({ range: shells.range })
    const client = world.join({ token: world.token('blue-red') })
    const seen = screen(client)
    const { ok, terminal = '' } = await open(client)
    expect(ok).toBe(true)
    expect(openIn(world, 'red')).toEqual([terminal])
    typeInto(client, terminal, 'echo $((6*7)) õ 漢\n')
    await expect.poll(() => seen.text).toContain('42 õ 漢')
    client.emit('terminal-resize', terminal, 120, 40)
    await expect.poll(() => shells.opened[0]?.resized).toEqual(['120x40'])
    expect(shells.opened[0]).toMatchObject({ team: 'red', service: 'tax' })
    client.emit('terminal-close', terminal)
    await expect.poll(() => seen.closed).toEqual(['closed'])
    await expect.poll(() => openIn(world, 'red')).toEqual([])
  })

  it('are read-only for a team while time stands still, and what it typed then never comes in', async () => {
    const world = await openWorld({ range: openShellRange().range })
    const red = world.join({ token: world.token('blue-red') })
    const seen = screen(red)
    const { terminal = '' } = await open(red)
    typeInto(red, terminal, 'echo $((40+1))\n')
    await expect.poll(() => seen.text).toContain('41')
    await world.engine.submit({ type: 'pause-exercise', data: { reason: 'Lunch' } }, white())
    const mark = 'echo $((40+2))\n'
    expect(await red.timeout(3_000).emitWithAck('terminal-input', terminal, mark, 15)).toBe(15 + mark.length)
    await world.engine.submit({ type: 'resume-exercise', data: {} }, white())
    await red.timeout(3_000).emitWithAck('terminal-input', terminal, 'echo $((40+3))\n', 15 + mark.length)
    await expect.poll(() => seen.text).toContain('43')
    expect(seen.text).not.toContain('42')
  })

  it('take what a team types in a pause in which the instructor has opened them', async () => {
    const world = await openWorld({ range: openShellRange().range })
    const red = world.join({ token: world.token('blue-red') })
    const seen = screen(red)
    const { terminal = '' } = await open(red)
    await world.engine.submit({ type: 'pause-exercise', data: { reason: 'Lunch' } }, white())
    await world.engine.submit({ type: 'change-preparation', data: { open: true } }, white())
    await red.timeout(3_000).emitWithAck('terminal-input', terminal, 'echo $((40+2))\n', 0)
    await expect.poll(() => seen.text).toContain('42')
  })

  it('say when the shell has ended', async () => {
    const world = await openWorld({ range: openShellRange().range })
    const client = world.join({ token: world.token('blue-red') })
    const seen = screen(client)
    const { terminal = '' } = await open(client)
    typeInto(client, terminal, 'echo bye; exit\n')
    await expect.poll(() => seen.closed).toEqual(['the shell ended'])
    expect(seen.text).toContain('bye')
    await expect.poll(() => openIn(world, 'red')).toEqual([])
  })

  it('are for the own team only, and not for guests and observers', async () => {
    const world = await openWorld({ range: openShellRange().range })
    const red = world.join({ token: world.token('blue-red') })
    expect(await open(red, { team: 'sea' })).toMatchObject({ ok: false, refusal: { code: 'not-your-team' } })
    expect(await open(red, { service: 'none' })).toMatchObject({
      ok: false,
      refusal: { code: 'unknown-service' },
    })
    expect(await open(world.join(), { team: 'red' })).toMatchObject({
      ok: false,
      refusal: { code: 'not-allowed' },
    })
    expect(await open(world.join())).toMatchObject({ ok: false, refusal: { code: 'no-team' } })
    const observer = world.join({ token: world.token('observer') })
    expect(await open(observer, { team: 'red' })).toMatchObject({
      ok: false,
      refusal: { code: 'not-allowed' },
    })
  })

  it('can not be joined, typed into or closed by another seat', async () => {
    const world = await openWorld({ range: openShellRange().range })
    const red = world.join({ token: world.token('blue-red') })
    const seen = screen(red)
    const { terminal = '', key = '' } = await open(red)
    const sea = world.join({ token: world.token('blue-sea') })
    expect(await open(sea, { terminal, key })).toMatchObject({
      ok: false,
      refusal: { code: 'no-such-terminal' },
    })
    sea.emit('terminal-input', terminal, 'echo intruder\n', 0, () => undefined)
    sea.emit('terminal-close', terminal)
    await open(sea)
    typeInto(red, terminal, 'echo mine\n')
    await expect.poll(() => seen.text).toContain('mine')
    expect(seen.text).not.toContain('intruder')
  })

  it('survive a reload: what was on the screen, and what came meanwhile, is replayed', async () => {
    const world = await openWorld({ range: openShellRange().range })
    const first = world.join({ token: world.token('blue-red') })
    const before = screen(first)
    const { terminal = '', key = '' } = await open(first)
    typeInto(first, terminal, 'echo before; sleep 0.3; echo meanwhile\n')
    await expect.poll(() => before.text).toContain('before')
    first.disconnect()
    await new Promise((resolve) => setTimeout(resolve, 500))
    const second = world.join({ token: world.token('blue-red') })
    const after = screen(second)
    const joined = await open(second, { terminal, key })
    expect(Buffer.from(joined.replay ?? []).toString()).toBe('before\nmeanwhile\n')
    typeInto(second, terminal, 'echo after\n')
    await expect.poll(() => after.text).toBe('after\n')
    expect(openIn(world, 'red')).toEqual([terminal])

    const third = world.join({ token: world.token('blue-red') })
    expect((await open(third, { terminal, key })).ok).toBe(true)
    await expect.poll(() => after.closed).toEqual(['moved'])
  })

  it('end when nobody comes back, or the seat is revoked', async () => {
    const world = await openWorld({ range: openShellRange().range, live: { terminalKeepMs: 150 } })
    const red = world.join({ token: world.token('blue-red') })
    const sea = world.join({ token: world.token('blue-sea') })
    const { terminal = '', key = '' } = await open(red)
    await open(sea)
    red.disconnect()
    await expect.poll(() => openIn(world, 'red')).toEqual([])
    const back = world.join({ token: world.token('blue-red') })
    expect(await open(back, { terminal, key })).toMatchObject({
      ok: false,
      refusal: { code: 'no-such-terminal' },
    })
    expect(openIn(world, 'sea')).toHaveLength(1)
    await world.give({ type: 'revoke-seat', data: { seatId: 'blue-sea' } }, white())
    await expect.poll(() => openIn(world, 'sea')).toEqual([])
  })

  it('end when white puts their service back to its start state, and say so; others stay', async () => {
    const world = await openWorld({ range: openShellRange().range })
    const red = world.join({ token: world.token('blue-red') })
    const seen = screen(red)
    await open(red)
    const { terminal: other } = await open(red, { service: 'register' })
    const act = { team: 'red', service: 'tax', action: 'revert', seen: 0 } as const
    await world.give({ type: 'act-on-service', data: act }, white())
    await expect.poll(() => seen.closed).toEqual(['reverted'])
    expect(openIn(world, 'red')).toEqual([other])
  })

  it('stand still when a flood is not drawn, and go on when it is, with nothing lost in between', async () => {
    const shells = openShellRange()
    const world = await openWorld({ range: shells.range })
    const client = world.join({ token: world.token('blue-red') })
    const seen = screen(client, false)
    const { terminal = '' } = await open(client)
    typeInto(client, terminal, 'seq 1 300000; echo the-end\n')
    await expect.poll(() => seen.bytes).toBeGreaterThan(256 * 1024)
    await new Promise((resolve) => setTimeout(resolve, 400))
    const stood = seen.bytes
    // One chunk of the pipe may come on top.
    expect(stood).toBeLessThan(256 * 1024 + 128 * 1024)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(seen.bytes).toBe(stood)

    const drawing = setInterval(() => client.emit('terminal-ack', terminal, seen.bytes), 10)
    await expect.poll(() => seen.text, { timeout: 10_000 }).toContain('the-end')
    clearInterval(drawing)
    const numbers = Array.from({ length: 300_000 }, (_, i) => `${i + 1}\n`).join('')
    expect(seen.bytes).toBe(numbers.length + 'the-end\n'.length)
    expect(`${numbers}the-end\n`.endsWith(seen.text)).toBe(true)
  }, 20_000)

  it('let an endless flood harm nobody, even with a client that claims to have drawn it all and takes nothing', async () => {
    const shells = openShellRange()
    const world = await openWorld({ range: shells.range })
    const bystander = world.join({ token: world.token('white') })
    const client = world.join({ token: world.token('blue-red') })
    await Promise.all([connected(client), connected(bystander)])
    const { terminal = '' } = await open(client)
    const raw = (
      client.io.engine.transport as unknown as { ws: { pause?(): void; _socket?: { pause(): void } } }
    ).ws
    raw._socket?.pause()
    typeInto(client, terminal, 'yes\n')
    const lying = setInterval(() => client.emit('terminal-ack', terminal, Number.MAX_SAFE_INTEGER), 20)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    const stood = shells.opened[0]?.bytes() ?? 0
    expect(stood).toBeGreaterThan(100_000)
    await new Promise((resolve) => setTimeout(resolve, 700))
    clearInterval(lying)
    expect(shells.opened[0]?.bytes()).toBe(stood)
    const reply = await bystander
      .timeout(1_000)
      .emitWithAck('command', { type: 'add-note', data: { text: 'fine' } })
    expect(reply.ok).toBe(true)
    shells.opened[0]?.kill()
  }, 20_000)

  it('flood into nothing while nobody watches', async () => {
    const shells = openShellRange()
    const world = await openWorld({ range: shells.range })
    const client = world.join({ token: world.token('blue-red') })
    const { terminal = '', key = '' } = await open(client)
    typeInto(client, terminal, 'yes\n')
    await once(client as never, 'terminal-data')
    client.disconnect()
    await new Promise((resolve) => setTimeout(resolve, 500))
    const stood = shells.opened[0]?.bytes()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(shells.opened[0]?.bytes()).toBe(stood)
    const back = world.join({ token: world.token('blue-red') })
    const seen = screen(back)
    const joined = await open(back, { terminal, key })
    expect(joined.replay?.length).toBe(64 * 1024)
    await expect.poll(() => seen.bytes).toBeGreaterThan(1_000_000)
    back.emit('terminal-close', terminal)
  }, 20_000)

  it('refuse one more than a team may have', async () => {
    const world = await openWorld({ range: openShellRange().range })
    const client = world.join({ token: world.token('blue-red') })
    const replies: TerminalReply[] = []
    for (let i = 0; i < 9; i += 1) replies.push(await open(client))
    expect(replies.filter((reply) => reply.ok)).toHaveLength(8)
    expect(replies.at(-1)).toMatchObject({ ok: false, refusal: { code: 'too-many-terminals' } })
  })
})
