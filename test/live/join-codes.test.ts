import fastify from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openCodeGuesses } from '../../server/live/code-guesses.ts'
import { openDocument } from '../../server/live/http/api-document.ts'
import { joinRoutes } from '../../server/live/http/join-routes.ts'
import { joinedResponse, seatsResponse } from '../../server/live/http/responses.ts'
import { openJoinCodes, readCode } from '../../server/live/join-codes.ts'
import { networkOf } from '../../server/live/network-of.ts'
import { openMemoryLog } from '../engine/memory-log.ts'
import { white } from '../kit/actors.ts'
import { connected, EXERCISE, openWorld, type World } from './fixture.ts'

const CODE = /^KILP-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{2}$/

const codes = async (world: World) => {
  const { seats } = seatsResponse.parse(await (await world.fetch('/api/seats', 'white')).json())
  return new Map(seats.map(({ seatId, code }) => [seatId, code]))
}
const codeOf = async (world: World, seat: string) => (await codes(world)).get(seat) ?? ''

async function join(world: World, code: string) {
  const answer = await world.fetch('/api/join', undefined, {
    method: 'POST',
    body: JSON.stringify({ code }),
    headers: { 'content-type': 'application/json' },
  })
  const body: unknown = await answer.json()
  return { status: answer.status, body, code: (body as { refusal?: { code: string } }).refusal?.code }
}

