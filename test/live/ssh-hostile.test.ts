import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client, ClientChannel } from 'ssh2'
import { describe, expect, it, onTestFinished } from 'vitest'
import { white } from '../kit/actors.ts'
import type { World } from './fixture.ts'
import { exec, letIn, logIn, openSsh, result } from './ssh-client.ts'

const enter = (world: World) => logIn(world, 'red+tax', { password: world.token('blue-red') })

/** A client of one's own making: it never closes its side. */
async function silent(world: World): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port: world.live.ssh?.port ?? 0, allowHalfOpen: true })
  socket.on('error', () => undefined).resume()
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  return socket
}

/** Whether the other side has let go of it altogether, and not only said that it sends no more. */
function isCut(socket: Socket): boolean {
  if (!socket.destroyed) socket.write('x')
  return socket.destroyed
}

const runs = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const closes = (client: Client) => {
  const seen = { closed: false }
  client.once('close', () => {
    seen.closed = true
  })
  return seen
}

describe('SSH from a hostile client', () => {
  it('outlives channels that are closed under a program that writes and reads nothing, and ends that', async () => {
    // An engine takes its time to end one: meanwhile it writes on.
    const { world } = await openSsh({
      programs:
        (run) =>
        async (...args) => {
          const program = await run(...args)
          return { ...program, close: () => void setTimeout(program.close, 300) }
        },
    })
    const client = await enter(world)
    // More than the client takes, so that some of it waits when the channel closes.
    const channel = await exec(
      client,
      'echo $$; head -c 5000000 /dev/zero >&2; while :; do echo x >&2; sleep 0.001; done',
    )
    const pid = Number(String((await once(channel, 'data'))[0]))
    channel.write(randomBytes(1_000_000))
    await new Promise((soon) => setTimeout(soon, 500))
    expect(runs(pid)).toBe(true)
    channel.close()
    await expect.poll(() => runs(pid)).toBe(false)
    expect((await result(await exec(client, 'echo on'))).out.toString()).toBe('on\n')
  })

  it('ends a program that was begun for a channel that is closed meanwhile', async () => {
    let closed = 0
    let go = () => {}
    const asked = new Promise<void>((done) => {
      go = done
    })
    const { world, uses } = await openSsh({
      programs:
        (run) =>
        async (...args) => {
          const program = await run(...args)
          await asked
          const close = () => {
            closed += 1
            program.close()
          }
          return { ...program, close }
        },
    })
    const client = await enter(world)
    const channel = await exec(client, 'sleep 100')
    await expect.poll(() => uses).toEqual(['red/tax command'])
    channel.resume().close()
    await once(channel, 'close')
    go()
    await expect.poll(() => closed).toBe(1)
  })

  it('drops who sends beyond the window, and nobody who keeps to it', async () => {
    const { world } = await openSsh()
    const client = await enter(world)
    const bytes = randomBytes(9_000_000)
    expect((await result(await exec(client, 'sleep 0.5; cat'), bytes)).out.equals(bytes)).toBe(true)
    const seen = closes(client)
    const channel = await exec(client, 'sleep 100')
    const { outgoing } = channel as unknown as { outgoing: { window: number; packetSize: number } }
    // No divisor of the window: at zero exactly the library stops by itself.
    Object.assign(outgoing, { window: 1e9, packetSize: 30_000 })
    channel.write(bytes)
    await expect.poll(() => seen.closed).toBe(true)
    expect(await letIn(world, 'red+tax', { password: world.token('blue-red') })).toBe(true)
  })

  it('keeps little of what a client has granted a window for and does not take', async () => {
    const { world } = await openSsh()
    const client = await enter(world)
    const done = join(await mkdtemp(join(tmpdir(), 'kilp-ssh-')), 'done')
    const channel = await exec(client, `sleep 0.3; head -c 60000000 /dev/zero; touch ${done}`)
    const { _protocol: protocol, _sock: socket } = client as unknown as {
      _protocol: { channelWindowAdjust(id: number, bytes: number): void }
      _sock: Socket
    }
    protocol.channelWindowAdjust((channel as unknown as { outgoing: { id: number } }).outgoing.id, 1e9)
    socket.pause()
    await new Promise((soon) => setTimeout(soon, 2_000))
    expect(existsSync(done)).toBe(false)
    channel.resume()
    socket.resume()
    await expect.poll(() => existsSync(done), { timeout: 10_000 }).toBe(true)
  })

  it('has few silent connections of one address, and cuts them in time', async () => {
    const { world } = await openSsh({ loginMs: 1_000 })
    const sockets = await Promise.all(Array.from({ length: 16 }, () => silent(world)))
    const one = await silent(world)
    await expect.poll(() => isCut(one)).toBe(true)
    expect(sockets.filter(({ destroyed, readableEnded }) => destroyed || readableEnded)).toEqual([])
    await expect.poll(() => sockets.every(isCut), { timeout: 4_000 }).toBe(true)
  })

  it('frees the places of those that never close their side, and cuts them', async () => {
    const { world } = await openSsh({ loginMs: 800 })
    const sockets = await Promise.all(Array.from({ length: 8 }, () => silent(world)))
    for (const socket of sockets) socket.write('SSH-2.0-silent\r\n')
    await new Promise((soon) => setTimeout(soon, 100))
    const password = world.token('blue-red')
    expect(await letIn(world, 'red+tax', { password })).toBe(false)
    await expect.poll(() => letIn(world, 'red+tax', { password }), { timeout: 3_000 }).toBe(true)
    await expect.poll(() => sockets.every(isCut), { timeout: 4_000 }).toBe(true)
  })

  it('sends away who is refused a login, and nobody else', async () => {
    const { world } = await openSsh()
    const first = []
    for (let n = 0; n < 8; n += 1) first.push(closes(await enter(world)))
    const ninth = await enter(world)
    const seen = closes(ninth)
    expect((await result(await exec(ninth, 'id'))).err).toContain('8 terminals')
    await expect.poll(() => seen.closed, { timeout: 4_000 }).toBe(true)
    expect(first.filter(({ closed }) => closed)).toEqual([])
  })

  it('begins so many programs of a team at once, and no more', async () => {
    const { world, uses } = await openSsh()
    const client = await enter(world)
    const told: string[] = []
    const since = performance.now()
    for (let n = 0; n < 8; n += 1) {
      const some = await Promise.all(Array.from({ length: 16 }, () => exec(client, 'true').then(result)))
      told.push(...some.map(({ err }) => err).filter((err) => err !== ''))
    }
    // A machine that does a lot besides takes its time, in which more are let through.
    const most = 60 + (10 * (performance.now() - since)) / 1_000 + 1
    expect(uses.length).toBeGreaterThanOrEqual(60)
    expect(uses.length).toBeLessThanOrEqual(most)
    expect(told.length).toBe(128 - uses.length)
    expect(told.filter((one) => !one.includes('Too many programs'))).toEqual([])
  })

  it('hands on one signal at a time and the latest size, and neither while time stands still', async () => {
    const done: string[] = []
    const waiting: (() => void)[] = []
    const slow = (what: string) =>
      new Promise<void>((then) => {
        done.push(what)
        waiting.push(then)
      })
    const { world } = await openSsh({
      programs:
        (run) =>
        async (...args) => ({
          ...(await run(...args)),
          signal: (name) => slow(name),
          resize: (cols, rows) => slow(`${cols}x${rows}`),
        }),
    })
    const client = await enter(world)
    const shell = await new Promise<ClientChannel>((opened) =>
      client.shell({ cols: 80, rows: 24 }, (_, channel) => opened(channel)),
    )
    const answers = () => shell.write('echo here\n')
    answers()
    await once(shell, 'data')
    for (let n = 0; n < 20; n += 1) {
      shell.signal('USR1')
      shell.setWindow(30 + n, 100 + n, 0, 0)
    }
    answers()
    await once(shell, 'data')
    expect(done).toEqual(['USR1', '100x30'])
    for (const then of waiting.splice(0)) then()
    await expect.poll(() => done).toEqual(['USR1', '100x30', '119x49'])
    for (const then of waiting.splice(0)) then()
    await world.give({ type: 'pause-exercise', data: { reason: 'Lunch' } }, white())
    shell.signal('INT')
    shell.setWindow(50, 200, 0, 0)
    await new Promise((soon) => setTimeout(soon, 200))
    expect(done.length).toBe(3)
    await world.give({ type: 'resume-exercise', data: {} }, white())
    answers()
    await expect.poll(() => done.at(-1)).toBe('200x50')
  })

  it('says how to mend it when its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    await expect(openSsh({ port })).rejects.toMatchObject({
      name: 'LiveProblem',
      message: expect.stringContaining('take another with --ssh or KILP_SSH_PORT'),
    })
  })
})
