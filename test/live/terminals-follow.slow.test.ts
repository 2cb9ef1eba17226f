import { expect, it } from 'vitest'
import type { FollowReply, TerminalScreen } from '../../server/exercise/wire/protocol.ts'
import { openScrollback } from '../../server/live/scrollback.ts'
import { white } from '../kit/actors.ts'
import { type Client, EXERCISE, openWorld, refusedBy, typeInto, type World } from './fixture.ts'
import { openShellRange } from './process-terminal.ts'

const size = { cols: 80, rows: 24 }
const MARI = { name: 'Mari', role: null }

const shellWorld = async () => {
  const shells = openShellRange()
  return { shells, world: await openWorld({ range: shells.range }) }
}

/** A team's page with a terminal open, and all that it was sent, drawn at once. */
async function teamAt(world: World, seat: 'blue-red' | 'blue-sea' = 'blue-red') {
  const client = world.join({ token: world.token(seat) })
  const seen = { text: '', bytes: 0 }
  client.on('terminal-data', (id, chunk) => {
    const bytes = Buffer.from(chunk)
    seen.bytes += bytes.length
    seen.text = (seen.text + bytes.toString('utf8')).slice(-200_000)
    client.emit('terminal-ack', id, seen.bytes)
  })
  const { terminal = '' } = await client
    .timeout(3_000)
    .emitWithAck('terminal-open', { service: 'tax', ...size })
  return { client, seen, terminal, type: (text: string) => typeInto(client, terminal, text) }
}

const begin = (client: Client, terminal: string, team = 'red'): Promise<FollowReply> =>
  client.timeout(3_000).emitWithAck('follow-begin', { team, terminal })

/** What a page that follows has on its screen; `drawing` false: it takes all and draws nothing. */
function mirror(client: Client, drawing = true) {
  const box = { text: '', drawn: 0, screens: 0, sizes: [] as string[], ended: [] as string[] }
  const draw = (follow: string, bytes: Uint8Array) => {
    const chunk = Buffer.from(bytes)
    box.drawn += chunk.length
    box.text = (box.text + chunk.toString('utf8')).slice(-200_000)
    if (drawing) client.emit('follow-ack', follow, box.drawn)
  }
  client.on('follow-screen', (follow, screen: TerminalScreen) => {
    box.screens += 1
    box.sizes.push(`${screen.cols}x${screen.rows}`)
    box.text = ''
    draw(follow, screen.bytes)
  })
  client.on('follow-data', draw)
  client.on('follow-size', (_, cols, rows) => box.sizes.push(`${cols}x${rows}`))
  client.on('follow-ended', (_, reason) => box.ended.push(reason))
  return box
}

async function followed(world: World, terminal: string, drawing = true) {
  const client = world.join({ token: world.token('white'), person: MARI })
  const seen = mirror(client, drawing)
  const reply = await begin(client, terminal)
  if (!reply.ok) throw new Error(reply.refusal.code)
  const { follow } = reply
  const help = (helps: boolean) => client.timeout(3_000).emitWithAck('follow-help', follow, helps)
  const type = (text: string, at = 0): Promise<number | null> =>
    client.timeout(3_000).emitWithAck('follow-input', follow, text, at)
  return { client, seen, follow, help, type }
}

const followersIn = (world: World) =>
  world.engine.state().teams[0]?.terminals.flatMap(({ followers }) => followers) ?? []
const told = async (world: World) =>
  (await world.store.read(EXERCISE, 0, 10_000))
    .filter(({ type }) => /^terminal\.(follow|help)/.test(type))
    .map(({ type, data }) => {
      const { by, reason } = data as { by: { name?: string } | null; reason?: string }
      return [type.replace('terminal.', ''), by?.name, reason].filter(Boolean).join(' ')
    })

it('shows what the screen holds and then what comes, in the team’s size, and the team is told by whom', async () => {
  const { world } = await shellWorld()
  const team = await teamAt(world)
  team.type('echo before $((40+2))\n')
  await expect.poll(() => team.seen.text).toContain('before 42')
  const mari = await followed(world, team.terminal)
  await expect.poll(() => mari.seen.text).toContain('before 42')
  expect(mari.seen.sizes).toEqual(['80x24'])
  expect(followersIn(world)).toMatchObject([{ by: { seat: 'white', name: 'Mari' }, helping: false }])
  team.type('echo after $((40+3))\n')
  await expect.poll(() => mari.seen.text).toContain('after 43')
  team.client.emit('terminal-resize', team.terminal, 120, 40)
  await expect.poll(() => mari.seen.sizes).toEqual(['80x24', '120x40'])

  mari.client.emit('follow-end', mari.follow)
  await expect.poll(() => followersIn(world)).toEqual([])
  const stood = mari.seen.text
  team.type('echo unseen $((40+4))\n')
  await expect.poll(() => team.seen.text).toContain('unseen 44')
  expect(mari.seen.text).toBe(stood)
  expect(await told(world)).toEqual(['follow-began Mari', 'follow-ended Mari stopped'])
})

