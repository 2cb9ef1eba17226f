import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Script, Step } from '../../server/engine/ports/script.ts'
import { bodyOf, get, population, probeHere, reply, type Served, serve, serveTcp } from './probe-here.ts'

let site: Served
/** Request lines and remote addresses as the server saw them. */
const seen: { line: string; from: string; agent: string }[] = []

/** A small tax office: login with a form, cookie and CSRF token, an API that is strict about types. */
beforeAll(async () => {
  site = await serve(async (request, response) => {
    const { method, url = '', headers } = request
    seen.push({
      line: `${method} ${url}`,
      from: request.socket.remoteAddress ?? '',
      agent: headers['user-agent'] ?? '',
    })
    const body = await bodyOf(request)
    if (url === '/login' && method === 'GET') {
      response.setHeader('set-cookie', ['sid=one; Path=/; HttpOnly', 'gone=x; Max-Age=0'])
      return reply(response, 200, '<input name="csrf" value="a&quot;b&#39;c">O&#39;Connor &lt;b&gt;')
    }
    if (url === '/login') {
      const form = new URLSearchParams(body)
      const right = headers.cookie === 'sid=one' && form.get('csrf') === `a"b'c`
      return response.writeHead(right ? 303 : 403, { location: `/home?user=${form.get('user')}` }).end()
    }
    if (url.startsWith('/home')) return reply(response, 200, `<h1>${headers.cookie} ${url}</h1>`)
    if (url === '/echo') return reply(response, 200, { got: JSON.parse(body) })
    if (url === '/number')
      return reply(response, 200, { a: { b: [{ c: 12.5 }] }, list: ['x', 'y'], none: null })
    if (url === '/upload') return reply(response, 200, { type: headers['content-type'], body })
    if (url === '/zip')
      return response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('unpacked õ'))
    if (url === '/slow') return setTimeout(() => reply(response, 200, 'late'), 120)
    reply(response, 404, `no ${url}`)
  })
})
afterAll(() => site.close())

const run = (steps: readonly Step[], more: Partial<Script> = {}) =>
  probeHere().run({ script: { steps, ...more } })
const to = (path: string, more: Partial<Step> = {}) => get(`${site.url}${path}`, more)
const post = (path: string, http: object, more: Partial<Step> = {}) =>
  ({ ...to(path, more), http: { method: 'POST', url: `${site.url}${path}`, ...http } }) as Step
const number = (expect: object): Step => to('/number', { expect })

