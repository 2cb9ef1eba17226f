import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import ssh2, { type ClientChannel } from 'ssh2'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Cast, readCast } from '../../server/exercise/wire/cast.ts'
import { readUserName } from '../../server/live/ssh/user-name.ts'
import { blue, white } from '../kit/actors.ts'
import { EXERCISE, type SeatId, type World } from './fixture.ts'
import { exec, letIn, logIn, openSsh, result } from './ssh-client.ts'

const openIn = (world: World, team = 'red') =>
  world.engine.state().teams.find(({ id }) => id === team)?.terminals ?? []

describe('SSH', () => {
  it('takes the join token as password: exit status, stdin, stderr, and is on record as long as it lasts', async () => {
    const { world, file, uses } = await openSsh()
    const client = await logIn(world, 'red+tax', { password: world.token('blue-red') })
    const bytes = randomBytes(5_000_000)
    const copied = await result(await exec(client, 'cat; echo no >&2; exit 7'), bytes)
    expect(copied).toMatchObject({ status: 7, err: 'no\n' })
    expect(copied.out.equals(bytes)).toBe(true)
    expect(uses).toEqual(['red/tax command'])
    expect(openIn(world)).toMatchObject([
      { service: 'tax', via: 'ssh', by: { kind: 'seat', seatId: 'blue-red', seat: 'blue' } },
    ])
    client.end()
    await expect.poll(() => openIn(world)).toEqual([])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(world.faults).toEqual([])
  })

  it('opens no other team’s service, and none to guests, observers and strangers', async () => {
    const { world } = await openSsh()
    const password = world.token('blue-red')
    expect(await letIn(world, 'sea+tax', { password })).toBe(false)
    expect(await letIn(world, 'red', { password })).toBe(false)
    expect(await letIn(world, 'other:red+tax', { password })).toBe(false)
    expect(await letIn(world, 'ex-1:red+tax', { password })).toBe(true)
    expect(await letIn(world, 'red+tax', { password: world.token('observer') })).toBe(false)
    expect(await letIn(world, 'red+tax', { password: world.token('guest') })).toBe(false)
    expect(await letIn(world, 'red+tax', { password: `${password}x` })).toBe(false)
    expect(await letIn(world, 'red+tax', { password: world.token('white') })).toBe(true)
  })

  it('looks at no code from who has tried twenty wrong ones, over SSH and the web together', async () => {
    const { world } = await openSsh()
    const { seats } = (await (await world.fetch('/api/seats', 'white')).json()) as {
      seats: { seatId: string; code: string }[]
    }
    const right = seats.find(({ seatId }) => seatId === 'blue-red')?.code ?? ''
    expect(await letIn(world, 'red+tax', { password: right })).toBe(true)
    for (let n = 0; n < 19; n += 1) {
      const body = JSON.stringify({ code: '222222' })
      const headers = { 'content-type': 'application/json' }
      expect((await world.fetch('/api/join', undefined, { method: 'POST', body, headers })).status).toBe(404)
    }
    expect(await letIn(world, 'red+tax', { password: '222222' })).toBe(false)
    expect(await letIn(world, 'red+tax', { password: right })).toBe(false)
  })

  it('lets nobody in with more than twenty wrong tokens behind them, not even with the right one', async () => {
    const { world } = await openSsh()
    // More than there are, and several at once: one that comes back meanwhile is used up too, however slow the machine is.
    for (let n = 0; n < 32; n += 4)
      expect(
        await Promise.all(
          [0, 1, 2, 3].map((one) => letIn(world, 'red+tax', { password: `wrong.${n + one}` })),
        ),
      ).toEqual([false, false, false, false])
    expect(await letIn(world, 'red+tax', { password: world.token('blue-red') })).toBe(false)
  })

  it('carries nothing in while time stands still, and tells why', async () => {
    const { world } = await openSsh()
    const client = await logIn(world, 'red+tax', { password: world.token('blue-red') })
    const running = await exec(client, 'while read line; do echo "<$line>"; done')
    const seen = result(running)
    running.write('before\n')
    await new Promise((soon) => setTimeout(soon, 200))
    await world.give({ type: 'pause-exercise', data: { reason: 'Lunch' } }, white())
    running.write('within\n')
    const { out, err } = await seen
    expect(out.toString()).toBe('<before>\n')
    expect(err).toContain('Time stands still')
    expect(await result(await exec(client, 'echo no'))).toMatchObject({ status: 255 })
    const shell = await new Promise<ClientChannel>((done) =>
      client.shell(false, (_, channel) => done(channel)),
    )
    expect((await result(shell)).err).toContain('Time stands still')
    await world.give({ type: 'resume-exercise', data: {} }, white())
    expect((await result(await exec(client, 'echo yes'))).out.toString()).toBe('yes\n')
  })

  it('is recorded where it has a screen, each shell of a login by itself, and neither commands nor files are', async () => {
    const { world } = await openSsh()
    const client = await logIn(world, 'red+tax', { password: world.token('blue-red') })
    const shell = (cols: number) =>
      new Promise<ClientChannel>((done) =>
        client.shell({ cols, rows: 30, term: 'xterm' }, (_, channel) => done(channel)),
      )
    const [first, second] = [await shell(90), await shell(100)]
    const seen = [result(first, 'echo $((40+1))\nexit\n'), result(second, 'echo $((40+2))\nexit\n')]
    await Promise.all(seen)
    await result(await exec(client, 'echo $((40+3))'))
    const terminal = openIn(world)[0]?.terminal ?? ''
    const read = async (name: string) => readCast((await world.store.readCast(EXERCISE, name))?.text ?? '')
    await expect.poll(async () => (await world.store.castsOf(EXERCISE)).length).toBe(2)
    expect((await world.store.castsOf(EXERCISE)).map((one) => [one.cast, one.terminal, one.team])).toEqual([
      [terminal, terminal, 'red'],
      [`${terminal}-2`, terminal, 'red'],
    ])
    const out = (cast: Cast | null) =>
      cast?.events.map((event) => (event.kind === 'output' ? event.text : '')).join('')
    await expect.poll(async () => out(await read(terminal))).toBe('41\n')
    await expect.poll(async () => out(await read(`${terminal}-2`))).toBe('42\n')
    expect((await read(terminal))?.size).toEqual({ cols: 90, rows: 30 })
  })

  it('ends with the exercise', async () => {
    const { world } = await openSsh()
    const client = await logIn(world, 'red+tax', { password: world.token('white') })
    const running = result(await exec(client, 'cat'))
    await world.give({ type: 'end-exercise', data: { reason: 'over' } } as never, white())
    await running
    expect(
      (await result(await exec(await logIn(world, 'red+tax', { password: world.token('white') }), 'id'))).err,
    ).toContain('ended')
  })

  it('ends with its seat', async () => {
    const { world } = await openSsh()
    const client = await logIn(world, 'red+tax', { password: world.token('blue-red') })
    const running = result(await exec(client, 'cat'))
    await world.give({ type: 'revoke-seat', data: { seatId: 'blue-red' } }, white())
    await running
    await expect.poll(() => openIn(world)).toEqual([])
    expect(await letIn(world, 'red+tax', { password: world.token('blue-red') })).toBe(false)
  })

  it('ends when nothing is sent for long', async () => {
    const { world } = await openSsh({ idleMs: 300 })
    await logIn(world, 'red+tax', { password: world.token('blue-red') })
    await expect.poll(() => openIn(world).length).toBe(1)
    await expect.poll(() => openIn(world)).toEqual([])
  })

  it('forwards to the own enclave only, and nothing from far', async () => {
    const page = createServer((_, response) => response.end('tax page'))
    await new Promise<void>((done) => page.listen(0, '127.0.0.1', done))
    onTestFinished(() => void page.close())
    const { port } = page.address() as AddressInfo
    const { world } = await openSsh({ reaches: { host: 'tax', port } })
    const client = await logIn(world, 'red+tax', { password: world.token('blue-red') })
    const to = (host: string) =>
      new Promise<string>((done) => {
        client.forwardOut('127.0.0.1', 1, host, 80, (error, channel) => {
          if (error) return done('refused')
          let text = ''
          channel.on('data', (chunk: Buffer) => {
            text += chunk
          })
          channel.on('close', () => done(text))
          channel.write('GET / HTTP/1.1\r\nHost: tax\r\nConnection: close\r\n\r\n')
        })
      })
    expect(await to('tax')).toContain('tax page')
    expect(await to('10.0.0.1')).toBe('refused')
    const listening = new Promise<boolean>((done) => client.forwardIn('0.0.0.0', 0, (error) => done(!error)))
    expect(await listening).toBe(false)
  })

  it('has bounded programs in one login', async () => {
    const { world } = await openSsh()
    const client = await logIn(world, 'red+tax', { password: world.token('blue-red') })
    for (let n = 0; n < 32; n += 1) await exec(client, 'cat')
    await expect(exec(client, 'cat')).rejects.toThrow('open failure')
    const other = await logIn(world, 'red+tax', { password: world.token('blue-red') })
    expect((await result(await exec(other, 'echo in'))).out.toString()).toBe('in\n')
  })

  it('opens for a key that somebody of the team has registered, until it is removed', async () => {
    const { world } = await openSsh()
    const made = ssh2.utils.generateKeyPairSync('ed25519')
    const other = ssh2.utils.generateKeyPairSync('ed25519')
    const register = (key: string, seat: SeatId = 'blue-red', team = 'red') =>
      world.fetch('/api/ssh/keys', seat, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'kilp-person': 'Mari' },
        body: JSON.stringify({ team, key }),
      })
    expect(await letIn(world, 'red+tax', { privateKey: made.private })).toBe(false)
    expect((await register(made.private)).status).toBe(400)
    expect((await register(`${made.public}\n${other.public}`)).status).toBe(400)
    expect((await register(made.public, 'blue-sea')).status).toBe(403)
    expect((await register(made.public, 'guest')).status).toBe(403)
    const { fingerprint } = (await (await register(made.public)).json()) as { fingerprint: string }
    expect(await letIn(world, 'red+tax', { privateKey: other.private })).toBe(false)
    expect(await letIn(world, 'sea+tax', { privateKey: made.private })).toBe(false)
    const client = await logIn(world, 'red+tax', { privateKey: made.private })
    expect((await result(await exec(client, 'echo in'))).out.toString()).toBe('in\n')
    expect(openIn(world)).toMatchObject([{ by: { seatId: 'blue-red', name: 'Mari' } }])
    const command = { type: 'remove-key', data: { team: 'red', fingerprint } } as const
    await world.give(command, blue('blue-red'))
    await expect.poll(() => openIn(world)).toEqual([])
    await expect(exec(client, 'echo in')).rejects.toThrow()
    expect(await letIn(world, 'red+tax', { privateKey: made.private })).toBe(false)
    await register(made.public)
    await world.give({ type: 'revoke-seat', data: { seatId: 'blue-red' } }, white())
    expect(await letIn(world, 'red+tax', { privateKey: made.private })).toBe(false)
  })

  it('reads user names strictly', () => {
    expect(readUserName('red+tax')).toEqual({ exerciseId: null, team: 'red', service: 'tax' })
    expect(readUserName('ex-1:red+tax')).toEqual({ exerciseId: 'ex-1', team: 'red', service: 'tax' })
    for (const text of ['', 'red', '+tax', 'red+', 'a+b+c', 'a:b:c+d', 'a:b+c:d'])
      expect(readUserName(text)).toBeNull()
  })
})
