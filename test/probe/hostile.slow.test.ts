import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { get, probeHere, reply, type Served, serve, serveTcp } from './probe-here.ts'

const open: Served[] = []
const opened = async (server: Promise<Served>) => {
  open.push(await server)
  return open.at(-1) as Served
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

/** Long enough for an answer on a busy machine, short against a service that never ends. */
const DEADLINE = 1_200
const LATE = DEADLINE + 3_000
const step = (url: string) => get(url, { deadlineMs: DEADLINE, expect: { status: [200], text: ['welcome'] } })

async function tried(url: string, step_ = step(url)) {
  const since = performance.now()
  const result = await probeHere().run({ script: { steps: [step_] } })
  return { ...result, took: performance.now() - since }
}

describe('a hostile service', () => {
  test('that never answers is down, at the deadline', async () => {
    const { url } = await opened(serveTcp(() => {}))
    const result = await tried(url)
    expect(result).toMatchObject({
      outcome: 'fail',
      verdict: 'down',
      evidence: { received: 'no answer in time' },
    })
    expect(result.took).toBeLessThan(LATE)
  })

  test('on a closed port is down at once', async () => {
    const server = await serve((_, response) => reply(response, 200, 'welcome'))
    await server.close()
    const result = await tried(server.url)
    expect(result).toMatchObject({ outcome: 'fail', verdict: 'down' })
    expect(result.evidence?.received).toContain('ECONNREFUSED')
    expect(result.took).toBeLessThan(DEADLINE)
  })

  test('that hangs up without a word is down', async () => {
    const { url } = await opened(serveTcp((socket) => socket.once('data', () => socket.destroy())))
    expect(await tried(url)).toMatchObject({ outcome: 'fail', verdict: 'down' })
  })

  test('with an endless body is read to the limit only, and judged by that', async () => {
    const { url } = await opened(
      serve((_, response) => {
        const more = () => {
          while (response.write('x'.repeat(65_536)));
        }
        response.on('drain', more)
        more()
      }),
    )
    const result = await tried(url)
    expect(result).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    expect(result.evidence?.received).toContain('body cut at 262144 bytes')
    expect(result.evidence?.received.length).toBeLessThan(1_300)
    expect(result.took).toBeLessThan(LATE)
  })

  test('that drips its body is broken at the deadline', async () => {
    const { url } = await opened(
      serve((request, response) => {
        response.writeHead(200)
        const drip = setInterval(() => response.write('w'), 30)
        request.on('close', () => clearInterval(drip))
      }),
    )
    const result = await tried(url)
    expect(result).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    expect(result.evidence?.received).toMatch(/body not ended in time after \d+ bytes/)
    expect(result.took).toBeLessThan(LATE)
  })

  test('that drips its header is down at the deadline', async () => {
    const { url } = await opened(
      serveTcp((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n')
        const drip = setInterval(() => socket.write('x: y\r\n'), 30)
        socket.on('close', () => clearInterval(drip))
      }),
    )
    const result = await tried(url)
    expect(result).toMatchObject({ outcome: 'fail', verdict: 'down' })
    expect(result.took).toBeLessThan(LATE)
  })

  test('with huge headers is broken', async () => {
    const { url } = await opened(
      serveTcp((socket) => socket.end(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(1_000_000)}\r\n\r\n`)),
    )
    const result = await tried(url)
    expect(result).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    expect(result.evidence?.received).toContain('HPE_HEADER_OVERFLOW')
  })

  test('that speaks something else than HTTP is broken', async () => {
    const { url } = await opened(serveTcp((socket) => socket.end('220 mail ready\r\n')))
    expect(await tried(url)).toMatchObject({ outcome: 'fail', verdict: 'broken' })
  })

  test('that breaks off in the middle is broken', async () => {
    const { url } = await opened(
      serveTcp((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nwelcome')),
    )
    const result = await tried(url)
    expect(result).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    expect(result.evidence?.received).toContain('broke off')
  })

  test('that redirects in a circle is broken after the last one allowed', async () => {
    let asked = 0
    const { url } = await opened(
      serve((_, response) => {
        asked += 1
        response.writeHead(302, { location: `/again/${asked}` }).end()
      }),
    )
    const result = await tried(url, { ...step(url), redirects: 3 } as ReturnType<typeof step>)
    expect(result).toMatchObject({
      outcome: 'fail',
      verdict: 'broken',
      evidence: { expected: 'at most 3 redirects', received: '302, still redirected to /again/4' },
    })
    expect(asked).toBe(4)
  })

  test('with invalid UTF-8 and NUL gives evidence that a ledger can hold', async () => {
    const { url } = await opened(
      serve((_, response) => response.end(Buffer.from([0xff, 0xfe, 0x00, 0x41, 0xed, 0xa0, 0x80]))),
    )
    const result = await tried(url)
    expect(result).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    expect(result.evidence?.received).toContain('not valid UTF-8')
    // Base64, so that steps can hand a binary body on.
    expect(result.evidence?.received).toContain('//4AQe2ggA==')
    expect(result.evidence?.received.includes('\0')).toBe(false)
    expect(result.evidence?.received.isWellFormed()).toBe(true)
  })

  test('with a body that unpacks to gigabytes is cut', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    const { url } = await opened(
      serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)),
    )
    const result = await tried(url)
    expect(result).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    expect(result.evidence?.received).toContain('body cut at 262144 bytes')
  })

  test('that lies about its encoding is broken', async () => {
    const { url } = await opened(
      serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('welcome')),
    )
    const result = await tried(url)
    expect(result).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    expect(result.evidence?.received).toContain('not valid gzip')
  })

  test('instead of a database ends at the deadline, whatever it says', async () => {
    const silent = await opened(serveTcp(() => {}))
    const flood = await opened(
      serveTcp((socket) => {
        const notice = Buffer.alloc(65_536)
        notice.write('N')
        notice.writeUInt32BE(65_535, 1)
        const more = () => {
          while (socket.write(notice));
        }
        socket.on('drain', more)
        more()
      }),
    )
    const web = await opened(serve((_, response) => response.end('no')))
    const ask = (port: number) => ({
      sql: {
        host: `127.0.0.1:${port}`,
        database: 'd',
        user: 'u',
        password: 'top-secret',
        query: 'select 1',
        params: [],
      },
      deadlineMs: DEADLINE,
    })
    const results = await Promise.all([silent, flood, web].map(({ port }) => tried('', ask(port) as never)))
    expect(results.map(({ outcome, verdict }) => `${outcome} ${verdict}`)).toEqual([
      'fail down',
      'fail broken',
      'fail broken',
    ])
    for (const result of results) {
      expect(result.took).toBeLessThan(LATE)
      expect(JSON.stringify(result)).not.toContain('top-secret')
    }
  })

  // A fault voids a check or an attack: no service may bring one about.
  test.each([
    ['to a port that there is not', '127.0.0.1:99999', []],
    ['outside the enclave', '192.0.2.1', []],
    ['with more than can be remembered', 'x'.repeat(20_000), ['found']],
  ])('that leads the next step %s is broken', async (_, said, remember) => {
    const { url } = await opened(serve((_, response) => response.end(said)))
    const first = get(url, { capture: { found: { body: true } }, remember })
    const script = { steps: [first, get('http://{{found}}/')] }
    expect(await probeHere().run({ script })).toMatchObject({ outcome: 'fail', verdict: 'broken' })
  })

  test('whose cookie no header can hold is broken', async () => {
    const { url } = await opened(
      serveTcp((socket) =>
        socket.end('HTTP/1.1 200 OK\r\nset-cookie: a=\u0001b\r\ncontent-length: 0\r\n\r\n'),
      ),
    )
    const script = { steps: [get(url), get(url, { deadlineMs: 100 })] }
    expect(await probeHere().run({ script })).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    await new Promise((resolve) => setTimeout(resolve, 150))
  })

  test('whose JSON is too deep to be shown is broken', async () => {
    const { url } = await opened(
      serve((_, response) => response.end(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)),
    )
    const result = await probeHere().run({
      script: { steps: [get(url, { expect: { json: { '$.a': 'x' } } })] },
    })
    expect(result).toMatchObject({ outcome: 'fail', verdict: 'broken' })
  })
})

describe('a page that is made to be read for ever', () => {
  const TRICKS = {
    'tags that never end': '<'.repeat(250_000),
    'openings of what is no policy': '<meta http-equiv='.repeat(15_000),
    'the beginning of what is looked for': '<input name="csrf" '.repeat(13_000),
    'comments that never end': '<!--'.repeat(60_000),
    'titles that never end': '<title'.repeat(40_000),
    'references that are none': '&#'.repeat(120_000),
  }
  test.each(Object.entries(TRICKS))('%s: holds up nobody else', async (_, body) => {
    const hostile = await opened(
      serve((_request, response) => reply(response, 200, `<script src="/program"></script>${body}`)),
    )
    const honest = await opened(serve((_request, response) => reply(response, 200, 'welcome')))
    const probe = probeHere()
    const url = `${hostile.url}/`
    const reading = probe.run({
      script: {
        steps: [
          get(url, {
            deadlineMs: 20_000,
            expect: {
              status: [200],
              text: ['<script src="/program"></script>'],
              runs: 'self',
              regex: 'name="csrf"[^>]*value="([^"]*)"[^>]*>.*?</form>',
            },
          }),
        ],
      },
    })
    let longest = 0
    for (let n = 0; n < 20; n++) {
      const since = performance.now()
      await probe.run({ script: { steps: [get(`${honest.url}/`, { expect: { text: ['welcome'] } })] } })
      longest = Math.max(longest, performance.now() - since)
    }
    expect(await reading).toMatchObject({ outcome: 'fail' })
    expect(longest).toBeLessThan(1_500)
  })
})
