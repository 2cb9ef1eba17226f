import { once } from 'node:events'
import type { Socket } from 'node:net'
import type { Connection, ServerChannel } from 'ssh2'
import { NoSuchTarget, type Program, type ProgramUse } from '../../engine/ports/program.ts'
import type { OpenedLogin } from '../../engine/terminals.ts'
import { openGate } from './gate.ts'
import { paced } from './paced.ts'
import { sentInTurns } from './sent-in-turns.ts'
import { type Begin, serveSession } from './session.ts'
import { watchChannel } from './watch-channel.ts'

/** At once, of one login, until the client has closed them too: a browser that goes through `-D` opens some dozens. */
const MOST_CHANNELS = 32
const STILL = 'Time stands still: look, and go on when the exercise does.\n'
const TOO_FAST = 'Too many programs in a short time. Wait a moment.\n'

interface Channels {
  readonly login: Promise<OpenedLogin>
  readonly socket: Socket
  /** Whether anything may reach the container now. */
  readonly may: () => boolean
  /** Whether one more program may begin so soon; takes it. */
  readonly soon: () => boolean
  /** Something was sent. */
  readonly alive: () => void
  /** The client breaks the protocol's own bounds. */
  readonly flooded: () => void
  readonly fault: (what: string, error: unknown) => void
}

/** Shells, commands, files and connections of one login. Whatever is not listened to (agent, X11, remote forwarding, sockets of files) is refused by the library. */
export function serveChannels(client: Connection, of: Channels) {
  const programs = new Set<Program>()
  let open = 0
  let closed = false

  /** From here on its place is taken until the client has closed it too. */
  const watch = (channel: ServerChannel): AbortSignal => {
    const gone = watchChannel(channel, of.flooded)
    gone.addEventListener('abort', () => {
      open -= 1
    })
    return gone
  }
  const attend = async (
    channel: ServerChannel,
    gone: AbortSignal,
    program: Program,
    use: ProgramUse,
    began?: (program: Program, channel: ServerChannel) => void,
  ): Promise<number | null> => {
    programs.add(program)
    gone.addEventListener('abort', () => program.close())
    const outputs = carry(channel, gone, program, use, of)
    began?.(program, channel)
    const status = await program.ended
    programs.delete(program)
    await written(outputs, gone)
    return status
  }
  const run = async (...[use, screen, accept, began]: Parameters<Begin>): Promise<void> => {
    // Before anything is waited for: OpenSSH sends without an answer, and what comes before this is lost.
    const channel = accept()
    if (!channel) return
    const gone = watch(channel)
    const login = await of.login
    const fail = (why: string) => {
      if (gone.aborted) return
      channel.stderr.write(screen ? why.replaceAll('\n', '\r\n') : why)
      leave(channel, 255)
    }
    if (!login.ok) return fail(`${login.refusal.message}\n`)
    if (gone.aborted) return
    if (!of.may()) return fail(STILL)
    if (!of.soon()) return fail(TOO_FAST)
    try {
      const program = await login.run(use, screen)
      // Gone while the engine made it.
      if (closed || gone.aborted) return program.close()
      const status = await attend(channel, gone, program, use, began)
      if (!gone.aborted) leave(channel, status ?? 255)
    } catch (error) {
      fail(`${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
  const begin: Begin = (...args) => void run(...args).catch((error) => of.fault('a channel of SSH', error))

  client.on('session', (accept, reject) => {
    if (open >= MOST_CHANNELS) return void reject()
    // A session in which nothing is run keeps its place: the library never lets go of one.
    open += 1
    serveSession(accept(), begin, of.may)
  })
  client.on('tcpip', (accept, reject, { destIP: host, destPort: port }) => {
    if (open >= MOST_CHANNELS) return void reject()
    open += 1
    connect(host, port, accept, () => {
      open -= 1
      if (!closed) reject()
    }).catch((error) => of.fault('a connection of SSH', error))
  })
  /** Where it leads is known before it is accepted, so that the client hears a refusal as one. */
  const connect = async (host: string, port: number, accept: () => ServerChannel, refuse: () => void) => {
    const login = await of.login
    if (!login.ok || closed || !of.may() || !of.soon()) return refuse()
    const use = { kind: 'connection', host, port } as const
    const program = await login.run(use, null).catch((error: unknown) => {
      if (!(error instanceof NoSuchTarget)) of.fault('a connection of SSH', error)
      return null
    })
    if (!program) return refuse()
    if (closed) {
      program.close()
      return refuse()
    }
    const channel = accept()
    const gone = watch(channel)
    await attend(channel, gone, program, use)
    if (!gone.aborted) channel.end()
  }
  return {
    close() {
      closed = true
      for (const program of programs) program.close()
    },
  }
}

/** Both ways, each as fast as the other end takes it. @returns when each of what goes to the client has gone. */
function carry(
  channel: ServerChannel,
  gone: AbortSignal,
  program: Program,
  { kind }: ProgramUse,
  { may, alive, socket }: Channels,
) {
  const stop = () => {
    if (kind !== 'connection' && !gone.aborted) channel.stderr.write(STILL)
    program.close()
  }
  const gate = openGate({ may, alive, stop: kind === 'shell' ? null : stop })
  channel.pipe(gate).pipe(program.stdin)
  // What nobody will read any more is let go.
  gone.addEventListener('abort', () => channel.unpipe(gate).resume())
  program.stdin.on('error', () => undefined)
  program.stdout.on('data', alive)
  const [out, errors] = sentInTurns(channel, channel.stderr)
  return [
    once(program.stdout.pipe(paced(socket)).pipe(out), 'finish'),
    once(program.stderr.pipe(paced(socket)).pipe(errors), 'finish'),
  ]
}

function leave(channel: ServerChannel, status: number): void {
  channel.exit(status)
  channel.end()
}

/** All that the program wrote is on its way, or nobody takes it any more. */
async function written(outputs: ReturnType<typeof carry>, gone: AbortSignal): Promise<void> {
  if (gone.aborted) return
  await Promise.race([Promise.all(outputs), once(gone, 'abort')])
}