describe('a journey', () => {
  test('logs in through a form with cookie and token, follows the redirect, captures and remembers', async () => {
    const result = await run([
      to('/login', { capture: { csrf: { regex: 'value="([^"]+)"' }, sid: { cookie: 'sid' } } }),
      {
        ...post('/login', { form: { csrf: '{{csrf}}', user: '{{citizen.code}}' } }),
        redirects: 2,
        expect: { status: [200], text: ['sid=one', '{{citizen.code}}'], notText: ['gone'] },
        capture: { page: { body: true }, code: { status: true } },
        remember: ['sid', 'code'],
      } as Step,
    ])
    expect(result).toMatchObject({ outcome: 'pass', verdict: 'up', remember: { sid: 'one', code: '200' } })
    expect(result.evidence?.received).toContain('sid=one /home?user=')
  })

  test('plays actors who share neither cookies nor, mostly, browsers', async () => {
    const result = await run([
      to('/login'),
      to('/home', { expect: { text: ['sid=one'] } }),
      to('/home', { actor: 'attacker', expect: { text: ['undefined'] } }),
    ])
    expect(result.outcome).toBe('pass')
    for (let i = 0; i < 20; i++)
      await probeHere().run({
        script: { steps: [to('/home'), to('/home', { actor: 'attacker' })] },
        seed: `run ${i}`,
      })
    expect(new Set(seen.map(({ agent }) => agent)).size).toBeGreaterThan(3)
  })

  test('sends a path as it is written', async () => {
    const paths = ['/files/../../etc/passwd', '/files/%2e%2e/%2e%2e/x', "/a b'õ?q=%00&r=ü"]
    for (const path of paths) await run([to(path)])
    expect(seen.slice(-3).map(({ line }) => line)).toEqual([
      'GET /files/../../etc/passwd',
      'GET /files/%2e%2e/%2e%2e/x',
      "GET /a%20b'%C3%B5?q=%00&r=%C3%BC",
    ])
  })

  test('sends captured numbers as numbers, and text as text', async () => {
    const result = await run([
      to('/number', { capture: { n: { json: '$.a.b[0].c' }, list: { json: '$.list' } } }),
      post(
        '/echo',
        { json: { alone: '{{n}}', within: '{{n}} euros', filtered: '{{n | trim}}', list: '{{list}}' } },
        {
          expect: {
            json: { '$.got': { alone: 12.5, within: '12.5 euros', filtered: '12.5', list: ['x', 'y'] } },
          },
        },
      ),
      number({ json: { '$.a.b[0].c': '{{n}}' } }),
    ])
    expect(result).toMatchObject({ outcome: 'pass' })
  })

  test('uploads a file, and reads a packed answer', async () => {
    const file = { field: 'doc', name: 'õ"1.txt', type: 'text/plain', content: '{{canary}}' }
    const result = await probeHere().run({
      vars: { canary: 'proof' },
      script: {
        steps: [
          post(
            '/upload',
            { file },
            {
              expect: {
                json: {
                  '$.type': { matches: '^multipart/form-data; boundary=' },
                  '$.body': { contains: '\r\n\r\nproof\r\n--' },
                },
              },
            },
          ),
          to('/zip', { expect: { text: ['unpacked õ'] } }),
        ],
      },
    })
    expect(result).toMatchObject({ outcome: 'pass' })
  })

  test('passes late: slow, with the reason; waits of its own do not count', async () => {
    const within = await run([to('/slow', { expect: { withinMs: 50 } })])
    expect(within).toMatchObject({ outcome: 'pass', verdict: 'slow' })
    expect(within.evidence?.expected).toContain('limit 50 ms')
    const inAll = await run([to('/slow')], { slowAfterMs: 60 })
    expect(inAll).toMatchObject({ outcome: 'pass', verdict: 'slow' })
    const waits = await run([{ waitMs: 150, deadlineMs: 1_000 }, to('/home')], { slowAfterMs: 100 })
    expect(waits).toMatchObject({ outcome: 'pass', verdict: 'up' })
  })

  test('reads what a TCP service says', async () => {
    const server = await serveTcp((socket) => socket.on('data', (data) => socket.write(`you said ${data}`)))
    const tcp = { host: '127.0.0.1', port: server.port, send: 'HELO {{random.hex}}\r\n' }
    const result = await run([{ tcp, deadlineMs: 2_000, expect: { regex: 'said HELO [0-9a-f]{16}' } }])
    await server.close()
    expect(result).toMatchObject({ outcome: 'pass' })
  })
})

describe('an expectation that is not met', () => {
  test.each<[string, Step, string]>([
    ['status', to_('/x', { status: [200, 204] }), 'status 200 or 204'],
    [
      'header',
      to_('/number', { header: { 'content-type': 'html' } }),
      'header content-type with "html", found "application/json"',
    ],
    ['json', to_('/number', { json: { '$.a.b[0].c': 13 } }), '$.a.b[0].c 13, found 12.5'],
    ['json path', to_('/number', { json: { '$.a.x.c': 1 } }), '$.a.x.c 1, found undefined'],
    [
      'json test',
      to_('/number', { json: { '$.a.b[0].c': { gt: 12.5 } } }),
      '$.a.b[0].c {"gt":12.5}, found 12.5',
    ],
    ['length', to_('/number', { json: { '$.list.length': 3 } }), '$.list.length 3, found 2'],
    ['not JSON', to_('/home', { json: { $: 1 } }), 'JSON'],
    ['text', to_('/home', { text: ['h1', 'welcome'] }), 'text "welcome"'],
    ['notText', to_('/home', { notText: ['<h1>'] }), 'no text "<h1>"'],
    ['regex', to_('/home', { regex: '^<h2' }), 'a match of /^<h2/'],
  ])('breaks the journey and says which: %s', async (_, step, expected) => {
    const http = 'http' in step ? { ...step.http, url: `${site.url}${step.http.url}` } : {}
    const result = await run([{ ...step, http } as Step])
    expect(result).toMatchObject({ outcome: 'fail', verdict: 'broken', evidence: { expected } })
    expect(result.evidence?.sent).toContain(`GET ${site.url}/`)
  })

  test('holds against what a page escapes, but only where an exploit can not be fooled', async () => {
    expect(await run([to('/login', { expect: { text: ["O'Connor"] } })])).toMatchObject({ outcome: 'pass' })
    expect(await run([to('/login', { expect: { text: ['<b>'] } })])).toMatchObject({ outcome: 'fail' })
  })

  test('a value in an expression stands for itself', async () => {
    const expectation = { regex: '^<h1>.*{{name}}.*</h1>$' }
    const request = { script: { steps: [to('/home?x=a.c', { expect: expectation })] } }
    expect(await probeHere().run({ ...request, vars: { name: 'a.c' } })).toMatchObject({ outcome: 'pass' })
    expect(await probeHere().run({ ...request, vars: { name: 'a?.?c' } })).toMatchObject({ outcome: 'fail' })
  })

  test('a capture that finds nothing breaks the journey', async () => {
    const result = await run([to('/home', { capture: { x: { json: '$.x' } } })])
    expect(result).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    expect(await run([to('/home', { capture: { x: { cookie: 'none' } } })])).toMatchObject({
      outcome: 'fail',
    })
  })
})

