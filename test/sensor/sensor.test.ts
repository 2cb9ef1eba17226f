import { expect, test } from 'vitest'
import { readRequest } from '../../infra/sensor/src/http-head.ts'
import { readCounts } from '../../infra/sensor/src/kernel-counts.ts'
import { BOUNDS, openSensor } from '../../infra/sensor/src/sensor.ts'
import { pcap, tcp, udp } from './frames.ts'

const A = '10.9.1.20:50000'
const TAX = '10.9.1.5:80'
const START = Date.parse('2026-12-01T08:00:00Z')

/** A sensor with a clock of its own, and what it wrote. */
function listening() {
  const lines: string[] = []
  let now = 0
  const sensor = openSensor({
    names: new Map([['10.9.1.5', 'tax']]),
    write: (line) => lines.push(line),
    clock: () => now,
  })
  return {
    lines,
    hears: (...frames: readonly Buffer[]) =>
      sensor.ear()(pcap(frames.map((frame) => [START + now, frame] as const))),
    flows: () => sensor.flows(),
    missed: sensor.missed,
    passes(ms: number) {
      now += ms
      sensor.sweep(START + now)
      return lines.splice(0)
    },
  }
}
const ask = (text: string, seq = 1) => tcp({ from: A, to: TAX, seq, data: text })
const answer = (text: string, seq = 1) => tcp({ from: TAX, to: A, seq, data: text })
const OK = 'HTTP/1.1 200 OK\r\n\r\n'

test('an attempt that nobody answers, and what began before anybody listened', () => {
  const at = listening()
  at.hears(
    tcp({ from: A, to: TAX, flags: { syn: true } }),
    tcp({ from: TAX, to: '10.9.1.9:50001', data: 'x' }),
  )
  expect(at.passes(5_000)).toEqual([])
  expect(at.passes(2_000)).toEqual([
    expect.stringMatching(
      /^\[flow\] from=10.9.1.20:50000 to=10.9.1.5:80 server=tax proto=tcp state=no-answer /,
    ),
  ])
  // The lower port is whose that was.
  expect(at.passes(600_000)[0]).toMatch(/from=10.9.1.9:50001 to=10.9.1.5:80 server=tax .*state=midway/)
})

test('a flow that lasts is told of after a minute, and then every five', () => {
  const at = listening()
  at.hears(
    tcp({ from: A, to: TAX, flags: { syn: true } }),
    tcp({ from: TAX, to: A, flags: { syn: true, ack: true } }),
  )
  const told = Array.from({ length: 10 }, () => at.passes(59_000)).map((lines) => lines.length)
  expect(told).toEqual([0, 1, 0, 0, 0, 0, 0, 1, 0, 0])
  expect(at.passes(20_000)[0]).toContain('state=idle')
})

test('a request that is sent again is one request; so is one whose answer never comes', () => {
  const at = listening()
  const once = ask('GET /once HTTP/1.1\r\nHost: tax\r\n\r\n')
  at.hears(once, once, once)
  expect(at.passes(16_000)).toEqual([
    '[http] from=10.9.1.20:50000 to=10.9.1.5:80 server=tax GET host=tax path=/once status=no-answer ms=16000',
  ])
  at.hears(answer(OK))
  expect(at.lines).toEqual([])
})

test('what is sent again after what came later is nothing new, and a body in pieces that look like requests is a body', () => {
  const at = listening()
  const zero = 'GET /zero HTTP/1.1\r\n\r\n'
  const one = 'GET /one HTTP/1.1\r\n\r\n'
  const body = 'GET /in-a-body HTTP/1.1\r\n\r\n'
  const two = `POST /two HTTP/1.1\r\nContent-Length: ${3 * body.length}\r\n\r\n`
  const sent: Buffer[] = []
  let seq = 1
  for (const text of [zero, one, two, body, body, body]) {
    sent.push(ask(text, seq))
    seq += text.length
  }
  const [first, second, ...rest] = sent as [Buffer, Buffer, ...Buffer[]]
  at.hears(first, second, first, second, answer(OK, 1), answer(OK, 20), ...rest, ...rest, answer(OK, 40))
  at.hears(ask('GET /three HTTP/1.1\r\n\r\n', seq), answer(OK, 60))
  // A head whose end was lost is not that of the next.
  at.hears(
    ask('GET /lost HTTP/1.1\r\nHo', seq + 500),
    ask('GET /four HTTP/1.1\r\n\r\n', seq + 900),
    answer(OK, 80),
  )
  const requests = at.passes(60_000).filter((line) => line.startsWith('[http]'))
  expect(requests.map((line) => /path=(\S+)/.exec(line)?.[1])).toEqual([
    '/zero',
    '/one',
    '/two',
    '/three',
    '/four',
  ])
})

test('numbers of bytes that begin anew, a gap, and an answer that says to go on', () => {
  const at = listening()
  const first = 'GET /before HTTP/1.1\r\n\r\n'
  const seq = 2 ** 32 - 10
  at.hears(
    ask(first, seq),
    answer(OK, 1),
    ask('GET /after HTTP/1.1\r\n\r\n', seq + first.length),
    answer(OK, 20),
  )
  at.hears(
    ask('GET /gap HTTP/1.1\r\n\r\n', seq + 5_000),
    answer('HTTP/1.1 100 Continue\r\n\r\n', 40),
    answer(OK, 65),
  )
  const paths = at.lines.map((line) => /path=(\S+) status=(\d+)/.exec(line)?.slice(1))
  expect(paths).toEqual([
    ['/before', '200'],
    ['/after', '200'],
    ['/gap', '200'],
  ])
})

