import type { X509Certificate } from 'node:crypto'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { rogueRequest } from '../../infra/probe/src/apps/xroad-rogue.ts'
import { selfSigned } from '../../infra/services/kit/certificates.ts'
import type { Instance } from '../../infra/services/kit/members.ts'
import { pinnedAgent } from '../../infra/services/kit/xroad-client.ts'
import { errorResponse } from '../../infra/services/xroad/src/errors.ts'
import { exchange } from '../../infra/services/xroad/src/exchange.ts'
import { parseCall } from '../../infra/services/xroad/src/identifiers.ts'
import type { LogRecord } from '../../infra/services/xroad/src/message-log.ts'
import { readMultipart, writeMultipart } from '../../infra/services/xroad/src/multipart.ts'
import { servePeer } from '../../infra/services/xroad/src/peer-server.ts'
import type { SecurityServer } from '../../infra/services/xroad/src/security-server.ts'
import { checkSignature, openSigner } from '../../infra/services/xroad/src/signature.ts'
import { certificateOf, line, newKeys, subsystem } from './xroad-fixture.ts'

const KEYS = { MM: { auth: newKeys(), sign: newKeys() }, JP: { auth: newKeys(), sign: newKeys() } }
const CALL = '/r1/JP/GOV/1000012/mynumber'
let logs: Record<Instance, LogRecord[]>
let japan: Server
let url: string

/** A security server that knows the other one, which listens at `url`. */
function serverOf(instance: Instance, other: Instance, url = 'https://localhost/'): SecurityServer {
  const { auth, sign } = KEYS[instance]
  const peer = KEYS[other]
  const authKey = line(peer.auth.publicKey)
  return {
    instance,
    signer: openSigner(line(sign.privateKey), instance),
    log: { open: async () => undefined, add: async (record) => void logs[instance].push(record) },
    peers: [
      {
        ...{ instance: other, url, authKey, signKey: peer.sign.publicKey },
        agent: pinnedAgent(selfSigned(line(auth.privateKey), instance), authKey),
      },
    ],
  }
}

const serve = (certificate: X509Certificate | undefined, content: { type: string; body: Buffer }) =>
  servePeer(serverOf('JP', 'MM'), certificate, content).catch(errorResponse)

beforeAll(async () => {
  japan = createServer(
    {
      ...selfSigned(line(KEYS.JP.auth.privateKey), 'xroad-jp'),
      requestCert: true,
      rejectUnauthorized: false,
    },
    async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part)
      const content = { type: request.headers['content-type'] ?? '', body: Buffer.concat(parts) }
      const answer = await serve((request.socket as TLSSocket).getPeerX509Certificate(), content)
      response.writeHead(answer.status, Object.fromEntries(answer.headers))
      response.end(Buffer.from(await answer.arrayBuffer()))
    },
  )
  await new Promise<void>((resolve) => japan.listen(0, '127.0.0.1', resolve))
  url = `https://127.0.0.1:${(japan.address() as AddressInfo).port}/`
})
beforeEach(() => {
  logs = { MM: [], JP: [] }
})
afterAll(() => {
  japan.closeAllConnections()
  japan.close()
})

const ask = (path: string, server = serverOf('MM', 'JP', url)) =>
  exchange(
    {
      ...{ client: subsystem('municipality'), call: parseCall(path), method: 'GET' },
      ...{ headers: { 'x-road-id': 'id-1' }, body: Buffer.alloc(0) },
    },
    server,
  ).catch(errorResponse)

