import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Step } from '../../server/engine/ports/script.ts'
import { lineOf, type ProbeLine } from '../kit/probe-line.ts'
import { get, reply, type Served, serve, serveTcp } from './probe-here.ts'

const MAIN = join(import.meta.dirname, '../../infra/probe/src/main.ts')
/** Of a step. Its bounds in bytes end it long before. */
const STEP_MS = 8_000
const LATE_MS = 5_000
/** What the probe's container may take, `PROBE_LIMITS` in server/range/enclave/plan.ts; its heap is bounded as its Dockerfile says. */
const CONTAINER_MIB = 256
/** Of everybody else, on a busy machine; a run takes a few milliseconds. */
const PATIENCE_MS = 1_500
/** Attackers at once. */
const AT_ONCE = 8

let child: ChildProcess
let probe: ProbeLine
const open: (() => unknown)[] = []

beforeEach(async () => {
  const started = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--max-old-space-size=128', MAIN],
    {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, KILP_NETWORKS: '127.0.0.0/8', KILP_SEED: 'test', KILP_ADDRESSES: '' },
    },
  )
  child = started
  probe = lineOf(started)
  await probe.ready
})
afterEach(() => child.kill('SIGKILL'))
afterAll(() => Promise.all(open.map((close) => close())))

const opened = async (server: Promise<Served>): Promise<Served> => {
  const it = await server
  open.push(() => it.close())
  return it
}

/** Says `first`, once it was spoken to, and then `more` for as long as anybody listens. */
const endless = (more: string | Buffer, first: string | Buffer = '') =>
  opened(
    serveTcp((socket) => {
      const go = () => {
        while (socket.writable && socket.write(more));
      }
      socket.once('data', () => {
        socket.write(first)
        socket.on('drain', go)
        go()
      })
    }),
  )

const httpStep = async (more: string | Buffer, first: string | Buffer) =>
  get((await endless(more, first)).url, { deadlineMs: STEP_MS })

/** A server that lets everybody in and runs whatever it is told: `talk` is all that it does. */
async function sshStep(talk: (channel: ssh2.ServerChannel) => void): Promise<Step> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const server = new ssh2.Server(
    { hostKeys: [privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()] },
    (client) => {
      client.on('error', () => {})
      client.on('authentication', (login) => login.accept())
      client.on('ready', () =>
        client.on('session', (accept) => accept().on('exec', (accepted) => talk(accepted()))),
      )
    },
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.push(() => server.close())
  return ssh((server.address() as AddressInfo).port)
}
const ssh = (port: number): Step =>
  ({
    ssh: { host: '127.0.0.1', port, user: 'root', password: 'x', command: 'id' },
    deadlineMs: STEP_MS,
  }) as unknown as Step

const pour = (into: { write(text: string): boolean; on(what: 'drain', call: () => void): unknown }) => {
  const go = () => {
    while (into.write('x'.repeat(32_768)));
  }
  into.on('drain', go)
  go()
}

/** A message of PostgreSQL's protocol 3.0: a letter, its length with itself, what it says. */
function message(letter: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(letter)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
const short = (number: number) => Buffer.from([number >> 8, number & 255])

/** A database that answers with rows of `columns` empty columns without end. */
async function sqlStep(columns: number): Promise<Step> {
  const ok = message('R', Buffer.alloc(4))
  const idle = message('Z', Buffer.from('I'))
  const column = (n: number) => Buffer.concat([Buffer.from(`c${n}\0`), Buffer.alloc(18)])
  const names = Array.from({ length: columns }, (_, n) => column(n))
  const described = message('T', Buffer.concat([short(columns), ...names]))
  const row = message('D', Buffer.concat([short(columns), Buffer.alloc(columns * 4)]))
  const rows = Buffer.concat(Array.from({ length: Math.ceil(65_536 / row.length) }, () => row))
  const { port } = await opened(
    serveTcp((socket: Socket) => {
      socket.once('data', () => {
        socket.write(Buffer.concat([ok, idle]))
        socket.once('data', () => {
          socket.write(
            Buffer.concat([message('1', Buffer.alloc(0)), message('2', Buffer.alloc(0)), described]),
          )
          const go = () => {
            while (socket.writable && socket.write(rows));
          }
          socket.on('drain', go)
          go()
        })
      })
    }),
  )
  const query = { database: 'd', user: 'u', password: 'p', query: 'select 1', params: [] }
  return { sql: { host: `127.0.0.1:${port}`, ...query }, deadlineMs: STEP_MS } as unknown as Step
}

const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'
/** A packed body (RFC 1952) that unpacks to nothing: after its head, blocks that are stored and empty. */
const GZIP_HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])
const NOTHING = Buffer.from([0, 0, 0, 0xff, 0xff])
const chunk = (data: Buffer) =>
  Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from('\r\n')])

