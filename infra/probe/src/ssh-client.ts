import { createPrivateKey } from 'node:crypto'
import { connect } from 'node:net'
import ssh2 from 'ssh2'
import { type Reach, resolveTarget, sourceFor } from './networks.ts'
import { type Reply, type SshUse, StepFailure } from './steps.ts'

/** Of each of standard output and standard error. */
const LIMIT = 64 * 1024
/** Of all that the server says, greetings, banners and padding with it: more than any command of ours brings, and then it is over. */
const MOST_BYTES = 512 * 1024

/**
 * Logs in by SSH (RFC 4252) and runs one command. Body is its standard output, status its exit code. The server's key is not checked: an attacker
 * does not either. @throws StepFailure `broken` where the login is refused, `down` where nobody answers.
 */
export async function runSsh(
  use: SshUse,
  expected: readonly number[] | undefined,
  reach: Reach,
  choice: number,
  deadline: number,
): Promise<Reply> {
  const since = performance.now()
  // Operators' access listens on the inner network, where a service has an address there.
  const address = await resolveTarget(`${use.host}.inner`, reach.networks).catch(() =>
    resolveTarget(use.host, reach.networks),
  )
  const source = sourceFor(address, reach, choice)
  const sent = `ssh ${use.user}@${use.host}: ${use.command}`
  const key = use.key === undefined ? undefined : privateKeyOf(use.key)
  const socket = connect({ host: address, port: use.port, ...(source && { localAddress: source }) })
  const client = new ssh2.Client()
  let answered = false
  let timer: NodeJS.Timeout | undefined
  try {
    const { code, stdout, stderr } = await new Promise<{ code: number; stdout: string; stderr: string }>(
      (resolve, reject) => {
        const fail = (received: string, cut = true) =>
          reject(
            new StepFailure(answered ? 'broken' : 'down', {
              expected: 'to log in and run it',
              received,
              sent,
              cut,
            }),
          )
        timer = setTimeout(() => fail('no end in time'), Math.max(1, deadline - performance.now()))
        // Its first line: somebody is there who speaks the protocol.
        socket.once('data', () => {
          answered = true
        })
        socket.on('data', () => {
          if (socket.bytesRead > MOST_BYTES) fail(`more than ${MOST_BYTES} bytes`)
        })
        client.on('error', ({ level, message }: Error & { level?: string }) =>
          fail(message, level !== 'client-authentication'),
        )
        client.on('close', () => fail('the connection was closed'))
        client.on('ready', () =>
          client.exec(use.command, (error, channel) => {
            if (error) return fail(error.message)
            let stdout = ''
            let stderr = ''
            channel.on('data', (chunk: Buffer) => {
              if (stdout.length < LIMIT) stdout += chunk.toString('utf8')
            })
            channel.stderr.on('data', (chunk: Buffer) => {
              if (stderr.length < LIMIT) stderr += chunk.toString('utf8')
            })
            channel.on('close', (code: number | null) =>
              resolve({ code: code ?? -1, stdout: stdout.slice(0, LIMIT), stderr: stderr.slice(0, LIMIT) }),
            )
          }),
        )
        client.connect({
          sock: socket,
          username: use.user,
          ...(key !== undefined && { privateKey: key }),
          ...(use.password !== undefined && { password: use.password }),
          readyTimeout: 0,
        })
      },
    )
    if (code !== 0 && !expected)
      throw new StepFailure('broken', {
        expected: 'exit code 0',
        received: `exit code ${code}\n${stderr || stdout}`,
        sent,
      })
    return { status: code, headers: {}, body: stdout, sent, ms: performance.now() - since, note: '' }
  } finally {
    clearTimeout(timer)
    client.removeAllListeners('close')
    client.on('error', () => {})
    client.end()
    socket.destroy()
  }
}

/** PEM as it is, or its base64 on one line as `{{private-key:NAME}}` gives it; PKCS 8 becomes what the library reads (RFC 5915). */
function privateKeyOf(key: string): string {
  const pem = key.includes('-----BEGIN') ? key : Buffer.from(key, 'base64').toString('utf8')
  if (!pem.includes('BEGIN PRIVATE KEY')) return pem
  const known = createPrivateKey(pem)
  return known
    .export({ type: known.asymmetricKeyType === 'rsa' ? 'pkcs1' : 'sec1', format: 'pem' })
    .toString()
}
