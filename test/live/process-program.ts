import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { PassThrough } from 'node:stream'
import type { Range } from '../../server/engine/ports/ports.ts'
import { NoSuchTarget, type Program } from '../../server/engine/ports/program.ts'
import { openFakeRange } from '../engine/fake-range.ts'

/** A range whose programs are processes of this machine, and whose enclave reaches one port and no other. */
export function openProgramRange(reaches: { host: string; port: number } | null = null) {
  const uses: string[] = []
  const range: Range = {
    ...openFakeRange().range,
    async runProgram(team, service, use, screen) {
      uses.push(`${team}/${service} ${use.kind}${screen ? ` ${screen.cols}x${screen.rows}` : ''}`)
      if (use.kind === 'connection') {
        if (use.host !== reaches?.host) throw new NoSuchTarget(`${use.host} is not here`)
        const socket = connect(reaches.port, '127.0.0.1')
        socket.on('error', () => undefined)
        const ended = new Promise<number | null>((done) => socket.once('close', () => done(0)))
        const close = () => void socket.destroy()
        const stderr = new PassThrough()
        stderr.end()
        return {
          stdin: socket,
          stdout: socket,
          stderr,
          ended,
          close,
          resize: async () => {},
          signal: async () => {},
        }
      }
      const child = use.kind === 'command' ? spawn('sh', ['-c', use.command]) : spawn('sh', [])
      const program: Program = {
        stdin: child.stdin,
        stdout: child.stdout,
        stderr: child.stderr,
        ended: new Promise((done) => child.once('exit', (status) => done(status))),
        resize: async (cols, rows) => void uses.push(`${cols}x${rows}`),
        signal: async (name) => void child.kill(`SIG${name}` as NodeJS.Signals),
        close: () => void child.kill('SIGKILL'),
      }
      return program
    },
  }
  return { range, uses }
}
