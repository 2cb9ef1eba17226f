import { expect, it } from 'vitest'
import type { TerminalAccess } from '../../server/exercise/ledger/terminal-events.ts'
import type { FollowReply, ShareReply, TerminalScreen } from '../../server/exercise/wire/protocol.ts'
import { openSharing } from '../../server/live/terminal-sharing.ts'
import { white } from '../kit/actors.ts'
import { type Client, EXERCISE, openWorld, type SeatId, typeInto, type World } from './fixture.ts'
import { openShellRange } from './process-terminal.ts'

const size = { cols: 80, rows: 24 }
const person = (name: string) => ({ name, role: null })

/** Anna of the red team with a terminal open; what it showed her. */
async function annaAt(world: World, before?: { readonly terminal: string; readonly key: string }) {
  const client = world.join({ token: world.token('blue-red'), person: person('Anna') })
  const seen = { text: '', bytes: 0 }
  client.on('terminal-data', (id, chunk) => {
    const bytes = Buffer.from(chunk)
    seen.bytes += bytes.length
    seen.text = (seen.text + bytes.toString('utf8')).slice(-200_000)
    client.emit('terminal-ack', id, seen.bytes)
  })
  const opened = await client
    .timeout(3_000)
    .emitWithAck('terminal-open', { service: 'tax', ...size, ...before })
  const id = opened.terminal ?? ''
  const key = opened.key ?? ''
  const share = (access: TerminalAccess): Promise<ShareReply> =>
    client.timeout(3_000).emitWithAck('terminal-share', id, access)
  return { client, seen, terminal: id, key, share, type: (text: string) => typeInto(client, id, text) }
}

const begin = (client: Client, terminal: string, team = 'red'): Promise<FollowReply> =>
  client.timeout(3_000).emitWithAck('follow-begin', { team, terminal })

/** A page that looks into a terminal, and what is on its screen. */
async function lookIn(world: World, terminal: string, seat: SeatId = 'blue-red', name = 'Peeter') {
  const client = world.join({ token: world.token(seat), person: person(name) })
  const seen = { text: '', sizes: [] as string[], ended: [] as string[], keyless: 0 }
  client.on('follow-screen', (_, screen: TerminalScreen) => {
    seen.sizes.push(`${screen.cols}x${screen.rows}`)
    seen.text = Buffer.from(screen.bytes).toString('utf8')
  })
  client.on('follow-data', (_, chunk) => {
    seen.text += Buffer.from(chunk).toString('utf8')
  })
  client.on('follow-size', (_, cols, rows) => seen.sizes.push(`${cols}x${rows}`))
  client.on('follow-ended', (_, reason) => seen.ended.push(reason))
  client.on('follow-keyless', () => {
    seen.keyless += 1
  })
  const reply = await begin(client, terminal)
  const follow = reply.ok ? reply.follow : ''
  const help = (helps: boolean) => client.timeout(3_000).emitWithAck('follow-help', follow, helps)
  const type = (text: string, at = 0): Promise<number | null> =>
    client.timeout(3_000).emitWithAck('follow-input', follow, text, at)
  return { client, seen, reply, follow, help, type }
}

const shellWorld = async () => openWorld({ range: openShellRange().range })
const terminalIn = (world: World) => world.engine.state().teams[0]?.terminals[0]
const told = async (world: World) =>
  (await world.store.read(EXERCISE, 0, 10_000))
    .filter(({ type }) => /^terminal\.(shared|follow|help)/.test(type))
    .map(({ type, data }) => {
      const { by, reason, access } = data as { by: { name?: string }; reason?: string; access?: string }
      return [type.replace('terminal.', ''), by.name, access ?? reason].filter(Boolean).join(' ')
    })

