import { expect, test } from 'vitest'
import { compared } from '../../server/range/enclave/compare.ts'
import { openWorld } from './fixture.ts'

const path = '/api/changes?team=red&service=tax'

test('what a team has changed is for white and the team itself, bounded in how often it is asked', async () => {
  const world = await openWorld()
  for (const seat of ['white', 'blue-red'] as const) {
    const own = await world.fetch(path, seat)
    expect([own.status, await own.json()]).toEqual([200, { diff: '--- a/main.ts\n+++ b/main.ts\n' }])
  }
  for (const seat of ['blue-sea', 'observer', 'guest'] as const)
    expect([seat, (await world.fetch(path, seat)).status]).toEqual([seat, 403])
  expect((await world.fetch(path)).status).toBe(401)
  expect((await world.fetch('/api/changes?team=nobody&service=tax', 'white')).status).toBe(503)
  const asked = async (seat: 'white' | 'blue-red') => {
    const many = await Promise.all(Array.from({ length: 20 }, () => world.fetch(path, seat)))
    return many.filter(({ status }) => status === 200).length
  }
  expect(await asked('blue-red')).toBeLessThanOrEqual(4)
  // A team that asks all day takes nothing from white.
  expect(await asked('white')).toBeGreaterThan(4)
})

test('a team that fills its sources with what takes long to compare keeps the platform busy only so long', () => {
  let nowMs = 0
  // Each look at the clock is a tenth of a second later.
  const now = () => {
    nowMs += 100
    return nowMs
  }
  const files = Array.from({ length: 2_000 }, (_, n) => ({
    path: `${n}.ts`,
    from: Buffer.from(`was ${n}`),
    to: Buffer.from('is'),
  }))
  const told = compared(files, false, now)
  expect(told).toContain('+is')
  expect(told.match(/there was no time to compare it/g)?.length).toBeGreaterThan(1_990)
})
