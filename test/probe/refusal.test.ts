import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseNetwork } from '../../infra/probe/src/networks.ts'
import type { Step } from '../../server/engine/ports/script.ts'
import { get, probeHere, reply, type Served, serve } from './probe-here.ts'

let outside: Served
let inside: Served
let connections = 0

beforeAll(async () => {
  outside = await serve((_, response) => {
    connections += 1
    reply(response, 200, 'you should not be here')
  })
  inside = await serve((_, response) => response.writeHead(302, { location: outside.url }).end())
})
afterAll(() => Promise.all([outside.close(), inside.close()]))

/** An enclave in which 127.0.0.1 is a neighbour's address. */
const enclave = () =>
  probeHere({
    reach: { networks: [parseNetwork('127.0.0.64/26'), parseNetwork('10.9.0.0/16')], addresses: [] },
  })

const sql = { database: 'd', user: 'u', password: 'p', query: 'select 1', params: [] }
const cases: readonly [string, () => Step][] = [
  ['an address', () => get(outside.url)],
  ['a name', () => get(`http://localhost:${outside.port}/`)],
  ['an address in another spelling', () => get(`http://2130706433:${outside.port}/`)],
  ['IPv6', () => get(`http://[::1]:${outside.port}/`)],
  ['a database', () => ({ sql: { ...sql, host: `127.0.0.1:${outside.port}` }, deadlineMs: 1_000 })],
  ['a socket', () => ({ tcp: { host: '127.0.0.1', port: outside.port, send: 'x' }, deadlineMs: 1_000 })],
  ['a scheme', () => get('file:///etc/passwd')],
]

describe('a target outside the enclave', () => {
  test.each(cases)('is refused before the first packet: %s', async (_, step) => {
    const before = connections
    const result = await enclave().run({ script: { steps: [step()] } })
    expect(result).toMatchObject({ outcome: 'fault', verdict: 'unknown' })
    expect(result.evidence?.received).toMatch(/^refused: /)
    expect(connections).toBe(before)
  })

  test('is refused as the goal of a redirect', async () => {
    const before = connections
    const probe = probeHere({ reach: { networks: [parseNetwork('127.0.0.0/8')], addresses: [] } })
    const step = { ...get(`${inside.url}/`), redirects: 5 } as Step
    expect(await probe.run({ script: { steps: [step] } })).toMatchObject({ outcome: 'pass' })
    const away = await serve((_, response) =>
      response.writeHead(302, { location: 'http://192.0.2.7/' }).end(),
    )
    const result = await probe.run({
      script: { steps: [{ ...step, ...get(away.url), redirects: 5 } as Step] },
    })
    await away.close()
    expect(result).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    expect(result.evidence?.received).toBe('refused: target outside the enclave: 192.0.2.7 (192.0.2.7)')
    expect(connections).toBe(before + 1)
  })

  test('does not hide in a name that nobody knows: that service is down', async () => {
    const result = await enclave().run({ script: { steps: [get('http://nobody.invalid/')] } })
    expect(result).toMatchObject({ outcome: 'fail', verdict: 'down' })
  })
})
