import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net'
import ssh2 from 'ssh2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseNetwork } from '../../infra/probe/src/networks.ts'
import type { Step } from '../../server/engine/ports/script.ts'
import { secretsOf } from '../../server/range/enclave/env.ts'
import { here, probeHere, reply, type Served, serve } from './probe-here.ts'

const run = (steps: readonly Step[], place = {}, vars = {}) =>
  probeHere(place).run({ script: { steps }, vars })

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const listen = (port: number, more: Partial<Extract<Step, { listen: unknown }>['listen']> = {}): Step => ({
  listen: { port, says: 'it is me', times: 1, withinMs: 1_500, reply: '', ...more },
  deadlineMs: 4_000,
})

/** Calls until somebody is there, as an implant would; gives back what it is told. */
async function callHome(port: number, body: string): Promise<string> {
  for (let turn = 0; turn < 100; turn++) {
    try {
      const post = request({ host: '127.0.0.1', port, method: 'POST', agent: false })
      post.end(body)
      const [response] = await once(post, 'response')
      let text = ''
      for await (const chunk of response) text += chunk
      return text
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  throw new Error('nobody listens')
}

describe('listen', () => {
  test('passes when a caller says the text, over HTTP, and hands it its orders', async () => {
    const port = await freePort()
    const waiting = run([
      { ...listen(port, { reply: 'sleep until {{seed}}' }), expect: { text: ['it is me, 42'] } } as Step,
    ])
    expect(await callHome(port, 'it is me, 42')).toBe('sleep until test')
    expect(await waiting).toMatchObject({ outcome: 'pass', verdict: 'up' })
  })

  test('takes what says nothing of HTTP too, and passes over strangers', async () => {
    const port = await freePort()
    const waiting = run([listen(port)])
    await callHome(port, 'somebody else')
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write('it is me')
    expect(await waiting).toMatchObject({ outcome: 'pass' })
    socket.destroy()
  })

  test('two runs wait at one port, and both hear the one call', async () => {
    const port = await freePort()
    const waiting = Promise.all([run([listen(port)]), run([listen(port)])])
    for (let turn = 0; turn < 2; turn++) await callHome(port, 'it is me').catch(() => '')
    expect((await waiting).map(({ outcome }) => outcome)).toEqual(['pass', 'pass'])
  })

  test('fails when nobody calls in time, and says who did', async () => {
    const result = await run([listen(await freePort(), { withinMs: 200 })])
    expect(result).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    expect(result.evidence?.received).toBe('0 such calls and 0 others within 200 ms')
  })

  test('asks for as many calls as it is told to', async () => {
    const port = await freePort()
    const waiting = run([listen(port, { times: 3, withinMs: 300 })])
    await callHome(port, 'it is me')
    expect((await waiting).evidence?.received).toBe('1 such calls and 0 others within 300 ms')
  })

  test('hangs up on callers from outside of the enclave', async () => {
    const port = await freePort()
    const elsewhere = { reach: { networks: [parseNetwork('10.99.0.0/16')], addresses: [] } }
    const waiting = run([listen(port, { withinMs: 600 })], elsewhere)
    await expect(callHome(port, 'it is me')).rejects.toThrow('nobody listens')
    expect((await waiting).evidence?.received).toContain('0 such calls and 0 others')
  })

  test('a port that is taken is our own fault', async () => {
    const everywhere = createServer().listen(0, '0.0.0.0')
    await once(everywhere, 'listening')
    const { port } = everywhere.address() as AddressInfo
    expect(await run([listen(port)])).toMatchObject({ outcome: 'fault' })
    everywhere.close()
  })
})

describe('ssh', () => {
  const secrets = secretsOf('seed', 'x', 'team')
  const operator = secrets.privateKey('operator')
  const { privateKey: hostKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  let port = 0
  let server: ssh2.Server
  beforeAll(async () => {
    const known = ssh2.utils.parseKey(secrets.sshKey('operator'))
    if (known instanceof Error) throw known
    server = new ssh2.Server({ hostKeys: [hostKey] }, (client) => {
      client.on('error', () => {})
      client.on('authentication', (login) => {
        if (login.method === 'password' && login.username === 'app' && login.password === 'right')
          return login.accept()
        if (login.method !== 'publickey' || !login.key.data.equals(known.getPublicSSH()))
          return login.reject()
        if (login.signature && !known.verify(login.blob ?? Buffer.alloc(0), login.signature, login.hashAlgo))
          return login.reject()
        login.accept()
      })
      client.on('session', (accept) =>
        accept().on('exec', (accepted, _, { command }) => {
          const channel = accepted()
          if (command === 'hang') return
          channel.write(`ran ${command}`)
          channel.stderr.write('a complaint')
          channel.exit(command === 'false' ? 1 : 0)
          channel.end()
        }),
      )
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => void server.close())

  const ssh = (use: object, more: Partial<Step> = {}): Step =>
    ({
      ssh: { host: '127.0.0.1', port, user: 'root', command: 'id', ...use },
      deadlineMs: 4_000,
      ...more,
    }) as Step

  test('logs in with the key that scripts name and runs a command', async () => {
    const steps = [ssh({ key: '{{private-key:operator}}' }, { expect: { text: ['ran id'] } })]
    const result = await run(steps, {}, { 'private-key:operator': operator })
    expect(result).toMatchObject({ outcome: 'pass', verdict: 'up' })
    expect(JSON.stringify(result)).not.toContain(operator)
  })

  test('the line for authorized_keys is that of the same key', () => {
    const pem = Buffer.from(operator, 'base64').toString()
    const { x = '' } = createPublicKey(createPrivateKey(pem)).export({ format: 'jwk' })
    const line = Buffer.from(secrets.sshKey('operator').split(' ')[1] ?? '', 'base64')
    expect(line.includes(Buffer.from(x, 'base64url'))).toBe(true)
  })

  test('logs in with a password; a wrong one is refused, which is an answer', async () => {
    expect(await run([ssh({ user: 'app', password: 'right' })])).toMatchObject({ outcome: 'pass' })
    expect(await run([ssh({ user: 'app', password: 'wrong' })])).toMatchObject({
      outcome: 'fail',
      verdict: 'broken',
    })
  })

  test('a command that fails fails the step, unless that is expected', async () => {
    const failed = await run([ssh({ user: 'app', password: 'right', command: 'false' })])
    expect(failed).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    expect(failed.evidence?.received).toContain('a complaint')
    const wanted = ssh({ user: 'app', password: 'right', command: 'false' }, { expect: { status: [1] } })
    expect(await run([wanted])).toMatchObject({ outcome: 'pass' })
  })

  test('a command that never ends is over at the deadline, a closed port is down, a target outside is refused', async () => {
    const hanging = ssh({ user: 'app', password: 'right', command: 'hang' }, { deadlineMs: 800 })
    expect(await run([hanging])).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    const closed = ssh({ port: await freePort(), user: 'app', password: 'right' })
    expect(await run([closed])).toMatchObject({ outcome: 'fail', verdict: 'down' })
    const outside = await run([ssh({ host: '192.0.2.1', user: 'app', password: 'right' })])
    expect(outside).toMatchObject({ outcome: 'fault' })
    expect(outside.evidence?.received).toContain('outside the enclave')
  })
})

describe('flood', () => {
  let site: Served
  let seen = 0
  let most = 0
  let open = 0
  beforeAll(async () => {
    site = await serve((_, response) => {
      seen += 1
      open += 1
      most = Math.max(most, open)
      const status = seen % 2 ? 200 : 429
      setTimeout(() => {
        open -= 1
        reply(response, status, 'x')
      }, 50)
    })
  })
  afterAll(() => site.close())

  const flooding = (rate: number, forMs: number, url = site.url): Step => ({
    flood: { http: { method: 'GET', url }, rate, forMs },
    deadlineMs: 10_000,
    capture: { sent: { json: '$.sent' }, ok: { json: '$.statuses.200' } },
    remember: ['sent', 'ok'],
  })

  test('sends so many a second and counts the answers', async () => {
    seen = 0
    const result = await run([flooding(40, 500)])
    expect(result).toMatchObject({ outcome: 'pass' })
    expect(Number(result.remember.sent)).toBe(seen)
    expect(Number(result.remember.sent)).toBeLessThanOrEqual(21)
    expect(Number(result.remember.ok)).toBe(Math.ceil(seen / 2))
  })

  test('however it is written, it stays within bounds of rate, number, time and requests at once', async () => {
    seen = 0
    most = 0
    const since = performance.now()
    const result = await run([flooding(1_000_000, 3_600_000)])
    expect(performance.now() - since).toBeLessThan(9_000)
    expect(Number(result.remember.sent)).toBeLessThanOrEqual(500)
    expect(most).toBeLessThanOrEqual(32)
  })

  test('a target outside of the enclave is refused', async () => {
    const result = await run([flooding(10, 200, 'http://192.0.2.1/')])
    expect(result).toMatchObject({ outcome: 'fault' })
    expect(result.evidence?.received).toContain('outside the enclave')
  })
})

test('{{probe.address}} is an address of the inner network, always the same in one enclave', async () => {
  const reach = {
    networks: [parseNetwork('127.1.0.0/16'), parseNetwork('127.2.0.0/16')],
    addresses: ['127.1.0.5', '127.2.0.6', '127.2.0.7', '127.2.0.8'],
  }
  const site = await serve((request, response) => reply(response, 200, request.url))
  const ask: Step = {
    http: { method: 'GET', url: `${site.url}/{{probe.address}}` },
    redirects: 0,
    deadlineMs: 2_000,
    capture: { at: { body: true } },
    remember: ['at'],
  }
  const place = { ...here, reach: { ...reach, networks: [parseNetwork('127.0.0.0/8'), ...reach.networks] } }
  const seenAt = await Promise.all([1, 2, 3].map(async () => (await run([ask], place)).remember.at))
  expect(new Set(seenAt).size).toBe(1)
  expect(seenAt[0]).toMatch(/^\/127\.2\.0\.[678]$/)
  await site.close()
})
