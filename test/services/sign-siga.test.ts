import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { createService } from '../../infra/services/kit/http.ts'
import { sigaClient } from '../../infra/services/sign/src/siga-auth.ts'

const UUID = '5f3c1b6e-2a0d-4c8e-9b1a-3d2e7f605a41'
process.env.SIGA_LIBRARY = 'a secret'

/** Who the service takes a request for that a client signed as SiGa's documentation has it. */
async function taken(hash: string, algorithm?: string): Promise<string | null> {
  const { app, ready } = createService('test')
  ready()
  app.post('/containers', async (c) => c.json({ name: sigaClient(c, await c.req.text())?.name ?? null }))
  const timestamp = String(Math.floor(Date.now() / 1000))
  const body = '{"containerName":"õ.asice"}'
  const message = [UUID, timestamp, 'POST', '/containers?x=%20', body].join(':')
  const headers = {
    'x-authorization-serviceuuid': UUID,
    'x-authorization-timestamp': timestamp,
    'x-authorization-signature': createHmac(hash, 'a secret').update(message).digest('hex'),
    ...(algorithm ? { 'x-authorization-hmac-algorithm': algorithm } : {}),
  }
  return (await (await app.request('/containers?x=%20', { method: 'POST', body, headers })).json()).name
}

test('a request is signed with HMAC over the hash that it names, one of SiGa’s three', async () => {
  const library = 'Rannalinn Library'
  expect(await taken('sha256')).toBe(library)
  expect(await taken('sha256', 'HmacSHA256')).toBe(library)
  expect(await taken('sha384', 'HmacSHA384')).toBe(library)
  expect(await taken('sha512', 'HmacSHA512')).toBe(library)
})

test('another hash than the one that is named, or an unknown one, signs nothing', async () => {
  expect(await taken('sha512')).toBeNull()
  expect(await taken('sha256', 'HmacSHA512')).toBeNull()
  for (const algorithm of ['HmacMD5', 'HmacSHA1', 'toString', '__proto__'])
    expect(await taken('md5', algorithm)).toBeNull()
})
