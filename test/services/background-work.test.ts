import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { backgroundWork } from '../../infra/services/kit/background-work.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const PAUSE_MS = 100

/** Work whose looks are counted; `waiting` is how much there is to do. */
function counted() {
  const state = { looks: 0, waiting: 0, done: 0 }
  const work = backgroundWork('test', PAUSE_MS)
  void work.forever(async () => {
    state.looks += 1
    if (state.waiting === 0) return false
    state.waiting -= 1
    state.done += 1
    return true
  })
  return { work, state }
}

test('at rest it hardly looks', async () => {
  const { state } = counted()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(state.looks).toBeLessThan(60_000 / 2_000)
})

test('what is announced is done at once, all of it', async () => {
  const { work, state } = counted()
  await vi.advanceTimersByTimeAsync(10_000)
  state.waiting = 3
  work.soon()
  await vi.advanceTimersByTimeAsync(1)
  expect(state.done).toBe(3)
})

test('what is announced before its transaction is over is found a pause after it', async () => {
  const { work, state } = counted()
  await vi.advanceTimersByTimeAsync(10_000)
  work.soon()
  await vi.advanceTimersByTimeAsync(1_950)
  state.waiting = 1
  await vi.advanceTimersByTimeAsync(PAUSE_MS)
  expect(state.done).toBe(1)
})

test('what nobody announced is found too, within seconds', async () => {
  const { state } = counted()
  await vi.advanceTimersByTimeAsync(10_000)
  state.waiting = 1
  await vi.advanceTimersByTimeAsync(3_000)
  expect(state.done).toBe(1)
})

test('an outage only delays, and is said in the log', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  let down = true
  let done = 0
  void backgroundWork('outbox', PAUSE_MS).forever(async () => {
    if (down) throw new Error('no database')
    done += 1
    return false
  })
  await vi.advanceTimersByTimeAsync(4_000)
  expect(said).toHaveBeenCalledWith(expect.stringMatching(/^outbox waits: .*no database/))
  down = false
  await vi.advanceTimersByTimeAsync(4_000)
  expect(done).toBeGreaterThan(0)
  said.mockRestore()
})
