import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import type { FileRef } from '../../server/exercise/scenario/inject.ts'
import { disposition } from '../../server/live/http/file-routes.ts'
import { fileResponse, pagesResponse } from '../../server/live/http/responses.ts'
import { attachment, MAP, openFiles, put, send, sha } from './files-world.ts'
import { EXERCISE, openWorld, type SeatId, type World } from './fixture.ts'

const kept = async (response: Response) => fileResponse.parse(await response.json()).file
const codeOf = async (response: Response) => {
  const { refusal } = (await response.json()) as { refusal: { code: string } }
  return [response.status, refusal.code]
}

const answer = (world: World, file: FileRef, seat: SeatId = 'blue-red', team = 'red') =>
  world.fetch('/api/commands', seat, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'answer-inject',
      data: { team, inject: 'asked', content: { kind: 'file', file }, seen: 0 },
    }),
  })

describe('files of messages', () => {
  it('comes to white, and to a team once a message brought it, always to be saved', async () => {
    const world = await openFiles()
    const get = (seat?: SeatId) => world.fetch(`/api/exercises/${EXERCISE}/files/${attachment.sha256}`, seat)
    expect((await get()).status).toBe(401)
    expect((await get('blue-red')).status).toBe(404)
    await send(world, 'red', 'asked')
    const found = await get('blue-red')
    expect(found.status).toBe(200)
    expect(Buffer.from(await found.arrayBuffer())).toEqual(MAP)
    expect(Object.fromEntries(found.headers)).toMatchObject({
      'content-type': 'text/csv',
      'content-disposition': `attachment; filename="map.csv"; filename*=UTF-8''map.csv`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect((await get('white')).status).toBe(200)
    for (const seat of ['blue-sea', 'observer', 'guest'] as const) expect((await get(seat)).status).toBe(404)
    expect((await world.fetch(`/api/files/${'0'.repeat(64)}`, 'white')).status).toBe(404)
    expect((await world.fetch('/api/files/..%2f..%2fetc', 'white')).status).toBe(400)
  })

  it('a file that a team uploads keeps its Japanese name, comes to white, and to no other team', async () => {
    const world = await openFiles()
    await send(world, 'red', 'asked')
    await send(world, 'sea', 'asked')
    const content = Buffer.from('名前,件数\n税,3\n')
    const file = await kept(await put(world, content, 'C:\\x\\被害状況 (最終版).csv'))
    expect(file).toEqual({
      name: '被害状況 (最終版).csv',
      type: 'text/csv',
      bytes: content.length,
      sha256: sha(content),
    })
    expect((await answer(world, file)).status).toBe(200)
    const get = (seat: SeatId) => world.fetch(`/api/files/${file.sha256}`, seat)
    for (const seat of ['white', 'blue-red'] as const) {
      const found = await get(seat)
      expect(Buffer.from(await found.arrayBuffer())).toEqual(content)
      expect(decodeURIComponent(found.headers.get('content-disposition')?.split("''")[1] ?? '')).toBe(
        file.name,
      )
    }
    for (const seat of ['blue-sea', 'observer', 'guest'] as const) expect((await get(seat)).status).toBe(404)
  })

  it('an answer names a file that its own team uploaded, as it is', async () => {
    const world = await openFiles()
    await send(world, 'red', 'asked')
    await send(world, 'sea', 'asked')
    const file = await kept(await put(world, 'a,b\n', 'a.csv', 'blue-sea'))
    expect(await codeOf(await answer(world, file))).toEqual([409, 'not-uploaded'])
    expect(await codeOf(await answer(world, attachment))).toEqual([409, 'not-uploaded'])
    const own = await kept(await put(world, 'a,b\n', 'a.csv'))
    for (const wrong of [{ bytes: 9 }, { type: 'image/png' as const }, { sha256: 'f'.repeat(64) }])
      expect(await codeOf(await answer(world, { ...own, ...wrong }))).toEqual([409, 'not-uploaded'])
    for (const name of ['../a.csv', 'a\u202ecsv.exe'])
      expect(await codeOf(await answer(world, { ...own, name }))).toEqual([409, 'bad-file-name'])
    for (const name of ['a.csv.exe', 'a.html', 'a.png', 'a'])
      expect(await codeOf(await answer(world, { ...own, name }))).toEqual([409, 'bad-file-ending'])
    expect(await codeOf(await answer(world, { ...own, name: 'x'.repeat(200) }))).toEqual([400, 'malformed'])
    expect((await answer(world, { ...own, name: 'b.csv' })).status).toBe(200)
  })

  it('what is no such file is refused, each with its reason, and is not kept', async () => {
    const world = await openFiles()
    expect(await codeOf(await put(world, 'a', 'a.csv'))).toEqual([409, 'unknown-inject'])
    await send(world, 'red', 'asked')
    await send(world, 'red', 'words')
    for (const [content, name, code] of [
      ['<p>', 'a.html', 'file-unknown-ending'],
      ['<p>', 'a.png', 'file-other-content'],
      ['\u001b[2J', 'a.csv', 'file-other-content'],
      ['', 'a.csv', 'file-empty'],
      ['a', '/', 'file-name'],
      ['plain', 'a.txt', 'file-type'],
    ] as const)
      expect([name, ...(await codeOf(await put(world, content, name)))]).toEqual([name, 409, code])
    expect(await codeOf(await put(world, 'a', 'a.csv', 'blue-red', 'words'))).toEqual([409, 'not-a-file'])
    for (const seat of ['white', 'observer', 'guest'] as const)
      expect(await codeOf(await put(world, 'a', 'a.csv', seat))).toEqual([403, 'not-allowed'])
    expect((await world.store.filesOf(EXERCISE)).filter(({ owner }) => owner !== '')).toEqual([])
  })

  it('more than the message takes is refused before it is read: 50 MB do not even begin', async () => {
    const world = await openFiles()
    await send(world, 'red', 'asked')
    let sent = 0
    const reply = await new Promise<{ status: number; body: string }>((resolve, reject) => {
      const asking = request(`${world.live.url}/api/files?inject=asked&name=a.csv`, {
        method: 'PUT',
        headers: {
          authorization: `Bearer ${world.token('blue-red')}`,
          'content-type': 'application/octet-stream',
          'content-length': 50_000_000,
        },
      })
      asking.on('response', async (response) =>
        resolve({ status: response.statusCode ?? 0, body: await text(response) }),
      )
      asking.on('error', reject)
      asking.flushHeaders()
    })
    expect([reply.status, JSON.parse(reply.body).refusal.code, sent]).toEqual([413, 'file-too-large', 0])
    // Nobody says how much comes: it ends at what a file may have.
    const stream = new ReadableStream({
      pull(controller) {
        sent += 1 << 20
        controller.enqueue(new Uint8Array(1 << 20).fill(97))
        if (sent > 50_000_000) controller.close()
      },
    })
    const endless = await world
      .fetch('/api/files?inject=asked&name=a.csv', 'blue-red', {
        method: 'PUT',
        body: stream,
        headers: { 'content-type': 'application/octet-stream' },
        duplex: 'half',
      } as RequestInit)
      .then((response) => response.status)
      .catch(() => 413)
    expect(endless).toBe(413)
    expect(sent).toBeLessThan(20_000_000)
    expect(world.faults).toEqual([])
  })

  it('a team keeps so much and no more, also when it sends many at once', async () => {
    const world = await openFiles()
    await send(world, 'red', 'big')
    // As if it had: the limit of a seat would make this slow.
    for (let n = 0; n < 59; n += 1) {
      const content = randomBytes(9)
      const file = { name: `${n}.csv`, type: 'text/csv', bytes: 9, sha256: sha(content) }
      await world.store.keepFile(EXERCISE, { ...file, owner: 'red', wall: n }, content)
    }
    const replies = await Promise.all(
      ['a', 'b', 'c'].map((name) => put(world, name, `${name}.csv`, 'blue-red', 'big')),
    )
    const codes = await Promise.all(
      replies.map(async (reply) => (reply.ok ? 'ok' : (await codeOf(reply))[1])),
    )
    expect(codes.toSorted()).toEqual(['files-full', 'files-full', 'ok'])
    // What is there already needs no room.
    const again = ['a', 'b', 'c'][codes.indexOf('ok')] ?? ''
    expect((await put(world, again, `${again}.csv`, 'blue-red', 'big')).status).toBe(200)
  })

  it('what a team changed is its own, counts for none of its uploads, and the reference comes with the end', async () => {
    const world = await openFiles()
    await send(world, 'red', 'asked')
    const keep = async (owner: string, name: string) => {
      const content = randomBytes(9)
      const file = { name, type: 'text/x-diff', bytes: 64 * 1024 * 1024, sha256: sha(content) }
      await world.store.keepFile(EXERCISE, { ...file, owner, wall: 1 }, content)
      return file
    }
    const own = await keep('red', 'tax.diff')
    const fix = await keep('', 'tax-open.diff')
    expect((await put(world, 'a,b\n', 'b.csv')).status).toBe(200)
    const get = async ({ sha256 }: FileRef, seat: SeatId) =>
      (await world.fetch(`/api/exercises/${EXERCISE}/files/${sha256}`, seat)).status
    expect([await get(own, 'blue-red'), await get(own, 'white'), await get(own, 'blue-sea')]).toEqual([
      200, 200, 404,
    ])
    expect(await get(fix, 'blue-red')).toBe(404)
    await world.engine.submit({ type: 'end-exercise', data: { reason: '' } }, PLATFORM)
    const title = { en: 'x', et: 'x', ja: 'x' }
    await world.engine.submit(
      { type: 'keep-fixes', data: { fixes: [{ service: 'tax', title, file: fix }] } },
      PLATFORM,
    )
    expect([await get(fix, 'blue-red'), await get(fix, 'blue-sea'), await get(fix, 'guest')]).toEqual([
      200, 200, 404,
    ])
  })

  it('so many bytes and no more, over all its files', async () => {
    const world = await openFiles()
    await send(world, 'red', 'asked')
    const most = 64 * 1024 * 1024
    const content = randomBytes(9)
    // The store says how big it is; nothing else of it matters here.
    const file = { name: 'a.csv', type: 'text/csv', bytes: most - 3, sha256: sha(content), wall: 1 }
    await world.store.keepFile(EXERCISE, { ...file, owner: 'red' }, content)
    await world.store.keepFile(EXERCISE, { ...file, owner: 'sea' }, content)
    expect(await codeOf(await put(world, 'a,b\n', 'b.csv'))).toEqual([409, 'files-full'])
    expect((await put(world, 'a,b', 'b.csv')).status).toBe(200)
  })

  it('a seat that uploads without end is slowed down', async () => {
    const world = await openFiles()
    await send(world, 'red', 'asked')
    const statuses: number[] = []
    for (let n = 0; n < 14; n += 1) statuses.push((await put(world, `${n}`, 'a.csv')).status)
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(200))
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('what the scenario brings to read', () => {
  it('comes to seats, the instructor’s page to white alone', async () => {
    const world = await openFiles()
    const get = async (seat: SeatId) =>
      pagesResponse.parse(await (await world.fetch(`/api/exercises/${EXERCISE}/briefing`, seat)).json())
    expect(await get('white')).toEqual({
      first: 'en',
      briefing: { en: '# Hello' },
      instructor: { en: 'secret' },
    })
    for (const seat of ['blue-red', 'observer', 'guest'] as const)
      expect(await get(seat)).toEqual({ first: 'en', briefing: { en: '# Hello' } })
    expect((await world.fetch('/api/briefing')).status).toBe(401)
  })

  it('an exercise from before has none', async () => {
    const world = await openWorld()
    expect(await (await world.fetch('/api/briefing', 'white')).json()).toEqual({ first: 'en', briefing: {} })
  })
})

it('a name in a header is understood by old and new programs, and ends nothing', () => {
  expect(disposition(`a"b\\c%20'(1)*.txt`)).toBe(
    `attachment; filename="a_b_c_20'(1)*.txt"; filename*=UTF-8''a%22b%5Cc%2520%27%281%29%2A.txt`,
  )
  expect(disposition('税\r\nX: y.txt')).not.toMatch(/[\r\n]/)
})
