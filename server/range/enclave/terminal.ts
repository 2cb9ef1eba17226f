import type { Duplex } from 'node:stream'
import type { TerminalStream } from '../../engine/ports/ports.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { reason } from '../log.ts'
import { newMark, signalMarked } from './hang-up.ts'

/** A login shell as root in a container, on a terminal of the given size. Rejects when the container does not run. */
export async function openTerminal(
  docker: ContainerEngine,
  container: string,
  size: { readonly cols: number; readonly rows: number },
): Promise<TerminalStream> {
  const mark = newMark()
  const exec = await docker.getContainer(container).exec({
    Cmd: ['bash', '-l'],
    Env: ['TERM=xterm-256color', mark],
    User: 'root',
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Tty: true,
  })
  const stream = (await exec.start({ hijack: true, stdin: true, Tty: true })) as Duplex
  const resize = (cols: number, rows: number) =>
    exec.resize({ w: clamp(cols), h: clamp(rows) }).catch(() => {
      // the shell has just ended
    })
  let ended: string | null = null
  const listeners: ((reason: string) => void)[] = []
  const end = (why: string) => {
    if (ended !== null) return
    ended = why
    for (const tell of listeners) tell(why)
    stream.destroy()
    // The engine leaves a shell running when its viewer goes; its environment tells which one it is.
    // A container that is just gone has nothing left to hang up.
    signalMarked(docker, container, mark).catch(() => undefined)
  }
  stream.on('end', () => end('the shell ended'))
  stream.on('close', () => end('the shell ended'))
  stream.on('error', (error) => end(reason(error)))
  await resize(size.cols, size.rows)
  return {
    write: (data) =>
      new Promise((taken) => {
        if (ended === null) stream.write(data, () => taken())
        else taken()
      }),
    resize: (cols, rows) => void resize(cols, rows),
    onData: (call) => void stream.on('data', call),
    onClose: (call) => {
      const why = ended
      if (why === null) listeners.push(call)
      else queueMicrotask(() => call(why))
    },
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    close: () => end('closed'),
  }
}

export const clamp = (cells: number): number => Math.max(1, Math.min(1_000, Math.floor(cells)))
