import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer as createPlain } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { selfSigned } from '../../infra/services/kit/certificates.ts'
import { formatDate, formatMoney } from '../../infra/services/kit/dates.ts'
import { html, languageOf, page } from '../../infra/services/kit/html.ts'
import { createService } from '../../infra/services/kit/http.ts'
import { httpRequest } from '../../infra/services/kit/http-request.ts'
import { pinnedAgent } from '../../infra/services/kit/xroad-client.ts'
import { personalCode } from '../../infra/services/kit/xroad-provider.ts'

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
  vi.restoreAllMocks()
})
const listen = async (server: Server): Promise<number> => {
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

describe('a service', () => {
  test('says what it waits for, serves when ready, and says so when something is gone again', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    vi.spyOn(console, 'log').mockImplementation(() => undefined)
    const service = createService('test')
    let database = false
    service.app.get('/', (c) => c.text('hello'))
    service.check('database', async () => {
      if (!database) throw new Error('gone')
    })
    const { port } = await service.listen(0)
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
    const waiting = service.until('database', async () => {
      if (!database) throw new Error('not yet')
      return 7
    })
    expect((await get('/')).status).toBe(503)
    const health = await get('/healthz')
    expect(health.status).toBe(503)
    expect((await health.json()).waitsFor).toContain('database')
    database = true
    expect(await waiting).toBe(7)
    expect((await get('/healthz')).status).toBe(503)
    service.ready()
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' })
    const answer = await get('/')
    expect(await answer.text()).toBe('hello')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'")
    database = false
    expect((await get('/healthz')).status).toBe(503)
  })

  test('writes a line for each request, in the order of the answers, and none for light checks', async () => {
    const written = vi.spyOn(console, 'log').mockImplementation(() => undefined)
    const service = createService('test')
    service.app.get('/slow', async (c) => {
      await new Promise((wake) => setTimeout(wake, 60))
      return c.text('late')
    })
    service.ready()
    const { port } = await service.listen(0)
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
    const slow = get('/slow')
    await get('/quick?name=O%27Connor%0Aforged')
    await get('/healthz')
    await slow
    const lines = () => written.mock.calls.flatMap(([text]) => String(text).split('\n'))
    await vi.waitFor(() => expect(lines().some((line) => line.includes('/slow'))).toBe(true))
    expect(lines().filter((line) => /GET \/(quick|slow|healthz)/.test(line))).toEqual([
      expect.stringMatching(/127\.0\.0\.1 GET \/quick\?name=O%27Connor%0Aforged 404 [\d.]+ms$/),
      expect.stringMatching(/127\.0\.0\.1 GET \/slow 200 [\d.]+ms$/),
    ])
  })

  test('answers errors and oversized requests in JSON, and tells nothing of its inside', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    vi.spyOn(console, 'log').mockImplementation(() => undefined)
    const service = createService('test')
    service.app.get('/fails', () => {
      throw new Error('secret')
    })
    service.app.post('/takes', async (c) => c.text(await c.req.text()))
    const { port } = await service.listen(0)
    service.ready()
    const failed = await fetch(`http://127.0.0.1:${port}/fails`)
    expect(failed.status).toBe(500)
    expect(await failed.text()).not.toContain('secret')
    expect((await fetch(`http://127.0.0.1:${port}/nothing`)).status).toBe(404)
    const large = await fetch(`http://127.0.0.1:${port}/takes`, {
      method: 'POST',
      body: 'x'.repeat(3_000_000),
    })
    expect(large.status).toBe(413)
  })
})

describe('pages', () => {
  test('escape what they are given and say their language', async () => {
    const text = String(
      await page({ lang: 'et', service: '<b>', title: '"&', content: html`<p>${'<script>'}</p>` }),
    )
    expect(text).toContain('<html lang="et">')
    expect(text).toContain('<p>&lt;script&gt;</p>')
    expect(text).not.toContain('<script>')
    expect(text).not.toContain('<b>')
  })

  test('come in the language asked for, then the kept one, then the browser’s, then English', async () => {
    const service = createService('test')
    service.app.get('/', (c) => c.text(languageOf(c)))
    service.ready()
    const ask = async (path: string, headers: Record<string, string> = {}) =>
      (await service.app.request(path, { headers })).text()
    expect(await ask('/?lang=ja', { cookie: 'lang=et' })).toBe('ja')
    expect(await ask('/?lang=xx', { cookie: 'lang=et' })).toBe('et')
    expect(await ask('/', { 'accept-language': 'fi, ja;q=0.8' })).toBe('ja')
    expect(await ask('/')).toBe('en')
  })

  test('write days and money as the language does', () => {
    expect(formatDate('et', '2026-02-24')).toBe('24. veebruar 2026')
    expect(formatDate('ja', '2026-02-24')).toBe('2026年2月24日')
    expect(formatMoney('en', 1234.5)).toBe('€1,234.50')
  })
})

describe('requests', () => {
  const line = (key: KeyObject, type: 'pkcs8' | 'spki') =>
    Buffer.from(key.export({ type, format: 'pem' })).toString('base64')

  test('go to a server with the pinned key only: another one sees no byte of them', async () => {
    const server = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const client = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const identity = selfSigned(line(client.privateKey, 'pkcs8'), 'tax')
    let requests = 0
    const port = await listen(
      createServer(
        {
          ...selfSigned(line(server.privateKey, 'pkcs8'), 'xroad'),
          requestCert: true,
          rejectUnauthorized: false,
        },
        (request, response) => {
          requests += 1
          response.end(String('authorized' in request.socket))
        },
      ),
    )
    const ask = (key: KeyObject) =>
      httpRequest({
        url: `https://127.0.0.1:${port}/`,
        method: 'GET',
        headers: {},
        agent: pinnedAgent(identity, line(key, 'spki')),
        timeoutMs: 3000,
      })
    expect((await ask(server.publicKey)).status).toBe(200)
    await expect(ask(client.publicKey)).rejects.toThrow('another key')
    expect(requests).toBe(1)
  })

  test('end in time, and on replies without end', async () => {
    const port = await listen(
      createPlain((request, response) => {
        if (request.url === '/silent') return
        response.on('error', () => undefined)
        const pour = (): void => {
          while (response.write(Buffer.alloc(65_536))) if (response.destroyed) return
          response.once('drain', pour)
        }
        pour()
      }),
    )
    const ask = (path: string, timeoutMs: number) =>
      httpRequest({ url: `http://127.0.0.1:${port}${path}`, method: 'GET', headers: {}, timeoutMs })
    await expect(ask('/silent', 500)).rejects.toThrow()
    await expect(ask('/endless', 20_000)).rejects.toThrow('larger than')
  })
})

describe('codes of people on X-Road', () => {
  test('a personal code is read in each of its forms; a code of another kind stays as it is', () => {
    for (const text of ['49001011234', 'EE49001011234', 'PNOEE-49001011234'])
      expect(personalCode(text)).toBe('49001011234')
    for (const text of ['JP123456789018', '123456789018', 'x49001011234'])
      expect(personalCode(text)).toBe(text)
  })
})
