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
const all = { text: '', service: '', before: Number.MAX_SAFE_INTEGER, limit: 100 }
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
  for (const bad of ['/search?before=x', '/search?limit=-1', `/search?q=${'x'.repeat(301)}`])
    expect((await ask(bad)).status, bad).toBe(400)
})
