import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Duplex, Writable } from 'node:stream'

/**
 * Connections to an engine behind SSH, made as the Docker client makes them: by the machine's own `ssh`, which runs `docker system dial-stdio` there. So
 * aliases, keys, jump hosts and known hosts are those of the user's SSH configuration. Connections share one login; none ever asks a question.
 */
export function sshAgent(url: URL): Agent {
  const shared = mkdtempSync(join(tmpdir(), 'kilp-ssh-'))
  process.once('exit', () => rmSync(shared, { recursive: true, force: true }))
  const options = [
    'BatchMode=yes',
    'ConnectTimeout=10',
    'ControlMaster=auto',
    'ControlPersist=60',
    `ControlPath=${join(shared, '%C')}`,
  ]
  const args = [
    '-T',
    ...options.flatMap((option) => ['-o', option]),
    ...(url.username ? ['-l', decodeURIComponent(url.username)] : []),
    ...(url.port ? ['-p', url.port] : []),
    '--',
    url.hostname,
    'docker system dial-stdio',
  ]
  const agent = new Agent()
  agent.createConnection = () => dial(args)
  return agent
}

function dial(args: readonly string[]): Duplex {
  const child = spawn('ssh', args, { stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000)
  })
  const ended = new Promise<Error | null>((resolve) => {
    child.on('error', (error: NodeJS.ErrnoException) =>
      resolve(
        error.code === 'ENOENT' ? new Error('there is no ssh here: install the OpenSSH client') : error,
      ),
    )
    child.on('close', (code) =>
      resolve(code ? new Error(said.trim().split('\n').at(-1) || `ssh ended with ${code}`) : null),
    )
  })
  /**
   * Its end is told only when it is known whether there was a connection at all: else the reason would come too late. Once something was said, an end is an
   * end, as of any socket: servers that close without telling a status make ssh end with 255 after a whole answer.
   */
  async function* readable() {
    let heard = false
    for await (const chunk of child.stdout) {
      heard = true
      yield chunk as Buffer
    }
    const failure = await ended
    if (failure && !heard) throw failure
  }
  // A pipe that nobody reads any more has no reason to tell: ssh's own words come from the reading side.
  child.stdin.on('error', () => {})
  const writable = new Writable({
    write: (chunk, _, done) => void child.stdin.write(chunk, () => done()),
    final: (done) => void child.stdin.end(() => done()),
  })
  const stream = Duplex.from({ readable: readable(), writable })
  stream.on('close', () => child.kill())
  return stream
}
