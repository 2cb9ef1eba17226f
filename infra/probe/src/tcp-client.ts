import { connect } from 'node:net'
import { type Reach, resolveTarget, sourceFor } from './networks.ts'
import { type Reply, StepFailure } from './steps.ts'

const LIMIT = 64 * 1024
/** After the first bytes, silence of this length ends the answer. */
const QUIET_MS = 300

/** Sends text over TCP and takes what comes back until the peer ends, falls silent or the limit. @throws StepFailure */
export async function sendTcp(
  target: { readonly host: string; readonly port: number; readonly send: string },
  reach: Reach,
  choice: number,
  deadline: number,
): Promise<Reply> {
  const since = performance.now()
  const host = await resolveTarget(target.host, reach.networks)
  const source = sourceFor(host, reach, choice)
  const sent = `tcp ${target.host}:${target.port}\n${target.send}`
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    let connected = false
    let quiet: NodeJS.Timeout | undefined
    const socket = connect({ host, port: target.port, ...(source && { localAddress: source }) })
    const over = () => {
      clearTimeout(timer)
      clearTimeout(quiet)
      socket.destroy()
    }
    const end = (note: string) => {
      over()
      const body = Buffer.concat(chunks).subarray(0, LIMIT).toString('utf8')
      resolve({ status: 0, headers: {}, body, sent, ms: performance.now() - since, note })
    }
    const fail = (what: string) => {
      over()
      reject(new StepFailure('down', { expected: 'a connection', received: what, sent }))
    }
    const timer = setTimeout(
      () => (connected ? end('no more in time') : fail('no connection in time')),
      Math.max(1, deadline - performance.now()),
    )
    socket.on('connect', () => {
      connected = true
      if (target.send) socket.write(target.send)
    })
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      size += chunk.length
      clearTimeout(quiet)
      if (size >= LIMIT) end(`cut at ${LIMIT} bytes`)
      else quiet = setTimeout(() => end(''), QUIET_MS)
    })
    socket.on('end', () => end(''))
    socket.on('error', (error) => (connected && size > 0 ? end(error.message) : fail(error.message)))
  })
}
