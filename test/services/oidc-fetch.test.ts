import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { oidcFetch } from '../../infra/services/kit/oidc-fetch.ts'

const seen: { request: IncomingMessage; body: string }[] = []
const server = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  seen.push({ request, body })
  if (request.url === '/moved') response.writeHead(302, { location: '/elsewhere' }).end()
  else if (request.url === '/empty') response.writeHead(204).end()
  else if (request.url === '/broken') response.destroy()
  else
    response
      .writeHead(400, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] })
      .end('{"error":"invalid_grant"}')
})
let base = ''
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

const ask = (path: string, body?: URLSearchParams) =>
  oidcFetch(`${base}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: 'Basic x', 'user-agent': 'openid-client' },
    redirect: 'manual',
    body,
  })

it('sends a form as its client library gives it, and gives back status, headers and body', async () => {
  const reply = await ask('/token', new URLSearchParams({ code: 'ä b', grant_type: 'authorization_code' }))
  const { request, body } = seen.at(-1) ?? {}
  expect(request?.method).toBe('POST')
  expect(request?.headers).toMatchObject({ 'content-length': '43', authorization: 'Basic x' })
  expect(body).toBe('code=%C3%A4+b&grant_type=authorization_code')
  expect(reply.status).toBe(400)
  expect(reply.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  expect(await reply.json()).toEqual({ error: 'invalid_grant' })
})

it('follows no redirect and takes an answer without a body', async () => {
  expect((await ask('/moved')).status).toBe(302)
  expect(seen.at(-1)?.body).toBe('')
  const empty = await ask('/empty')
  expect([empty.status, await empty.text()]).toEqual([204, ''])
})

it('rejects when the provider does not answer', async () => {
  await expect(ask('/broken')).rejects.toThrow(/hang up|ECONNRESET/)
})
