import { expect, test } from 'vitest'
import { openWorld } from './fixture.ts'

const path = '/api/changes?team=red&service=tax'

test('what a team has changed is for white alone, bounded in how often it is asked', async () => {
  const world = await openWorld()
  const own = await world.fetch(path, 'white')
  expect([own.status, await own.json()]).toEqual([200, { diff: '--- a/main.ts\n+++ b/main.ts\n' }])
  for (const seat of ['blue-red', 'observer', 'guest'] as const)
    expect([seat, (await world.fetch(path, seat)).status]).toEqual([seat, 403])
  expect((await world.fetch(path)).status).toBe(401)
  expect((await world.fetch('/api/changes?team=nobody&service=tax', 'white')).status).toBe(503)
  const many = await Promise.all(Array.from({ length: 20 }, () => world.fetch(path, 'white')))
  expect(many.some(({ status }) => status === 429)).toBe(true)
})
