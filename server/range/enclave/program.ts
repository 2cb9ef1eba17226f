import { type Duplex, PassThrough } from 'node:stream'
import type { Program, ProgramUse, Screen } from '../../engine/ports/program.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { demultiplex } from '../engine-api/frames.ts'
import { containerName } from '../labels.ts'
import { newMark, signalMarked } from './hang-up.ts'
import { targetAddress } from './targets.ts'
import { clamp } from './terminal.ts'

/** Where Debian has it. */
const SFTP_SERVER = '/usr/lib/openssh/sftp-server'
const SIGNALS = new Set(['ABRT', 'ALRM', 'HUP', 'INT', 'KILL', 'PIPE', 'QUIT', 'TERM', 'USR1', 'USR2'])

interface Place {
  readonly exerciseId: string
  readonly team: string
  readonly service: string
}

/** Runs a program as root in a service's container, see `Range.runProgram`. */
export async function runProgram(
  docker: ContainerEngine,
  place: Place,
  use: ProgramUse,
  screen: Screen | null,
): Promise<Program> {
  const container = containerName(place.exerciseId, place.team, place.service)
  return runIn(docker, container, await commandOf(docker, place, use), screen)
}

async function commandOf(docker: ContainerEngine, place: Place, use: ProgramUse): Promise<readonly string[]> {
  switch (use.kind) {
    case 'shell':
      return ['bash', '-l']
    case 'command':
      return ['bash', '-c', use.command]
    case 'files':
      return [SFTP_SERVER]
    case 'connection': {
      // By address: whatever the team made of its `nc` or its names, it can reach no more than it does as root in there.
      const address = await targetAddress(docker, place, use.host)
      return ['nc', '-N', address, String(use.port)]
    }
  }
}

/** The same for any command in a container of this name. */
export async function runIn(
  docker: ContainerEngine,
  container: string,
  command: readonly string[],
  screen: Screen | null,
): Promise<Program> {
  const mark = newMark()
  const exec = await docker.getContainer(container).exec({
    Cmd: [...command],
    Env: [mark, ...(screen ? [`TERM=${screen.term}`] : [])],
    User: 'root',
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Tty: screen !== null,
  })
  const stream = (await exec.start({ hijack: true, stdin: true, Tty: screen !== null })) as Duplex
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const { promise: ended, resolve } = Promise.withResolvers<number | null>()
  // A container that is just gone has nothing left to signal.
  const signal = (name: string) => signalMarked(docker, container, mark, name).catch(() => undefined)
  let over = false
  const end = async () => {
    if (over) return
    over = true
    stdout.end()
    stderr.end()
    const status = await exec.inspect().catch(() => null)
    stream.destroy()
    // The engine leaves it running when its viewer goes.
    if (status?.ExitCode === null || !status) void signal('HUP')
    resolve(status?.ExitCode ?? null)
  }
  for (const happened of ['end', 'close', 'error']) stream.on(happened, () => void end())
  const resume = () => {
    if (!stdout.writableNeedDrain && !stderr.writableNeedDrain) stream.resume()
  }
  const take = (to: PassThrough, chunk: Buffer) => {
    if (over || to.write(chunk)) return
    stream.pause()
    to.once('drain', resume)
  }
  const framed = demultiplex((kind, chunk) => take(kind === 'stderr' ? stderr : stdout, Buffer.from(chunk)))
  stream.on('data', (chunk: Buffer) => (screen ? take(stdout, chunk) : framed(chunk)))
  const resize = async (cols: number, rows: number): Promise<void> => {
    if (!screen) return
    await exec.resize({ w: clamp(cols), h: clamp(rows) }).catch(() => {
      // it has just ended
    })
  }
  if (screen) await resize(screen.cols, screen.rows)
  return {
    stdin: stream,
    stdout,
    stderr,
    ended,
    resize,
    signal: async (name) => {
      if (SIGNALS.has(name)) await signal(name)
    },
    close: () => void end(),
  }
}
