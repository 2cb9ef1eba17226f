import { spawn } from 'node:child_process'
import type { Range, TerminalStream } from '../../server/engine/ports/ports.ts'
import { openFakeRange } from '../engine/fake-range.ts'

/** A range whose terminals are shells of this machine: real streams, with real backpressure, without a container. */
export function openShellRange() {
  const opened: { team: string; service: string; resized: string[]; kill(): void; bytes(): number }[] = []
  const range: Range = {
    ...openFakeRange().range,
    async openTerminal(team, service) {
      const shell = spawn('sh', [], { stdio: ['pipe', 'pipe', 'ignore'] })
      const resized: string[] = []
      let bytes = 0
      shell.stdout.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      shell.stdout.pause()
      shell.stdin.on('error', () => undefined)
      opened.push({ team, service, resized, kill: () => shell.kill('SIGKILL'), bytes: () => bytes })
      const stream: TerminalStream = {
        write: (data) => new Promise((taken) => void shell.stdin.write(data, () => taken())),
        resize: (cols, rows) => void resized.push(`${cols}x${rows}`),
        onData: (call) => {
          shell.stdout.on('data', call)
          shell.stdout.resume()
        },
        onClose: (call) => void shell.once('close', () => call('the shell ended')),
        pause: () => void shell.stdout.pause(),
        resume: () => void shell.stdout.resume(),
        close: () => void shell.kill('SIGKILL'),
      }
      return stream
    },
  }
  return { range, opened }
}
