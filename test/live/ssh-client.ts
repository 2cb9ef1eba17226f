import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, type ClientChannel, type ConnectConfig } from 'ssh2'
import { onTestFinished } from 'vitest'
import type { Range } from '../../server/engine/ports/ports.ts'
import type { SshOptions } from '../../server/live/ssh/ssh-door.ts'
import { openWorld, type World } from './fixture.ts'
import { openProgramRange } from './process-program.ts'

/** A world with SSH, in which programs are processes of this machine. */
export async function openSsh(
  options: Partial<SshOptions> & {
    reaches?: { host: string; port: number }
    programs?: (run: Range['runProgram']) => Range['runProgram']
  } = {},
) {
  const { reaches, programs: wrap, ...ssh } = options
  const { range, uses } = openProgramRange(reaches)
  const runProgram = wrap?.(range.runProgram) ?? range.runProgram
  const file = join(await mkdtemp(join(tmpdir(), 'kilp-ssh-')), 'ssh-host-key')
  const world = await openWorld({
    range: { ...range, runProgram },
    live: { ssh: { port: 0, keyFile: file, ...ssh } },
  })
  return { world, file, uses }
}

/** Logs in; rejects where it is turned away. */
export async function logIn(world: World, username: string, how: Partial<ConnectConfig>): Promise<Client> {
  const client = new Client()
  onTestFinished(() => void client.end())
  const ready = new Promise<void>((done, failed) => {
    client.once('ready', done)
    client.once('error', failed)
    client.once('close', () => failed(new Error('closed')))
  })
  client.on('error', () => undefined)
  client.connect({ host: '127.0.0.1', port: world.live.ssh?.port ?? 0, username, ...how })
  await ready
  return client
}

const statuses = new WeakMap<ClientChannel, number>()

/** Whether somebody is let in. */
export const letIn = (world: World, username: string, how: Partial<ConnectConfig>): Promise<boolean> =>
  logIn(world, username, how).then(
    (client) => {
      client.end()
      return true
    },
    () => false,
  )

export const exec = (client: Client, command: string): Promise<ClientChannel> =>
  new Promise((done, failed) => {
    client.exec(command, (error, channel) => {
      if (error) return failed(error)
      // It may come with the answer itself.
      channel.on('exit', (status: number) => statuses.set(channel, status))
      done(channel)
    })
  })

/** What a command wrote, and how it ended. */
export async function result(channel: ClientChannel, input?: string | Buffer) {
  const out: Buffer[] = []
  const err: Buffer[] = []
  channel.on('data', (chunk: Buffer) => out.push(chunk))
  channel.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  if (input !== undefined) channel.end(input)
  await once(channel, 'close')
  return {
    status: statuses.get(channel) ?? null,
    out: Buffer.concat(out),
    err: Buffer.concat(err).toString(),
  }
}
