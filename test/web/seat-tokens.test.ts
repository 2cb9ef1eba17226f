import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { SeatInfo } from '../../server/exercise/wire/protocol.ts'
import { parseRoute } from '../../web/app/route.ts'
import { exerciseFor, rememberToken, tokenFor } from '../../web/feed/seat-tokens.ts'

const tokenOf = (exerciseId: string, seatId: string) =>
  `${Buffer.from(JSON.stringify({ exerciseId, seatId, seat: 'blue', team: 'õ/red' })).toString('base64url')}.sig`
const blue: SeatInfo = { seatId: 's', seat: 'blue', team: 'red', label: '' }
const white: SeatInfo = { seatId: 'w', seat: 'white', team: null, label: '' }
const of = (hash: string) => tokenFor(parseRoute(hash))

function storage() {
  const held = new Map<string, string>()
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  }
}

describe.each([
  ['kept by the browser', () => storage()],
  [
    'where storage is forbidden',
    () =>
      new Proxy({} as ReturnType<typeof storage>, {
        get() {
          throw new Error('forbidden')
        },
      }),
  ],
])('seat tokens, %s', (_, make) => {
  beforeEach(() => {
    vi.stubGlobal('sessionStorage', make())
    vi.stubGlobal('localStorage', make())
  })
  afterEach(() => vi.unstubAllGlobals())

  test('are of one exercise each; an address without one has those of the current exercise', () => {
    rememberToken({ id: 'a', current: true }, blue, 'token-a')
    rememberToken({ id: 'b', current: false }, blue, 'token-b')
    expect([of('#/e/a/team/red'), of('#/e/b/team/red'), of('#/team/red')]).toEqual([
      'token-a',
      'token-b',
      'token-a',
    ])
    expect([of('#/e/c/team/red'), of('#/e/a/instructor'), of('#/e/a/team/sea')]).toEqual([null, null, null])
    rememberToken({ id: 'c', current: true }, blue, 'token-c')
    expect([of('#/team/red'), of('#/e/a/team/red')]).toEqual(['token-c', 'token-a'])
    rememberToken({ id: 'b', current: false }, white, 'white-b')
    expect([
      of('#/e/b/report'),
      of('#/report'),
      of('#/e/a/team-report/red'),
      of('#/team-report/sea'),
    ]).toEqual(['white-b', null, 'token-a', null])
    expect([of('#/e/b/instructor'), of('#/instructor'), of('#/e/b/scoreboard')]).toEqual([
      'white-b',
      null,
      null,
    ])
  })
})

describe('tokens of before', () => {
  beforeEach(() => {
    vi.stubGlobal('sessionStorage', storage())
    vi.stubGlobal('localStorage', storage())
  })
  afterEach(() => vi.unstubAllGlobals())

  test('open their own exercise also at its new address, and no other', () => {
    localStorage.setItem('kilp.seat.blue.red', tokenOf('a', 's'))
    expect([of('#/team/red'), of('#/e/a/team/red'), of('#/e/b/team/red')]).toEqual([
      tokenOf('a', 's'),
      tokenOf('a', 's'),
      null,
    ])
  })
})

test('a join link is of the exercise of its token, and one that is none of the current exercise', () => {
  const exerciseAt = (hash: string) => exerciseFor(parseRoute(hash))
  expect(exerciseAt(`#/join/${tokenOf('a', 's')}`)).toBe('a')
  expect(exerciseAt(`#/e/b/join/${tokenOf('a', 's')}`)).toBe('b')
  expect(['#/join/nonsense', '#/join/', '#/join/e30.x', '#/team/red'].map(exerciseAt)).toEqual([
    null,
    null,
    null,
    null,
  ])
})
