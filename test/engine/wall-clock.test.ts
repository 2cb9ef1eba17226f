import { expect, test, vi } from 'vitest'
import { wallClock } from '../../server/engine/wall-clock.ts'

test('the clock tells the time of day, and goes on evenly when the machine’s is set', () => {
  expect(Math.abs(wallClock.now() - Date.now())).toBeLessThan(60_000)
  const before = wallClock.now()
  const set = vi.spyOn(Date, 'now').mockReturnValue(0)
  const after = wallClock.now()
  set.mockRestore()
  expect(after - before).toBeGreaterThanOrEqual(0)
  expect(after - before).toBeLessThan(1_000)
})
