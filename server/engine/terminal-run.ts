import type { TerminalStream } from './ports/ports.ts'

export interface Typed {
  /** Exit status of the typed text, or null when the terminal closed or the deadline passed before it ended. */
  readonly exitCode: number | null
  /** Last 8 KiB of what the terminal showed. */
  readonly output: string
}

/**
 * Types `text` into a root shell as a person would and waits for its exit status. The marker is typed in two halves, so that
 * the echo of the typed line is not taken for the answer.
 */
export function typeInTerminal(stream: TerminalStream, text: string, deadlineMs: number): Promise<Typed> {
  return new Promise((resolve) => {
    let output = ''
    let settled = false
    const settle = (exitCode: number | null) => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      resolve({ exitCode, output })
    }
    const timer = setTimeout(() => settle(null), deadlineMs)
    stream.onData((chunk) => {
      output = (output + chunk.toString('utf8')).slice(-8192)
      const done = /kilp-typed=(\d+)/.exec(output)
      if (done) settle(Number(done[1]))
    })
    stream.onClose(() => settle(null))
    void stream.write(`${text}\necho "kilp-""typed=$?"\n`)
  })
}