it('types nothing before help is on record, nor when it is over; meanwhile both type, and each beginning and end is a fact', async () => {
  const { world } = await shellWorld()
  const team = await teamAt(world)
  const mari = await followed(world, team.terminal)
  expect(await mari.type('echo no $((1+1))\n')).toBeNull()
  expect(await mari.help(true)).toMatchObject({ ok: true })
  expect(followersIn(world)).toMatchObject([{ helping: true }])
  const line = 'echo white $((20+2))\n'
  expect(await mari.type(line)).toBe(line.length)
  // Sent again after a lost answer, it is typed once.
  expect(await mari.type(line)).toBe(line.length)
  team.type('echo blue $((20+3))\n')
  await expect.poll(() => team.seen.text).toContain('blue 23')
  await expect.poll(() => team.seen.text).toContain('white 22')
  expect(team.seen.text.match(/white 22/g)).toHaveLength(1)
  expect(team.seen.text).not.toContain('no 2')
  await expect.poll(() => mari.seen.text).toContain('blue 23')
  await mari.help(false)
  expect(await mari.type('echo late $((20+4))\n', line.length)).toBeNull()
  mari.client.disconnect()
  await expect.poll(() => followersIn(world)).toEqual([])
  expect(team.seen.text).not.toContain('late 24')
  expect(await told(world)).toEqual([
    'follow-began Mari',
    'help-began Mari',
    'help-ended Mari stopped',
    'follow-ended Mari left',
  ])
})

it('helps in a pause, in which the team itself still types nothing', async () => {
  const { world } = await shellWorld()
  const team = await teamAt(world)
  await world.engine.submit({ type: 'pause-exercise', data: { reason: 'Lunch' } }, white())
  const mari = await followed(world, team.terminal)
  await mari.help(true)
  team.type('echo blue $((20+2))\n')
  await mari.type('echo white $((20+3))\n')
  await expect.poll(() => team.seen.text).toContain('white 23')
  expect(team.seen.text).not.toContain('blue 22')
})

it('is for white of this exercise alone where nothing is shared: no team follows, helps, or says that it is followed', async () => {
  const { world } = await shellWorld()
  const team = await teamAt(world)
  const mari = await followed(world, team.terminal)
  await mari.help(true)
  for (const seat of ['blue-red', 'blue-sea', 'observer', 'guest'] as const) {
    const other = world.join({ token: world.token(seat) })
    const seen = mirror(other)
    expect(await begin(other, team.terminal)).toMatchObject({
      ok: false,
      refusal: { code: seat === 'blue-red' ? 'not-shared' : 'white-follows' },
    })
    expect(await other.timeout(3_000).emitWithAck('follow-help', mari.follow, true)).toMatchObject({
      ok: false,
      refusal: { code: 'not-followed' },
    })
    expect(await other.timeout(3_000).emitWithAck('follow-input', mari.follow, 'echo x\n', 0)).toBeNull()
    other.emit('follow-end', mari.follow)
    const command = { type: 'follow-terminal', data: { team: 'red', terminal: team.terminal, follow: 'x' } }
    expect(await other.timeout(3_000).emitWithAck('command', command as never)).toMatchObject({ ok: false })
    team.type('echo still\n')
    await expect.poll(() => mari.seen.text).toContain('still')
    expect(seen.screens).toBe(0)
    other.disconnect()
  }
  // Another page of white holds this follow as little.
  const page = world.join({ token: world.token('white') })
  expect(await page.timeout(3_000).emitWithAck('follow-input', mari.follow, 'echo x\n', 0)).toBeNull()
  expect(await begin(page, 'no-such')).toMatchObject({ ok: false, refusal: { code: 'no-such-terminal' } })
  expect(await begin(page, team.terminal, 'sea')).toMatchObject({
    ok: false,
    refusal: { code: 'no-such-terminal' },
  })
  expect(followersIn(world)).toHaveLength(1)
})

it('lets no more than four pages follow', async () => {
  const { world } = await shellWorld()
  const team = await teamAt(world)
  const client = world.join({ token: world.token('white') })
  const replies: FollowReply[] = []
  for (let n = 0; n < 5; n += 1) replies.push(await begin(client, team.terminal))
  expect(replies.map(({ ok }) => ok)).toEqual([true, true, true, true, false])
  expect(replies.at(-1)).toMatchObject({ refusal: { code: 'too-many-followers' } })
})

it('ends with the terminal, also when white puts its service back', async () => {
  const { world } = await shellWorld()
  const team = await teamAt(world)
  const mari = await followed(world, team.terminal)
  team.type('exit\n')
  await expect.poll(() => mari.seen.ended).toEqual(['the shell ended'])
  await expect.poll(() => told(world)).toEqual(['follow-began Mari', 'follow-ended Mari the shell ended'])
  const again = await teamAt(world, 'blue-red')
  expect(await begin(mari.client, again.terminal)).toMatchObject({ ok: true })
  const act = { team: 'red', service: 'tax', action: 'restart', seen: 0 } as const
  await world.give({ type: 'act-on-service', data: act }, white())
  await expect.poll(() => mari.seen.ended).toEqual(['the shell ended', 'restarted'])
  expect(await mari.type('echo x\n')).toBeNull()
})