test('of a frame that was cut, as much as is there', () => {
  const at = listening()
  const long = `GET /long HTTP/1.1\r\nHost: tax\r\nCookie: ${'c'.repeat(3_000)}\r\n\r\n`
  at.hears(tcp({ from: A, to: TAX, seq: 1, data: long, kept: 200 }), answer(OK))
  expect(at.lines[0]).toContain('GET host=tax path=/long status=200')
  expect(at.passes(600_000).at(-1)).toContain(`sent=${long.length} `)
})

test('nobody writes a mark, a second line or a field of ours through what they ask for', () => {
  const at = listening()
  at.hears(
    ask('GET /[flow]\u0007\u00e9/state=closed HTTP/1.1\r\nHost: a b[tls]\u001b[2J\r\n\r\n'),
    answer(OK),
  )
  expect(at.lines).toEqual([
    expect.stringContaining('GET host=a?b%5Btls%5D?%5B2J path=/%5Bflow%5D??/state=closed status=200'),
  ])
})

test('what opens something is left out of a path, also where it is long, and an address in it is not repeated', () => {
  const at = listening()
  at.hears(
    ask(
      `GET http://u:p@tax/login?user=mari&Password=geheim&userCode=386&code=1&api_key=${'k'.repeat(1_500)} HTTP/1.1\r\n\r\n`,
    ),
    answer(OK),
  )
  expect(at.lines[0]).toContain(
    'path=/login?user=mari&Password=...&userCode=386&code=...&api_key=... status=200',
  )
})

test('what opens something is left out however its name is written', () => {
  const at = listening()
  const names = [
    '%74oken',
    'access_%54oken',
    'pass',
    'user_pw',
    'SAMLResponse',
    'client_assertion',
    'a%5Fkey',
  ]
  for (const port of names.keys())
    at.hears(
      tcp({
        from: `10.9.1.20:${port + 2_000}`,
        to: TAX,
        seq: 1,
        data: `GET /x?a=1&${names[port]}=geheim&b=2 HTTP/1.1\r\n\r\n`,
      }),
      tcp({ from: TAX, to: `10.9.1.20:${port + 2_000}`, seq: 1, data: OK }),
    )
  for (const name of names) expect(at.lines.join('\n')).toContain(`path=/x?a=1&${name}=...&b=2 status=200`)
  expect(at.lines.join('\n')).not.toContain('geheim')
})

test('heads that are made to be hard to read cost no more than others', () => {
  /** The best of some: what else the machine does is no part of it. */
  const cost = (head: string) => {
    const bytes = Buffer.from(head, 'latin1')
    const times = Array.from({ length: 9 }, () => {
      const since = performance.now()
      for (let n = 0; n < 200; n++) readRequest(bytes)
      return performance.now() - since
    })
    return Math.min(...times)
  }
  const usual = cost(`GET /?a=1${'&bb=22'.repeat(20)} HTTP/1.1\r\nHost: a\r\n\r\n`)
  const words = `GET /?${'token'.repeat(58)} HTTP/1.1\r\nHost: a\r\n\r\n`
  const fields = `GET /x HTTP/1.1\r\n${'a:\r\n'.repeat(330)}\r\n`
  for (const head of [words, fields]) expect(cost(head) / usual).toBeLessThan(2)
})

test('more frames, lines and flows than it may take: the rest is counted and said', () => {
  const at = listening()
  const scan = Array.from({ length: BOUNDS.framesAtOnce + 500 }, (_, n) =>
    tcp({ from: `10.9.1.20:${1 + n}`, to: TAX, flags: { syn: true } }),
  )
  at.hears(...scan)
  expect(at.flows()).toBe(BOUNDS.flows)
  at.missed(7)
  const lines = at.passes(7_000)
  const written = BOUNDS.linesAtOnce + 7 * BOUNDS.linesPerSecond
  expect(lines.filter((line) => line.startsWith('[flow]'))).toHaveLength(written)
  expect(lines.slice(-2)).toEqual([
    '[sensor] 507 packets not seen',
    `[sensor] ${BOUNDS.framesAtOnce - written} lines not written`,
  ])
  expect(at.flows()).toBe(0)
  // One more than are followed: the oldest is given up.
  at.passes(600_000)
  for (let n = 0; n < BOUNDS.flows + 1; n += 4_000) {
    at.hears(
      ...Array.from({ length: Math.min(4_000, BOUNDS.flows + 1 - n) }, (_, i) =>
        udp(`10.9.1.21:${1 + n + i}`, TAX, 'x'),
      ),
    )
    at.passes(1_000)
  }
  expect(at.flows()).toBe(BOUNDS.flows)
})

test('what the kernel had no room for is counted once, in whatever pieces it is said', () => {
  const missed: number[] = []
  const read = readCounts((count) => missed.push(count))
  const say = (dropped: number) =>
    `2 packets captured, 2 packets received by filter, ${dropped} packets dropped by kernel\n`
  read(`tcpdump: listening on kilp-1p, link-type EN10MB\ntcpdump: ${say(0)}`)
  read('tcpdump: 9 packets captured, 9 packets received by filter, 5 pack')
  read('ets dropped by kernel\n')
  read(say(5) + say(1))
  expect(missed).toEqual([5, 1])
  read('x'.repeat(100_000))
  read(`\n${say(3)}`)
  expect(missed).toEqual([5, 1, 2])
})
