import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createService, type Service } from '../../infra/services/kit/http.ts'
import { oauth, type Protocol } from '../../infra/services/kit/protocol.ts'

const NUL = String.fromCharCode(0)
const shouting: Protocol = { say: (c, { status, message }) => c.text(`${status}! ${message}`, 418) }
let service: Service
let base = ''
/** What reached a handler. */
let seen: unknown

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  service = createService('test')
  const { app } = service
  app.all('/json', async (c) => {
    seen = await c.req.json().catch(() => 'no JSON')
    return c.json({ ok: true })
  })
  app.post('/form', async (c) => {
    seen = await c.req.parseBody()
    return c.json({ ok: true })
  })
  app.post('/raw', async (c) => {
    seen = Buffer.from(await c.req.arrayBuffer())
    return c.json({ ok: true })
  })
  app.get('/persons/:code', (c) => c.json({ code: c.req.param('code') }))
  app.get('/database/:code', (c) => {
    throw Object.assign(new Error('database'), { code: c.req.param('code') })
  })
  service.speaks('/fhir', shouting)
  service.speaks('/fhir/token', oauth())
  service.speaks('/passes-on', { ...shouting, opaqueBody: true })
  for (const path of ['/fhir/x', '/fhir/token', '/fhirst', '/passes-on'])
    app.post(path, async (c) => c.json({ bytes: (await c.req.arrayBuffer()).byteLength }))
  const { port }: AddressInfo = await service.listen(0)
  base = `http://127.0.0.1:${port}`
  service.ready()
})
afterAll(() => vi.restoreAllMocks())

const send = async (path: string, init: RequestInit = {}) => {
  seen = undefined
  const answer = await fetch(base + path, init)
  const text = await answer.text()
  return { status: answer.status, text, type: answer.headers.get('content-type') }
}
const post = (path: string, body: BodyInit, type?: string) =>
  send(path, { method: 'POST', body, ...(type ? { headers: { 'content-type': type } } : {}) })
const refusedFor = (what: string) => ({
  status: 400,
  text: JSON.stringify({ error: `${what} holds the character U+0000, which is not taken: leave it out` }),
})

describe('U+0000', () => {
  test('is refused in an address and a cookie, not where it is written out or escaped', async () => {
    for (const path of ['/persons/4900%00', '/persons/1?name=a%00b', '/persons/1?%00=b'])
      expect(await send(path)).toMatchObject(refusedFor('The address'))
    expect(await send('/persons/1', { headers: { cookie: 'a=b; sid=%00' } })).toMatchObject(
      refusedFor('A cookie'),
    )
    expect(await send('/persons/a%2500')).toMatchObject({ status: 200, text: '{"code":"a%00"}' })
    expect((await send('/persons/1?name=%C3%95%0A')).status).toBe(200)
  })

  test('is refused in JSON, however deep and whatever the type says', async () => {
    const nested = { a: [{ b: { c: `x${NUL}` } }] }
    for (const value of [NUL, nested, { [`k${NUL}`]: 1 }, [`\\${NUL}`]])
      for (const type of ['application/json', 'application/fhir+json', 'text/plain', 'x/y'])
        expect(await post('/json', JSON.stringify(value), type)).toMatchObject(refusedFor('The JSON'))
    const harmless = { path: 'C:\\u0000', text: '\\\\u0000', plain: 'u0000' }
    expect((await post('/json', JSON.stringify(harmless), 'application/json')).status).toBe(200)
    expect(seen).toEqual(harmless)
    expect((await post('/json', '{"a":"\\u0000"', 'application/json')).status).toBe(200)
    expect(seen).toBe('no JSON')
  })

  test('is refused in the fields of a form, their names and JSON in them', async () => {
    const encoded = (body: string) => post('/form', body, 'application/x-www-form-urlencoded')
    expect(await encoded('a=1&b=x%00y')).toMatchObject(refusedFor('The field b'))
    expect(await encoded('a%00=1')).toMatchObject(refusedFor('The name of a field'))
    expect(await encoded('a=1&a=%00&a=2')).toMatchObject(refusedFor('The field a'))
    expect(await encoded(new URLSearchParams({ details: JSON.stringify([NUL]) }).toString())).toMatchObject(
      refusedFor('The field details'),
    )
    expect((await encoded('text=In JSON, \\u0000 is a character')).status).toBe(200)
    expect(seen).toEqual({ text: 'In JSON, \\u0000 is a character' })
  })

  test('is refused in what a multipart form says of its parts, and allowed in a file', async () => {
    const form = (change: (form: FormData) => void) => {
      const data = new FormData()
      data.set('title', 'Õ')
      change(data)
      return post('/form', data)
    }
    expect(await form((data) => data.set('note', `a${NUL}`))).toMatchObject(refusedFor('The field note'))
    expect(await form((data) => data.set(`n${NUL}`, 'a'))).toMatchObject(refusedFor('The name of a field'))
    const file = new Blob([`PNG${NUL}`])
    expect(await form((data) => data.set('file', file, `a${NUL}.png`))).toMatchObject(
      refusedFor('The name of the file in the field file'),
    )
    expect((await form((data) => data.set('file', file, 'a.png'))).status).toBe(200)
    expect(await Object(seen).file.text()).toBe(`PNG${NUL}`)
    expect(Object(seen).title).toBe('Õ')
  })

  test('that came wrapped and shows in the database only is bad input too; another fault is not', async () => {
    for (const code of ['22021', '22P05'])
      expect(await send(`/database/${code}`)).toMatchObject(refusedFor('A text in the request'))
    expect((await send('/database/23505')).status).toBe(500)
  })
})

