import { connect } from 'node:net'
import { type Network, resolveTarget } from './networks.ts'
import { type Reply, StepFailure } from './steps.ts'

const LIMIT = 64 * 1024
/** After the first bytes, silence of this length ends the answer. */
const QUIET_MS = 300

/** Sends text over TCP and takes what comes back until the peer ends, falls silent or the limit. @throws StepFailure */
export async function sendTcp(
  target: { readonly host: string; readonly port: number; readonly send: string },
  networks: readonly Network[],
  deadline: number,
): Promise<Reply> {
  const since = performance.now()
  const host = await resolveTarget(target.host, networks)
  const sent = `tcp ${target.host}:${target.port}\n${target.send}`
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0)
    let connected = false
    let quiet: NodeJS.Timeout | undefined
    const socket = connect({ host, port: target.port })
    const end = (note: string) => {
      clearTimeout(timer)
      clearTimeout(quiet)
      socket.destroy()
      resolve({
        status: 0,
        headers: {},
        body: received.toString('utf8'),
        sent,
        ms: performance.now() - since,
        note,
      })
    }
    const timer = setTimeout(
      () => {
        if (connected) end('no more in time')
        else fail('no connection in time')
      },
      Math.max(1, deadline - since),
    )
    const fail = (what: string) => {
      clearTimeout(timer)
      clearTimeout(quiet)
      socket.destroy()
      reject(new StepFailure('down', { expected: 'a connection', received: what, sent }))
    }
    socket.on('connect', () => {
      connected = true
      if (target.send) socket.write(target.send)
    })
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      clearTimeout(quiet)
      if (received.length >= LIMIT) end(`cut at ${LIMIT} bytes`)
      else quiet = setTimeout(() => end(''), QUIET_MS)
    })
    socket.on('end', () => end(''))
    socket.on('error', (error) =>
      connected && received.length > 0 ? end(error.message) : fail(error.message),
    )
  })
}