/** A step whose address `run` completes once the server listens. */
function to_(path: string, expect: object): Step {
  return get(path, { expect })
}

describe('the course of a script', () => {
  test('skips a step whose `when` is empty, and fails for a name that nobody filled', async () => {
    const steps = [to('/nowhere', { when: '{{memory.id}}', expect: { status: [200] } }), to('/home')]
    expect(await run(steps)).toMatchObject({ outcome: 'pass' })
    expect(await probeHere().run({ script: { steps }, memory: { id: '7' } })).toMatchObject({
      outcome: 'fail',
    })
    const result = await run([to('/home?{{nothing}}')])
    expect(result).toMatchObject({ outcome: 'fault', verdict: 'unknown' })
    expect(result.evidence?.expected).toBe('a value for {{nothing}}')
  })

  test('fills templates with filters', async () => {
    const text = `{{x | upper | base64}} {{x | url}} {{x | sha256}} {{x|json}} {{x | trim | lower}} {{team}}`
    const result = await probeHere().run({
      vars: { x: " O'c õ ", team: 'est' },
      script: {
        steps: [
          post('/echo', { json: { text } }, { capture: { t: { json: '$.got.text' } }, remember: ['t'] }),
        ],
      },
    })
    expect(result.remember.t).toBe(
      `${Buffer.from(" O'C Õ ").toString('base64')} %20O'c%20%C3%B5%20 9dce9a3e7f06a63ac5ee0a24ec5a5cdb4b2b0bc18ad9ae5ee2e5ef2ba7b73ae0 " O'c õ " o'c õ est`.replace(
        /9dce\w+/,
        await sha256(" O'c õ "),
      ),
    )
  })

  test('fills secrets that the platform names, and tells none in its evidence', async () => {
    const vars = { 'secret:oidc-tax': 's3cret-value' }
    const step = (text: string) =>
      post(
        '/echo',
        { json: { a: '{{secret:oidc-tax}}', b: '{{secret:oidc-tax | base64}}' } },
        { expect: { text: [text] } },
      )
    const passing = await probeHere().run({ vars, script: { steps: [step('"s3cret-value"')] } })
    expect(passing).toMatchObject({ outcome: 'pass' })
    const failing = await probeHere().run({ vars, script: { steps: [step('nothing')] } })
    expect(failing).toMatchObject({ outcome: 'fail' })
    for (const { evidence } of [passing, failing]) {
      expect(evidence?.received).toContain('***')
      expect(JSON.stringify(evidence)).not.toContain('s3cret-value')
    }
  })

  test('repeats until it passes, within its count; without `until` every turn must pass', async () => {
    let asked = 0
    const server = await serve((_, response) => {
      asked += 1
      reply(response, asked % 3 === 0 ? 200 : 503, `turn ${asked}`)
    })
    const steps = [
      get(server.url, { expect: { status: [200] }, capture: { t: { body: true } } }),
      get(`${server.url}/{{t | url}}`),
    ]
    const repeat = (times: number, until: boolean, inner: readonly Step[] = steps): Step => ({
      repeat: { times, everyMs: 1, until, steps: inner },
      deadlineMs: 1_000,
    })
    expect(await run([repeat(5, true)])).toMatchObject({ outcome: 'pass' })
    expect(asked).toBe(4)
    const failed = await run([repeat(1, true)])
    expect(failed).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    expect(failed.evidence?.step).toMatch(/^steps\.0\.repeat\.steps\.0: http GET/)
    expect(await run([repeat(3, false)])).toMatchObject({ outcome: 'fail' })
    asked = 0
    expect(await run([repeat(100_000, false, [get(server.url)])])).toMatchObject({ outcome: 'pass' })
    expect(asked).toBe(200)
    await server.close()
  })

  test('asks the platform for commands by their place, with the variables filled in', async () => {
    const exec = {
      service: 'tax',
      command: ['sh', '-c', 'echo "$CANARY"'],
      env: { CANARY: '{{canary}}' },
      user: 'root',
    }
    const asked: unknown[] = []
    const script = {
      canary: 'proof',
      setup: [{ exec, deadlineMs: 1_000 }],
      steps: [{ exec, deadlineMs: 1_000, expect: { text: ['said proof'] } }],
    }
    const result = await probeHere().run(
      { script },
      {
        onExec: async (path, env) => {
          asked.push([path, env])
          return { exitCode: 0, stdout: `said ${env.CANARY}\n`, stderr: '', error: null }
        },
      },
    )
    expect(result).toMatchObject({ outcome: 'pass' })
    expect(asked).toEqual([
      ['setup.0', { CANARY: 'proof' }],
      ['steps.0', { CANARY: 'proof' }],
    ])
    const answering = (exitCode: number) => ({
      onExec: async () => ({ exitCode, stdout: '', stderr: 'no such file', error: null }),
    })
    const broken = await probeHere().run({ script: { steps: script.steps } }, answering(1))
    expect(broken).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    // What is the team's to answer for voids nothing.
    const unprepared = await probeHere().run({ script }, answering(1))
    expect(unprepared).toMatchObject({ outcome: 'fail', verdict: 'down', refused: null })
    expect(unprepared.evidence?.received).toContain('no such file')
  })

  test('ends at the deadline of the whole script', async () => {
    // The first step has time to be answered on a busy machine; the wait alone would take ten times the deadline.
    const since = performance.now()
    const result = await run([to('/home'), { waitMs: 20_000, deadlineMs: 30_000 }, to('/home')], {
      deadlineMs: 2_000,
    })
    expect(result).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    expect(performance.now() - since).toBeLessThan(10_000)
  })

  test('never plays the same citizen twice at a time', async () => {
    const probe = probeHere()
    const step = to('/slow', { when: '{{citizen.code}}', capture: { code: { body: true } } })
    const who = post(
      '/echo',
      { text: '"{{citizen.code}}"' },
      { capture: { code: { json: '$.got' } }, remember: ['code'] },
    )
    const results = await Promise.all(
      Array.from({ length: 40 }, () => probe.run({ script: { steps: [who, step] }, seed: 'same' })),
    )
    // On a machine that does a lot besides a run may end before it has said whom it played.
    const played = results.flatMap(({ remember }) => remember.code ?? [])
    expect(played.length).toBeGreaterThan(20)
    expect(new Set(played).size).toBe(played.length)
    expect(population.busy.size).toBe(0)
  })

  test.runIf(process.platform === 'linux')('comes from its many addresses, from one in one run', async () => {
    const addresses = ['127.0.0.11', '127.0.0.12', '127.0.0.13', '127.0.0.14']
    const probe = probeHere({ reach: { networks: [{ base: 0x7f000000, mask: 0xff000000 }], addresses } })
    const from = new Set<string>()
    for (let i = 0; i < 30; i++) {
      await probe.run({ script: { steps: [to('/home'), to('/home')] }, seed: `run ${i}` })
      const [one, two] = seen.slice(-2).map((request) => request.from)
      expect(one).toBe(two)
      from.add(one ?? '')
    }
    expect([...from].toSorted()).toEqual(addresses)
  })
})