it('has a revoked seat out within a second, keyboard and all', async () => {
  const { world } = await shellWorld()
  const team = await teamAt(world)
  const mari = await followed(world, team.terminal)
  await mari.help(true)
  // The last one of white is not revoked.
  await world.give(
    { type: 'issue-seat', data: { seatId: 'w2', seat: 'white', team: null, label: '' } },
    white(),
  )
  const began = performance.now()
  await world.give({ type: 'revoke-seat', data: { seatId: 'white' } }, white())
  mari.client.emit('follow-input', mari.follow, 'echo intruder $((1+1))\n', 0, () => undefined)
  await expect.poll(() => mari.client.connected).toBe(false)
  await expect.poll(() => followersIn(world)).toEqual([])
  expect(performance.now() - began).toBeLessThan(1_000)
  const stood = mari.seen.text
  team.type('echo secret $((20+3))\n')
  await expect.poll(() => team.seen.text).toContain('secret 23')
  expect(team.seen.text).not.toContain('intruder 2')
  expect(mari.seen.text).toBe(stood)
  expect((await told(world)).slice(-2)).toEqual(['help-ended Mari revoked', 'follow-ended Mari revoked'])
  expect(await refusedBy(world.join({ token: world.token('white') }))).toMatchObject({
    code: 'revoked-token',
  })
})

it('does not slow the team’s terminal down for a page that draws nothing: that gets the screen anew when it goes on', async () => {
  const { world } = await shellWorld()
  const team = await teamAt(world)
  const mari = await followed(world, team.terminal, false)
  team.type('seq 1 300000; echo the-end\n')
  await expect.poll(() => team.seen.text, { timeout: 15_000 }).toContain('the-end')
  const all = team.seen.bytes
  expect(all).toBeGreaterThan(1_900_000)
  // Two messages may be on top of the limit.
  expect(mari.seen.drawn).toBeLessThan(256 * 1024 + 256 * 1024)
  expect(mari.seen.screens).toBe(1)
  mari.client.emit('follow-ack', mari.follow, mari.seen.drawn)
  await expect.poll(() => mari.seen.screens).toBe(2)
  expect(mari.seen.text.endsWith('300000\nthe-end\n')).toBe(true)
  team.type('echo goes-on\n')
  await expect.poll(() => mari.seen.text).toContain('goes-on')
})

it('is sent little while it claims to have drawn all and takes nothing, and sees the end when it takes again', async () => {
  const { world } = await shellWorld()
  const team = await teamAt(world)
  const mari = await followed(world, team.terminal, false)
  const { ws } = mari.client.io.engine.transport as unknown as {
    ws: { _socket: { pause(): void; resume(): void } }
  }
  ws._socket.pause()
  const lying = setInterval(() => mari.client.emit('follow-ack', mari.follow, Number.MAX_SAFE_INTEGER), 20)
  team.type('seq 1 2000000; echo the-end\n')
  await expect.poll(() => team.seen.text, { timeout: 20_000 }).toContain('the-end')
  expect(team.seen.bytes).toBeGreaterThan(14_000_000)
  ws._socket.resume()
  await expect.poll(() => mari.seen.text).toContain('the-end')
  clearInterval(lying)
  // What the two ends of a connection hold, and screens.
  expect(mari.seen.drawn).toBeLessThan(9_000_000)
  expect(mari.seen.screens).toBeGreaterThan(1)
})

it('asks a program that has had the screen to itself for long to draw it anew, and leaves the size as it was', async () => {
  const { world, shells } = await shellWorld()
  const team = await teamAt(world)
  team.type("printf '\\033[?1049h\\033[?1h'; seq 1 20000; echo drawn\n")
  await expect.poll(() => team.seen.text).toContain('drawn')
  const mari = await followed(world, team.terminal)
  await expect.poll(() => mari.seen.text).toContain('drawn')
  expect(mari.seen.text.startsWith('\u001b[?1049h\u001b[?1h')).toBe(true)
  await expect.poll(() => shells.opened[0]?.resized).toEqual(['80x23', '80x24'])
})

it('asks for nothing where the program’s beginning is still known, or it has left', async () => {
  const whole = openScrollback(1_000)
  whole.add(Buffer.from('\u001b[?1049hnano'))
  expect([whole.modes().toString(), whole.inFullScreen()]).toEqual(['', false])
  const left = openScrollback(10)
  left.add(Buffer.from(`\u001b[?1049h${'x'.repeat(50)}\u001b[?1049l${'y'.repeat(50)}`))
  expect([left.modes().toString(), left.inFullScreen()]).toEqual(['\u001b[?1049l', false])
  // Cut in its middle, it was said all the same.
  const cut = openScrollback(10)
  cut.add(Buffer.from('\u001b[?25;1049habcde'))
  expect(cut.modes().toString()).toBe('\u001b[?25h\u001b[?1049h')
  expect(cut.bytes().toString()).toBe('1049habcde')
})
