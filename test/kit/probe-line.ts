import type { ChildProcessByStdio } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Duplex, Readable, Writable } from 'node:stream'
import type { RunResult } from '../../server/engine/ports/ports.ts'
import type { Script } from '../../server/engine/ports/script.ts'
import type { ExecAnswer, ProbeRequest } from '../../server/range/probe/probe-wire.ts'

export interface ProbeLine {
  /** First line of the probe. */
  readonly ready: Promise<{ readonly addresses: readonly string[] }>
  /** What a script leaves out gets a default. */
  run(request: RunOrder, options?: RunOptions): Promise<RunResult>
  /** Resolves with the number that came back. */
  ping(number: number): Promise<number>
  cancel(id: string): void
  write(text: string): void
}

export type RunOrder = Partial<Omit<ProbeRequest, 'script'>> & { readonly script: Partial<Script> }

export interface RunOptions {
  readonly id?: string
  readonly onExec?: (path: string, env: Readonly<Record<string, string>>) => Promise<ExecAnswer>
}

type Said = Readonly<Record<string, unknown>> & { readonly id?: string }

/** Speaks the probe wire of infra/README.md over a child process's, or a container's, stdin and stdout. */
export function probeLine(stdin: Writable | Duplex, stdout: Readable): ProbeLine {
  const pending = new Map<string, { resolve: (result: RunResult) => void; onExec: RunOptions['onExec'] }>()
  const pongs = new Map<number, () => void>()
  let next = 0
  let becomeReady: (said: { addresses: readonly string[] }) => void
  const ready = new Promise<{ addresses: readonly string[] }>((resolve) => {
    becomeReady = resolve
  })
  const write = (text: string) => void stdin.write(text)
  const send = (message: object) => write(`${JSON.stringify(message)}\n`)

  const hear = async (said: Said) => {
    if (said.ready) return becomeReady({ addresses: said.addresses as readonly string[] })
    if (typeof said.pong === 'number') return pongs.get(said.pong)?.()
    const run = pending.get(said.id ?? '')
    if (!run) return
    if (said.exec) {
      const { path, env } = said.exec as { path: string; env: Record<string, string> }
      const none = { exitCode: -1, stdout: '', stderr: '', error: 'nobody runs commands here' }
      return send({ id: said.id, execResult: (await run.onExec?.(path, env)) ?? none })
    }
    pending.delete(said.id ?? '')
    run.resolve(said as unknown as RunResult)
  }
  createInterface({ input: stdout }).on('line', (line) => hear(JSON.parse(line) as Said))

  return {
    ready,
    write,
    run(request, options = {}) {
      const id = options.id ?? String(++next)
      return new Promise((resolve) => {
        pending.set(id, { resolve, onExec: options.onExec })
        const script = { setup: [], steps: [], slowAfterMs: 5_000, deadlineMs: 10_000, ...request.script }
        send({ id, vars: {}, memory: {}, seed: id, ...request, script })
      })
    },
    ping(number) {
      return new Promise((resolve) => {
        pongs.set(number, () => resolve(number))
        send({ ping: number })
      })
    },
    cancel: (id) => send({ cancel: id }),
  }
}

export const lineOf = (child: ChildProcessByStdio<Writable, Readable, null>): ProbeLine =>
  probeLine(child.stdin, child.stdout)