describe('a form', () => {
  const broken: readonly (readonly [string, string])[] = [
    ['no boundary', 'multipart/form-data'],
    ['--b\r\nnothing', 'multipart/form-data; boundary=b'],
    ['--b\r\ncontent-disposition: form-data; name="a"\r\n\r\nx', 'multipart/form-data; boundary=b'],
    ['--b\r\ncontent-disposition: form-data\r\n\r\nx\r\n--b--\r\n', 'multipart/form-data; boundary=b'],
    ['', 'multipart/form-data; boundary=b'],
  ]
  test.each(broken)('that is broken (%j) is refused with a reason', async (body, type) => {
    const { status, text } = await post('/form', body, type)
    expect([status, text]).toEqual([400, expect.stringContaining('The form is not well-formed')])
    expect(seen).toBeUndefined()
  })

  test('that breaks off with its connection harms nobody', async () => {
    const { hostname, port } = new URL(base)
    const socket = connect(Number(port), hostname)
    socket.write('POST /form HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=b\r\n')
    socket.write('content-length: 900\r\n\r\n--b\r\n')
    await new Promise((wake) => setTimeout(wake, 50))
    socket.destroy()
    expect((await post('/form', 'a=1', 'application/x-www-form-urlencoded')).status).toBe(200)
  })
})

test('any other body reaches its handler byte for byte', async () => {
  const bytes = Buffer.from(Array.from({ length: 512 }, (_, i) => i % 256))
  expect((await post('/raw', bytes, 'application/ocsp-request')).status).toBe(200)
  expect(seen).toEqual(bytes)
})

describe('a protocol of its own', () => {
  const body = JSON.stringify({ a: NUL })
  test('has its errors said in its words, under its path alone', async () => {
    expect(await post('/fhir/x', body)).toMatchObject({
      status: 418,
      text: expect.stringMatching(/^400! The JSON/),
    })
    expect(await send('/fhir/nothing')).toMatchObject({ status: 418, text: '404! There is nothing here' })
    expect(await post('/fhir/x', 'x'.repeat(3_000_000))).toMatchObject({
      status: 418,
      text: '413! The request has more than 2097152 bytes',
    })
    // The connection lives on.
    await new Promise((wake) => setTimeout(wake, 700))
    expect(await post('/fhirst', body)).toMatchObject(refusedFor('The JSON'))
    const { status, text } = await post('/fhir/token', 'a=%00', 'application/x-www-form-urlencoded')
    expect([status, JSON.parse(text)]).toEqual([
      400,
      { error: 'invalid_request', error_description: expect.stringContaining('The field a') },
    ])
  })

  test('may carry messages of others, which nobody looks into', async () => {
    expect(await post('/passes-on', body)).toMatchObject({ status: 200, text: `{"bytes":${body.length}}` })
    expect((await post('/passes-on', 'x', 'multipart/form-data')).status).toBe(200)
    expect((await send('/passes-on?x=%00', { method: 'POST', body: 'x' })).status).toBe(418)
  })
})
