import type { Duplex } from 'node:stream'
import { reason } from '../log.ts'
import type { ContainerEngine } from './docker.ts'
import { cutAt, demultiplex } from './frames.ts'

export interface ExecRequest {
  /** Name or id. */
  readonly container: string
  readonly command: readonly string[]
  /** What ends the process inside; the container's own unless given. */
  readonly timeout?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly user?: string
  readonly deadlineMs: number
  /** Of stdout and of stderr each; the rest is thrown away. */
  readonly maxBytes?: number
}

export interface ExecResult {
  /** -1 when it did not end by itself. */
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  readonly cut: boolean
  /** Why there is no exit code: deadline, engine error. */
  readonly error: string | null
}

const MAX_BYTES = 256 * 1024

/** Runs a command in a container and waits for its end, at most `deadlineMs`. Never rejects; output over `maxBytes` is cut. */
export async function execIn(docker: ContainerEngine, request: ExecRequest): Promise<ExecResult> {
  const out = cutAt(request.maxBytes ?? MAX_BYTES)
  const err = cutAt(request.maxBytes ?? MAX_BYTES)
  const result = (exitCode: number, error: string | null): ExecResult => ({
    exitCode,
    stdout: out.text(),
    stderr: err.text(),
    cut: out.cut() || err.cut(),
    error,
  })
  const open: { stream: Duplex | null } = { stream: null }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<ExecResult>((resolve) => {
    timer = setTimeout(
      () => resolve(result(-1, `no end within ${request.deadlineMs} ms`)),
      request.deadlineMs,
    )
  })
  const work = (async () => {
    // `timeout` ends the process inside: the engine itself never kills an exec that nobody listens to any more.
    const seconds = String(Math.ceil(request.deadlineMs / 1000) + 1)
    const exec = await docker.getContainer(request.container).exec({
      Cmd: [...(request.timeout ?? ['timeout']), '-s', 'KILL', seconds, ...request.command],
      Env: Object.entries(request.env ?? {}).map(([name, value]) => `${name}=${value}`),
      ...(request.user ? { User: request.user } : {}),
      AttachStdout: true,
      AttachStderr: true,
    })
    const stream = await exec.start({ hijack: true, stdin: false })
    open.stream = stream
    stream.on(
      'data',
      demultiplex((kind, chunk) => (kind === 'stdout' ? out : err).push(chunk)),
    )
    await new Promise<void>((resolve, reject) => {
      stream.on('end', resolve)
      stream.on('close', resolve)
      stream.on('error', reject)
    })
    const { ExitCode } = await exec.inspect()
    return ExitCode === null ? result(-1, 'the stream ended before the command') : result(ExitCode, null)
  })().catch((error: unknown) => result(-1, reason(error)))
  const ended = await Promise.race([work, late])
  clearTimeout(timer)
  open.stream?.destroy()
  return ended
}