async function sha256(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('hex')
}

describe('a page whose author wrote its characters by name or by number', () => {
  const page = (body: string, expect: object) =>
    withPage(
      body,
      async (url) => (await probeHere().run({ script: { steps: [get(url, { expect })] } })).verdict,
    )
  async function withPage(body: string, then: (url: string) => Promise<string>) {
    const served = await serve(async (_, response) => reply(response, 200, body))
    try {
      return await then(`${served.url}/`)
    } finally {
      await served.close()
    }
  }
  const words = 'Summa on (<|&lt;) 50 € (&|&amp;) (>|&gt;) 10 €'

  test.each([
    'Summa on &lt; 50 € &amp; &gt; 10 €',
    'Summa on &#60; 50 &euro; &#38; &#x3E; 10 &#8364;',
    'Summa on &LT; 50 € & &gt; 10 €',
  ])('says the same: %s', async (body) => {
    expect(await page(`<p>${body}</p>`, { regex: words })).toBe('up')
  })

  test('escaped stays escaped, and what was hidden by number is found', async () => {
    expect(await page('<p>&#60;script&#62;</p>', { text: ['<script>'] })).toBe('broken')
    expect(await page('<p>&#60;script&#62;</p>', { text: ['&lt;script&gt;'] })).toBe('up')
    expect(await page('<p>&#83;ecret &#x57;ord</p>', { text: ['Secret Word'] })).toBe('up')
    expect(await page('<p>&#83;ecret</p>', { notText: ['Secret'] })).toBe('broken')
    expect(await page('<p>&#0; &#xd800; &#9999999; &nosuch;</p>', { text: ['&#0; &#xd800;'] })).toBe('up')
  })
})