it('shows colleagues nothing by itself; shared, they see the screen as it stands, in its owner’s size', async () => {
  const world = await shellWorld()
  const anna = await annaAt(world)
  anna.type('echo before $((40+2))\n')
  await expect.poll(() => anna.seen.text).toContain('before 42')
  const early = await lookIn(world, anna.terminal)
  expect(early.reply).toMatchObject({ ok: false, refusal: { code: 'not-shared' } })
  expect(early.seen.text).toBe('')
  expect(await anna.share('look')).toEqual({ ok: true })
  const peeter = await lookIn(world, anna.terminal)
  await expect.poll(() => peeter.seen.text).toContain('before 42')
  expect(await peeter.help(true)).toMatchObject({ ok: false, refusal: { code: 'look-only' } })
  expect(await peeter.type('echo sneaked $((1+1))\n')).toBeNull()
  // The terminal's size is not a looker's.
  peeter.client.emit('terminal-resize', anna.terminal, 20, 5)
  anna.client.emit('terminal-resize', anna.terminal, 120, 40)
  await expect.poll(() => peeter.seen.sizes).toEqual(['80x24', '120x40'])
  expect(terminalIn(world)).toMatchObject({
    shared: 'look',
    followers: [{ by: { name: 'Peeter', seat: 'blue' }, helping: false }],
  })
  anna.type('echo after $((40+3))\n')
  await expect.poll(() => anna.seen.text).toContain('after 43')
  expect(anna.seen.text).not.toContain('sneaked 2')
})

it('lets colleagues type where it is so; taken back, nothing more of theirs gets in, whatever is under way', async () => {
  const world = await shellWorld()
  const anna = await annaAt(world)
  await anna.share('write')
  const peeter = await lookIn(world, anna.terminal)
  expect(await peeter.help(true)).toMatchObject({ ok: true })
  const line = 'echo peeter $((40+2))\n'
  expect(await peeter.type(line)).toBe(line.length)
  await expect.poll(() => anna.seen.text).toContain('peeter 42')

  // Typed as fast as may be while it is taken back: nothing that the server hears after that counts.
  let at = line.length
  const answers: Promise<number | null>[] = []
  const typing = setInterval(() => {
    const next = `echo late-${answers.length}\n`
    answers.push(peeter.type(next, at))
    at += next.length
  }, 1)
  await new Promise((done) => setTimeout(done, 60))
  const reply = anna.share('look')
  await expect.poll(() => peeter.seen.keyless).toBe(1)
  const heard = answers.length
  expect(await reply).toEqual({ ok: true })
  await new Promise((done) => setTimeout(done, 60))
  clearInterval(typing)
  const typed = await Promise.all(answers)
  expect(typed.slice(heard).length).toBeGreaterThan(5)
  expect(typed.slice(heard).every((one) => one === null)).toBe(true)
  anna.type('echo the-end\n')
  await expect.poll(() => anna.seen.text).toContain('the-end')
  const reached = typed.filter((one) => one !== null).length
  expect(anna.seen.text.match(/late-\d+/g)).toHaveLength(reached)
  await expect.poll(() => peeter.seen.text).toContain('the-end')

  await anna.share('nobody')
  await expect.poll(() => peeter.seen.ended).toEqual(['taken-back'])
  const stood = peeter.seen.text
  anna.type('echo secret $((40+4))\n')
  await expect.poll(() => anna.seen.text).toContain('secret 44')
  expect(peeter.seen.text).toBe(stood)
  expect(await peeter.help(true)).toMatchObject({ ok: false, refusal: { code: 'not-followed' } })
  peeter.client.disconnect()
  await new Promise((done) => setTimeout(done, 50))
  expect(await told(world)).toEqual([
    'shared Anna write',
    'follow-began Peeter',
    'help-began Peeter',
    'shared Anna look',
    'help-ended Peeter taken-back',
    'shared Anna nobody',
    'follow-ended Peeter taken-back',
  ])
})