describe('short join codes', () => {
  it('open the seat that the long link opens, however they are written', async () => {
    const world = await openWorld()
    const code = await codeOf(world, 'blue-red')
    expect(code).toMatch(CODE)
    const six = code.replaceAll('-', '').slice(4)
    const wide = [...code].map((sign) => String.fromCodePoint(0xfee0 + (sign.codePointAt(0) ?? 0))).join('')
    for (const typed of [code, code.toLowerCase(), ` ${code.replaceAll('-', ' ')} `, six, wide]) {
      const joined = joinedResponse.parse((await join(world, typed)).body)
      expect(joined).toMatchObject({ exercise: EXERCISE, seat: 'blue', team: 'red' })
      expect(joined.url).toBe(`${world.live.url}/#/join/${joined.token}`)
      expect(joined.token).toBe(world.token('blue-red'))
    }
    await connected(world.join({ token: world.token('blue-red') }))
  })

  it('each seat has its own, which stays, also over a restart', async () => {
    const store = openMemoryLog().log
    const world = await openWorld({ store })
    const first = await codes(world)
    expect(new Set(first.values()).size).toBe(first.size)
    expect(await codes(world)).toEqual(first)
    const again = openJoinCodes(store)
    await again.ready()
    expect(again.find(first.get('white') ?? '')).toEqual({ exerciseId: EXERCISE, seatId: 'white' })
  })

  it('many are made at once, none twice', async () => {
    const made = openJoinCodes(openMemoryLog().log)
    const seats = Array.from({ length: 500 }, (_, n) => `s${n}`)
    const both = await Promise.all([made.of('a', seats), made.of('b', seats), made.of('a', seats)])
    expect(both[0]).toEqual(both[2])
    expect(new Set(both.flatMap((one) => [...one.values()])).size).toBe(1_000)
    for (const code of both[0]?.values() ?? []) expect(code).toMatch(CODE)
  })

  it('what the store did not keep is not given out', async () => {
    const { log } = openMemoryLog()
    let full = true
    const made = openJoinCodes({
      ...log,
      putSetting: async (key, value) => {
        if (full) throw new Error('disk full')
        await log.putSetting(key, value)
      },
    })
    await expect(made.of('a', ['s'])).rejects.toThrow('disk full')
    full = false
    const code = (await made.of('a', ['s'])).get('s') ?? ''
    full = true
    await expect(made.renew('a', 's')).rejects.toThrow('disk full')
    expect((await made.of('a', ['s'])).get('s')).toBe(code)
    expect(made.find(code)).toEqual({ exerciseId: 'a', seatId: 's' })
  })

  it('a revoked seat has none; white makes a new one, and then the old one opens nothing', async () => {
    const world = await openWorld()
    const before = await codes(world)
    const renew = (seat: 'white' | 'blue-red') =>
      world.fetch('/api/seats/blue-sea/code', seat, { method: 'POST' })
    expect((await renew('blue-red')).status).toBe(403)
    const { code } = (await (await renew('white')).json()) as { code: string }
    expect(code).toMatch(CODE)
    expect(code).not.toBe(before.get('blue-sea'))
    expect((await join(world, code)).status).toBe(200)
    expect(await join(world, before.get('blue-sea') ?? '')).toMatchObject({ status: 404, code: 'wrong-code' })
    await world.give({ type: 'revoke-seat', data: { seatId: 'blue-red' } }, white())
    expect(await join(world, before.get('blue-red') ?? '')).toMatchObject({ status: 404, code: 'wrong-code' })
    expect((await codes(world)).get('blue-red')).toBeNull()
    expect((await world.fetch('/api/seats/blue-red/code', 'white', { method: 'POST' })).status).toBe(409)
  })

  it('only white sees them', async () => {
    const world = await openWorld()
    for (const seat of ['blue-red', 'observer', 'guest'] as const)
      expect((await world.fetch('/api/seats', seat)).status).toBe(403)
  })

  it('wrong ones are few, however many are sent at once; then a right one waits too, and a long link does not', async () => {
    const world = await openWorld()
    const right = await codeOf(world, 'blue-red')
    const tries = await Promise.all(Array.from({ length: 100 }, () => join(world, 'KILP-2222-22')))
    expect(tries.filter(({ status }) => status === 404)).toHaveLength(20)
    expect(new Set(tries.map(({ code }) => code))).toEqual(new Set(['wrong-code', 'too-many-codes']))
    expect(await join(world, right)).toMatchObject({ status: 429, code: 'too-many-codes' })
    await connected(world.join({ token: world.token('blue-red') }))
  })

  it('wrong ones are few over all addresses together, and come back slowly', async () => {
    let now = 0
    const codes = openJoinCodes(openMemoryLog().log)
    const app = fastify()
    onTestFinished(() => app.close())
    openDocument(app, '0')
    app.register(joinRoutes, {
      codes,
      find: async () => null,
      base: () => '',
      guesses: openCodeGuesses(() => now),
    })
    const wrong = async (remoteAddress: string) =>
      (await app.inject({ method: 'POST', url: '/api/join', remoteAddress, payload: { code: '222222' } }))
        .statusCode
    const statuses: number[] = []
    for (let n = 0; n < 100; n += 1) statuses.push(await wrong(`192.0.2.${n}`))
    expect(statuses).toEqual([...Array(60).fill(404), ...Array(40).fill(429)])
    // One each two seconds, whoever asks.
    now += 10_000
    const later: number[] = []
    for (let n = 0; n < 10; n += 1) later.push(await wrong(`198.51.100.${n}`))
    expect(later).toEqual([...Array(5).fill(404), ...Array(5).fill(429)])
    // All the addresses of one subscriber are one.
    now += 3_600_000
    const six: number[] = []
    for (let n = 0; n < 30; n += 1) six.push(await wrong(`2001:db8:1:2::${n}`))
    expect(six.filter((status) => status === 404)).toHaveLength(20)
  })

  it('right ones cost nothing: a class behind one address joins at once', async () => {
    const world = await openWorld()
    const right = await codeOf(world, 'blue-red')
    const joined = await Promise.all(Array.from({ length: 150 }, () => join(world, right)))
    expect(new Set(joined.map(({ status }) => status))).toEqual(new Set([200]))
  })

  it.each([
    '',
    'KILP',
    '22222',
    '2222222',
    'KILP-2222-2O',
    '😀😀😀😀😀😀',
    '../../',
    'A'.repeat(5_000),
    'KILP-\u0000222-22',
  ])('is none: %j', async (typed) => {
    expect(readCode(typed)).toBeNull()
    const world = await openWorld()
    expect([400, 404]).toContain((await join(world, typed)).status)
    expect(world.faults).toEqual([])
  })

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::99', '2001:db8:1:2::/64'],
    ['2001:db8::99', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('the network of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
