import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createFeedStore } from '../../web/feed/feed.ts'
import { paced } from '../../web/feed/paced.ts'

const DRAWN_MS = 60

/** Draws for so long, as a large page does. */
function draw(ms: number): void {
  for (const until = performance.now() + ms; performance.now() < until; );
}

function opened(drawMs: number) {
  const store = createFeedStore(() => 0)
  const shown = paced(store)
  const seen: { readonly atMs: number; readonly at: number; readonly doneAt: number }[] = []
  const leave = shown.subscribe(({ atMs }) => {
    const at = performance.now()
    draw(drawMs)
    seen.push({ atMs, at, doneAt: performance.now() })
  })
  return { store, shown, seen, leave, set: (atMs: number) => store.setState({ atMs }) }
}

describe('what a page shows of its feed', () => {
  test('is there at once where drawing is quick', async () => {
    const { seen, set, shown } = opened(0)
    set(1)
    expect(shown.getState().atMs).toBe(1)
    for (const n of [2, 3]) {
      await sleep(200)
      set(n)
    }
    await expect.poll(() => shown.getState().atMs).toBe(3)
    expect(seen.map(({ atMs }) => atMs)).toEqual([1, 2, 3])
  })

  test('leaves at least as much time as drawing takes, and misses nothing that is last', async () => {
    const { seen, set } = opened(DRAWN_MS)
    for (let n = 1; n <= 40; n += 1) {
      set(n)
      await sleep(10)
    }
    await expect.poll(() => seen.at(-1)?.atMs).toBe(40)
    expect(seen.length).toBeLessThan(20)
    for (const [n, { at }] of seen.slice(1).entries())
      expect(at - (seen[n]?.doneAt ?? 0)).toBeGreaterThanOrEqual(DRAWN_MS)
  })

  test('stays as it is while it is drawn: no part of a page is ahead of another', () => {
    const { store, shown, set } = opened(0)
    shown.subscribe(() => {
      if (store.getState().atMs < 10) store.setState({ atMs: store.getState().atMs + 1 })
    })
    set(1)
    expect([shown.getState().atMs, store.getState().atMs]).toEqual([1, 2])
  })

  test('rests when nobody looks, and is up to date for who looks again', async () => {
    const { seen, set, leave, shown } = opened(DRAWN_MS)
    set(1)
    set(2)
    leave()
    await sleep(4 * DRAWN_MS)
    expect(seen.map(({ atMs }) => atMs)).toEqual([1])
    set(3)
    const again: number[] = []
    shown.subscribe(({ atMs }) => again.push(atMs))
    await expect.poll(() => again).toEqual([3])
  })
})