it('never goes across teams, and is shared from the page that has it alone', async () => {
  const world = await shellWorld()
  const anna = await annaAt(world)
  await anna.share('write')
  const peeter = await lookIn(world, anna.terminal)
  await peeter.help(true)
  for (const seat of ['blue-sea', 'observer', 'guest'] as const) {
    const other = await lookIn(world, anna.terminal, seat, 'Spy')
    expect(other.reply).toMatchObject({ ok: false, refusal: { code: 'white-follows' } })
    expect(await begin(other.client, anna.terminal, 'sea')).toMatchObject({ ok: false })
    expect(await other.client.timeout(3_000).emitWithAck('follow-help', peeter.follow, true)).toMatchObject({
      refusal: { code: 'not-followed' },
    })
    expect(
      await other.client.timeout(3_000).emitWithAck('follow-input', peeter.follow, 'echo x\n', 0),
    ).toBeNull()
    expect(
      await other.client.timeout(3_000).emitWithAck('terminal-share', anna.terminal, 'nobody'),
    ).toMatchObject({ ok: false, refusal: { code: 'no-such-terminal' } })
    expect(other.seen.text).toBe('')
  }
  // Neither does a colleague's page share it, nor by the message for all other commands.
  expect(
    await peeter.client.timeout(3_000).emitWithAck('terminal-share', anna.terminal, 'nobody'),
  ).toMatchObject({ ok: false, refusal: { code: 'no-such-terminal' } })
  const command = { type: 'share-terminal', data: { team: 'red', terminal: anna.terminal, access: 'nobody' } }
  expect(await peeter.client.timeout(3_000).emitWithAck('command', command as never)).toMatchObject({
    ok: false,
  })
  expect(terminalIn(world)?.shared).toBe('write')
})

it('has an instructor follow as ever, shared or not, and stay when it is taken back from colleagues', async () => {
  const world = await shellWorld()
  const anna = await annaAt(world)
  const mari = await lookIn(world, anna.terminal, 'white', 'Mari')
  expect(mari.reply.ok).toBe(true)
  await mari.help(true)
  await anna.share('write')
  await anna.share('nobody')
  await mari.type('echo mari $((40+2))\n')
  await expect.poll(() => mari.seen.text).toContain('mari 42')
  expect([mari.seen.ended, mari.seen.keyless]).toEqual([[], 0])
})

it('keeps colleagues from typing while time stands still, as the team itself', async () => {
  const world = await shellWorld()
  const anna = await annaAt(world)
  await anna.share('write')
  const peeter = await lookIn(world, anna.terminal)
  await peeter.help(true)
  await world.engine.submit({ type: 'pause-exercise', data: { reason: 'Lunch' } }, white())
  const line = 'echo paused $((40+2))\n'
  expect(await peeter.type(line)).toBe(line.length)
  await world.engine.submit({ type: 'resume-exercise', data: {} }, white())
  expect(await peeter.type('echo runs $((40+3))\n', line.length)).toBeGreaterThan(line.length)
  await expect.poll(() => anna.seen.text).toContain('runs 43')
  expect(anna.seen.text).not.toContain('paused 42')
})

it('stays shared while its owner’s page is gone for a moment, and ends with it', async () => {
  const world = await shellWorld()
  const anna = await annaAt(world)
  await anna.share('write')
  const peeter = await lookIn(world, anna.terminal)
  await peeter.help(true)
  anna.client.disconnect()
  await peeter.type('echo meanwhile $((40+2))\n')
  await expect.poll(() => peeter.seen.text).toContain('meanwhile 42')
  const again = await annaAt(world, { terminal: anna.terminal, key: anna.key })
  expect(await again.share('look')).toEqual({ ok: true })
  await expect.poll(() => peeter.seen.keyless).toBe(1)
  again.type('exit\n')
  await expect.poll(() => peeter.seen.ended).toEqual(['the shell ended'])
})

it('gives only what is on record, and of two wishes that overlap the later one holds', async () => {
  const lowered: string[] = []
  const sharing = openSharing((terminal, access) => lowered.push(`${terminal} ${access}`))
  const records: ((ok: boolean) => void)[] = []
  const record = () =>
    new Promise<{ ok: boolean }>((done) => {
      records.push((ok) => done({ ok }))
    })
  const first = sharing.share('t', 'write', record)
  expect(sharing.of('t')).toBe('nobody')
  const second = sharing.share('t', 'look', record)
  records[0]?.(true)
  await first
  expect(sharing.of('t')).toBe('nobody')
  records[1]?.(true)
  await second
  expect(sharing.of('t')).toBe('look')
  const refused = sharing.share('t', 'write', record)
  records[2]?.(false)
  await refused
  expect([sharing.of('t'), sharing.takenBack('t'), lowered]).toEqual(['look', 0, []])
  // Before it is on record, and also where it never will be.
  const back = sharing.share('t', 'nobody', record)
  expect([sharing.of('t'), sharing.takenBack('t'), lowered]).toEqual(['nobody', 1, ['t nobody']])
  records[3]?.(false)
  await back
  expect(sharing.of('t')).toBe('nobody')
})