const HOSTILE: readonly (readonly [string, () => Promise<Step>])[] = [
  ['standard output over SSH', () => sshStep((channel) => pour(channel))],
  ['standard error over SSH', () => sshStep((channel) => pour(channel.stderr))],
  ['greetings before SSH', async () => ssh((await endless('come in\r\n'.repeat(1_000))).port)],
  ['HTTP headers', () => httpStep('x: y\r\n'.repeat(1_000), 'HTTP/1.1 200 OK\r\n')],
  ['interim HTTP answers', () => httpStep('HTTP/1.1 102 Processing\r\n\r\n'.repeat(500), '')],
  ['extensions of chunks', () => httpStep(';a=b'.repeat(4_000), `${CHUNKED}1`)],
  ['extensions, a few in each chunk', () => httpStep('1;a=b\r\nx\r\n'.repeat(2_000), CHUNKED)],
  ['HTTP trailers', () => httpStep('x: y\r\n'.repeat(1_000), `${CHUNKED}1\r\nx\r\n0\r\n`)],
  [
    'a packed body of nothing',
    () =>
      httpStep(
        chunk(Buffer.concat(Array(8_000).fill(NOTHING))),
        Buffer.concat([
          Buffer.from(CHUNKED.replace('\r\n\r\n', '\r\ncontent-encoding: gzip\r\n\r\n')),
          chunk(GZIP_HEAD),
        ]),
      ),
  ],
  [
    'text over TCP',
    async () =>
      ({
        tcp: { host: '127.0.0.1', port: (await endless('x'.repeat(65_536))).port, send: 'hello' },
        expect: { text: ['welcome'] },
        deadlineMs: STEP_MS,
      }) as Step,
  ],
  ['rows without columns', () => sqlStep(0)],
  ['rows of many columns', () => sqlStep(1_500)],
]

/** The most that the process has held, in MiB. */
const most = () =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

describe('a service that sends without end', () => {
  test.each(HOSTILE)(
    '%s: is over in time, takes bounded memory, and keeps nobody waiting',
    async (_, make) => {
      const step = await make()
      const healthy = await opened(serve((_request, response) => reply(response, 200, 'welcome')))
      const since = performance.now()
      let attacked = true
      const attacks = Promise.all(
        Array.from({ length: AT_ONCE }, () =>
          probe.run({ script: { steps: [step], deadlineMs: STEP_MS + 2_000 } }),
        ),
      ).finally(() => {
        attacked = false
      })
      const waits: number[] = []
      const died = once(child, 'exit').then(() => Promise.reject(new Error('the probe died of it')))
      died.catch(() => {})
      while (attacked) {
        const asked = performance.now()
        const other = await Promise.race([probe.run({ script: { steps: [get(healthy.url)] } }), died])
        expect(other).toMatchObject({ outcome: 'pass' })
        waits.push(performance.now() - asked)
        await new Promise((wake) => setTimeout(wake, 20))
      }
      for (const result of await attacks) expect(result).toMatchObject({ outcome: 'fail', verdict: 'broken' })
      expect(performance.now() - since).toBeLessThan(LATE_MS)
      expect(Math.max(...waits)).toBeLessThan(PATIENCE_MS)
      expect(most()).toBeLessThan(CONTAINER_MIB)
    },
  )

  test('in single bytes to a port on which the probe waits is hung up on', async () => {
    const free = await opened(serveTcp(() => {}))
    await free.close()
    const listen = { port: free.port, says: 'it is me', times: 1, withinMs: 5_000, reply: '' }
    const waiting = probe.run({ script: { steps: [{ listen, deadlineMs: STEP_MS } as Step] } })
    await new Promise((wake) => setTimeout(wake, 200))
    const caller = connect({ port: free.port, host: '127.0.0.1', noDelay: true })
    caller.on('error', () => {})
    const drip = setInterval(() => caller.writable && caller.write('x'), 2)
    const since = performance.now()
    caller.resume()
    await once(caller, 'close')
    clearInterval(drip)
    expect(performance.now() - since).toBeLessThan(3_000)
    expect(await waiting).toMatchObject({ outcome: 'fail', verdict: 'broken' })
  })
})