describe('federation', () => {
  test('a request goes to the other security server; both log both messages, each signed by its sender', async () => {
    const response = await ask(`${CALL}/listMethods`)
    expect(response.status).toBe(200)
    expect(response.headers.get('x-road-service')).toBe('JP/GOV/1000012/mynumber/listMethods')
    for (const log of [logs.MM, logs.JP]) {
      expect(log.map((record) => [record.messageId, record.response])).toEqual([
        ['id-1', false],
        ['id-1', true],
      ])
      for (const { message, signature, response: isResponse } of log) {
        const key = KEYS[isResponse ? 'JP' : 'MM'].sign.publicKey
        expect(() => checkSignature(message, signature, key)).not.toThrow()
      }
    }
    expect(logs.JP.map(({ signature }) => signature)).toEqual(logs.MM.map(({ signature }) => signature))
  })

  test('errors of the other side pass with their type', async () => {
    const response = await ask(`${CALL}/nothing/x`)
    expect(response.status).toBe(500)
    expect(response.headers.get('x-road-error')).toBe('Server.ServerProxy.UnknownService')
    expect(await response.json()).toMatchObject({
      message: expect.stringContaining('JP/GOV/1000012/mynumber'),
    })
    expect(logs.MM).toHaveLength(1)
  })

  test('a server that shows another key is not spoken with', async () => {
    const server = serverOf('MM', 'JP', url)
    const [peer] = server.peers
    if (!peer) throw new Error('no peer')
    const other = line(newKeys().publicKey)
    const agent = pinnedAgent(selfSigned(line(KEYS.MM.auth.privateKey), 'MM'), other)
    const response = await ask(`${CALL}/listMethods`, { ...server, peers: [{ ...peer, agent }] })
    expect(response.headers.get('x-road-error')).toBe('Server.ClientProxy.NetworkError')
    expect(logs.JP).toEqual([])
  })

  test('an answer that another key signed is no answer', async () => {
    const server = serverOf('MM', 'JP', url)
    const [peer] = server.peers
    if (!peer) throw new Error('no peer')
    const signKey = newKeys().publicKey
    const response = await ask(`${CALL}/listMethods`, { ...server, peers: [{ ...peer, signKey }] })
    expect(response.headers.get('x-road-error')).toBe('Server.ClientProxy.InvalidSignature')
  })
})

describe('a rogue security server', () => {
  const stranger = newKeys()
  const made = async (signKey = stranger.privateKey, client = 'MM/GOV/70000005/municipality') => {
    const input = { key: line(signKey), server: 'xroad', client, path: `${CALL}/listMethods`, id: 'id-1' }
    const { type, body } = (await rogueRequest(input)) as { type: string; body: string }
    return { type, body: Buffer.from(body) }
  }
  const errorOf = async (certificate: X509Certificate | undefined, content: { type: string; body: Buffer }) =>
    (await serve(certificate, content)).headers.get('x-road-error')
  const registered = certificateOf(KEYS.MM.auth.privateKey)

  test('is refused by its TLS key, whatever it signs with', async () => {
    const refused = 'Server.ServerProxy.SslAuthenticationFailed'
    expect(await errorOf(certificateOf(stranger.privateKey, 'xroad'), await made())).toBe(refused)
    expect(await errorOf(undefined, await made(KEYS.MM.sign.privateKey))).toBe(refused)
    expect(logs.JP).toEqual([])
  })

  test('is refused by its signature, even over a registered connection', async () => {
    expect(await errorOf(registered, await made())).toBe('Server.ServerProxy.InvalidSignature')
    expect(await errorOf(registered, await made(KEYS.MM.sign.privateKey))).toBeNull()
    expect(logs.JP).toHaveLength(2)
  })

  test('a registered one speaks for members of its own instance alone', async () => {
    const content = await made(KEYS.MM.sign.privateKey, 'JP/GOV/1000001/immigration')
    expect(await errorOf(registered, content)).toBe('Server.ClientProxy.UnknownMember')
  })

  test('what is no message is a bad request', async () => {
    for (const content of [
      { type: 'text/plain', body: Buffer.from('hello') },
      { type: 'multipart/mixed; boundary=12345678', body: Buffer.from('--12345678\r\nx') },
      writeMultipart([{ type: 'text/plain', content: Buffer.from('hello') }]),
    ])
      expect(await errorOf(registered, content)).toBe('Client.BadRequest')
  })
})

test('multipart reads back what it wrote, whatever the parts hold', () => {
  const part = fc.record({
    type: fc.constantFrom('text/plain', 'application/x-road-rest-body'),
    content: fc
      .oneof(fc.uint8Array(), fc.constantFrom('\r\n', '\r\n--', '--').map(Buffer.from))
      .map((bytes) => Buffer.from(bytes)),
  })
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      const { type, body } = writeMultipart(parts)
      expect(readMultipart(type, body)).toEqual(parts)
    }),
  )
})
