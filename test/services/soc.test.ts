import { createSocket } from 'node:dgram'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openCollector } from '../../infra/services/soc/src/collector.ts'
import { openLogStore } from '../../infra/services/soc/src/log-store.ts'
import { searchRoutes } from '../../infra/services/soc/src/search-routes.ts'
import { senders } from '../../infra/services/soc/src/senders.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'soc-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const store = () => openLogStore(join(folder, 'logs.sqlite'))
const all = { text: '', service: '', before: Number.MAX_SAFE_INTEGER, from: '', to: '', limit: 100 }
const at = '2026-01-01T00:00:00.000Z'

test('finds parts of words in every script, all words in any order, newest first', () => {
  const logs = store()
  const lines = [
    'GET /search?name=Õunapuu 200',
    'POST /login 303',
    'GET /山田花子/records 403',
    'GET /a "quoted" 200',
  ]
  logs.add(lines.map((line, i) => ({ at, service: i === 1 ? 'eid' : 'health', line })))
  const found = (text: string, more = {}) => logs.search({ ...all, text, ...more }).map(({ line }) => line)
  expect(found('')).toEqual(lines.toReversed())
  expect(found('unapu')).toEqual([lines[0]])
  expect(found('õunapuu')).toEqual([lines[0]])
  expect(found('山田花')).toEqual([lines[2]])
  expect(found('花子')).toEqual([lines[2]])
  expect(found('200 GET')).toEqual([lines[3], lines[0]])
  expect(found('"quoted"')).toEqual([lines[3]])
  expect(found('GET', { service: 'eid' })).toEqual([])
  expect(found('GET', { limit: 1 })).toEqual([lines[3]])
  expect(found('GET', { before: 3 })).toEqual([lines[0]])
  expect(logs.services()).toEqual(['eid', 'health'])
})

test('finds what came in between two moments, both included', () => {
  const logs = store()
  const second = (n: number) => `2026-01-01T00:00:0${n}.000Z`
  logs.add([1, 2, 3, 4].map((n) => ({ at: second(n), service: n === 3 ? 'eid' : 'tax', line: `line ${n}` })))
  const found = (more: Partial<typeof all>) => logs.search({ ...all, ...more }).map(({ line }) => line)
  expect(found({ from: second(2), to: second(3) })).toEqual(['line 3', 'line 2'])
  expect(found({ from: second(2), service: 'tax', text: 'line' })).toEqual(['line 4', 'line 2'])
  expect(found({ to: second(3), before: 3 })).toEqual(['line 2', 'line 1'])
})

test('the oldest lines go, those of services and of the sensor apart: much traffic pushes no service’s log out', () => {
  const logs = openLogStore(join(folder, 'logs.sqlite'), 50, 20)
  const many = (service: string, from: number, count: number) =>
    logs.add(Array.from({ length: count }, (_, n) => ({ at, service, line: `line ${from + n}` })))
  const of = (service: string) => logs.search({ ...all, service, limit: 10_000 }).map(({ line }) => line)
  many('tax', 0, 60)
  many('sensor', 0, 5_000)
  expect(of('tax')).toEqual(Array.from({ length: 50 }, (_, n) => `line ${59 - n}`))
  expect(of('sensor')).toEqual(Array.from({ length: 20 }, (_, n) => `line ${4_999 - n}`))
  many('eid', 0, 5_000)
  expect(of('tax')).toEqual([])
  expect(of('eid')).toHaveLength(50)
  expect(of('sensor')).toHaveLength(20)
})

test('nothing that somebody types is a mistake in the query language', () => {
  const logs = store()
  logs.add([{ at, service: 'tax', line: 'one line' }])
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      expect(Array.isArray(logs.search({ ...all, text }))).toBe(true)
    }),
  )
})

test('names senders by address, keeps lines whole, and takes no control characters', async () => {
  const hosts = join(folder, 'hosts')
  writeFileSync(hosts, '127.0.0.1 localhost\n10.1.2.3 tax\n::1 ip6\n# 10.1.2.4 none\n')
  expect([...senders(hosts)]).toEqual([['10.1.2.3', 'tax']])
  const logs = store()
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  await openCollector(port, new Map([['127.0.0.1', 'tax']]), logs)
  const socket = createSocket('udp4')
  socket.send('first line\nsecond \u001b[2J line\n', port, '127.0.0.1')
  await expect
    .poll(() => logs.search(all).map(({ service, line }) => `${service}: ${line}`), { timeout: 10_000 })
    .toEqual(['tax: second \ufffd[2J line', 'tax: first line'])
  socket.close()
})

test('only the team reads, and a query that makes no sense says why', async () => {
  const routes = searchRoutes(store(), 'top-secret')
  const ask = (path: string, token = 'top-secret') =>
    routes.request(path, { headers: { authorization: `Bearer ${token}` } })
  expect((await routes.request('/search')).status).toBe(401)
  expect((await ask('/search', 'guess')).status).toBe(401)
  expect(await (await ask('/search?q=x')).json()).toEqual({ lines: [], services: [] })
  for (const bad of [
    '/search?from=yesterday',
    '/search?to=2026-01-01',
    '/search?before=x',
    '/search?limit=-1',
    `/search?q=${'x'.repeat(301)}`,
  ])
    expect((await ask(bad)).status, bad).toBe(400)
})
