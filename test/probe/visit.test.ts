import { createInterface } from 'node:readline'
import { PassThrough } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import type { Lent } from '../../infra/probe/src/lent.ts'
import { openCast, populationOf } from '../../infra/probe/src/people.ts'
import type { Visit, Visited } from '../../infra/probe/src/visit.ts'
import { openWire } from '../../infra/probe/src/wire.ts'
import { here, serve } from './probe-here.ts'

/** The probe's side of the wire, asked as the platform asks it. */
function openProbe(place: Partial<typeof here> = {}) {
  const stdout = new PassThrough()
  const waiting = new Map<string, (said: Record<string, unknown>) => void>()
  let next = 0
  const hear = openWire({ ...here, ...place }, (message) => stdout.write(`${JSON.stringify(message)}\n`))
  createInterface({ input: stdout }).on('line', (line) => {
    const said = JSON.parse(line) as { id: string }
    waiting.get(said.id)?.(said)
  })
  const ask = (question: object) =>
    new Promise<Record<string, unknown>>((resolve) => {
      const id = String(++next)
      waiting.set(id, resolve)
      hear(JSON.stringify({ id, ...question }))
    })
  return {
    people: async () => (await ask({ people: true })).people as readonly Lent[],
    visit: async (port: number, more: Partial<Visit> = {}) => {
      const visit: Visit = {
        service: `127.0.0.1:${port}`,
        method: 'GET',
        path: '/',
        headers: [],
        body: '',
        lang: 'et',
        choice: 0,
        ...more,
      }
      return (await ask({ visit })).visited as Visited
    },
  }
}

const here2 = async (listener: Parameters<typeof serve>[0]) => {
  const served = await serve(listener)
  onTestFinished(served.close)
  return served.port
}
const text = (visited: Visited) =>
  'failed' in visited ? visited.failed : Buffer.from(visited.body, 'base64').toString()

test('a visit goes out as a citizen’s browser in the visitor’s language sends it, with the headers that it brings', async () => {
  const port = await here2((request, response) => response.end(JSON.stringify(request.rawHeaders)))
  const heard = JSON.parse(
    text(
      await openProbe().visit(port, {
        headers: [
          ['accept', 'text/css'],
          ['cookie', 'sid=1'],
          ['host', 'other'],
          ['User-Agent', 'kilp'],
          ['Transfer-Encoding', 'chunked'],
          ['x-odd', 'a\r\nb: c'],
        ],
        lang: 'ja',
      }),
    ),
  ) as string[]
  const headers = new Map(heard.flatMap((_, i) => (i % 2 ? [] : [[heard[i]?.toLowerCase(), heard[i + 1]]])))
  expect(headers.get('host')).toBe(`127.0.0.1:${port}`)
  expect(headers.get('user-agent')).toContain('iPhone')
  expect(headers.get('accept-language')).toBe('ja-JP,ja;q=0.9')
  expect(headers.get('accept')).toBe('text/css')
  expect(headers.get('cookie')).toBe('sid=1')
  expect(headers.get('transfer-encoding')).toBeUndefined()
  expect(headers.get('x-odd')).toBe('a  b: c')
})

test('bodies go there and back byte by byte; redirects and several cookies are the browser’s to follow', async () => {
  const port = await here2((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      response.writeHead(303, [
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
        ['Location', '/next'],
      ] as never)
      response.end(Buffer.concat(chunks))
    })
  })
  const sent = Buffer.from([0, 1, 2, 254, 255])
  const visited = await openProbe().visit(port, { method: 'POST', body: sent.toString('base64') })
  if ('failed' in visited) throw new Error(visited.why)
  expect(visited.status).toBe(303)
  expect(Buffer.from(visited.body, 'base64')).toEqual(sent)
  expect(visited.headers.filter(([name]) => name.toLowerCase() === 'set-cookie')).toHaveLength(2)
})

test('nothing outside the enclave is visited, whatever its name is', async () => {
  const probe = openProbe({ reach: { networks: [{ base: 0x0a000000, mask: 0xff000000 }], addresses: [] } })
  expect(await probe.visit(80)).toMatchObject({ failed: 'fault' })
  for (const service of ['http://portal', 'portal/..', 'a@b', '', '[::1]', 'portal:99999999'])
    expect(await probe.visit(80, { service })).toMatchObject({ failed: 'fault' })
  for (const path of ['http://x/', 'x', '/ HTTP/1.1', '/\n'])
    expect(await probe.visit(80, { path })).toMatchObject({ failed: 'fault' })
})

test('an answer without an end or too large is cut off, a silent service is down', async () => {
  const endless = await here2((_, response) => {
    const more = () => {
      while (response.write('x'.repeat(65_536)));
    }
    response.on('drain', more)
    response.on('error', () => {})
    more()
  })
  expect(await openProbe().visit(endless)).toMatchObject({
    failed: expect.stringMatching(/too-large|broken/),
  })
  expect(await openProbe().visit(1)).toMatchObject({ failed: 'down' })
})

test('at most eight visits at a time are under way, sixty-four wait, and what is beyond is told so at once', async () => {
  let open = 0
  let most = 0
  const held: (() => void)[] = []
  const port = await here2((_, response) => {
    open += 1
    most = Math.max(most, open)
    held.push(() => {
      open -= 1
      response.end('ok')
    })
  })
  const probe = openProbe()
  const visits = Array.from({ length: 100 }, () => probe.visit(port))
  await expect.poll(() => held.length).toBe(8)
  const letGo = setInterval(() => held.shift()?.(), 1)
  const answers = await Promise.all(visits)
  clearInterval(letGo)
  expect(most).toBe(8)
  expect(answers.filter((one) => 'failed' in one && one.failed === 'busy')).toHaveLength(28)
  expect(answers.filter((one) => text(one) === 'ok')).toHaveLength(72)
})

test('those as whom people sign in are played by no run', async () => {
  const population = populationOf('test')
  const people = await openProbe({ population }).people()
  expect(new Set(people.map(({ role }) => role))).toEqual(
    new Set(['worker', 'parent', 'elder', 'resident', 'doctor', 'teacher']),
  )
  expect(people.every(({ code }) => population.land.byCode.has(code))).toBe(true)
  const own = new Set(people.filter(({ role }) => role !== 'doctor' && role !== 'teacher').map((p) => p.code))
  for (let run = 0; run < 500; run++) {
    const cast = openCast(population, `run ${run}`)
    for (const role of ['citizen', 'citizen2', 'parent', 'child', 'resident', 'pupil', 'guardian'])
      expect(own.has(cast.person(role)?.code ?? '')).toBe(false)
    expect(own.has(cast.retired().code)).toBe(false)
    cast.release()
  }
})
