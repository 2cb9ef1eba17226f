import type { FeedState, FeedStore } from './feed.ts'

/** What takes a while to draw is left alone for so many times that long, but never longer than that, ms. */
const REST = 2
const MOST_MS = 500

/** What a page reads of its feed. */
export type ShownFeed = Pick<FeedStore, 'getState' | 'getInitialState' | 'subscribe'>

/**
 * The feed as a page shows it: at once where drawing is quick, and where it takes long no more often than a third of the time goes into it, so that keys and
 * pointer are answered in between.
 */
export function paced(store: FeedStore): ShownFeed {
  const listeners = new Set<(state: FeedState, before: FeedState) => void>()
  let shown = store.getState()
  let leave = () => {}
  let restsUntil = 0
  let drawing = false
  let waiting: ReturnType<typeof setTimeout> | null = null

  const show = () => {
    waiting = null
    const before = shown
    shown = store.getState()
    if (shown === before) return
    const since = performance.now()
    drawing = true
    for (const listener of listeners) listener(shown, before)
    // What was drawn of it was drawn before the next task.
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      drawing = false
      const now = performance.now()
      restsUntil = now + Math.min(MOST_MS, REST * (now - since))
      if (listeners.size > 0 && store.getState() !== shown) later()
    }
    port2.postMessage(null)
  }
  const later = () => {
    if (drawing || waiting !== null) return
    const rest = restsUntil - performance.now()
    if (rest <= 0) show()
    else waiting = setTimeout(show, rest)
  }
  return {
    getInitialState: () => shown,
    getState: () => shown,
    subscribe(listener) {
      if (listeners.size === 0) leave = store.subscribe(later)
      listeners.add(listener)
      if (store.getState() !== shown) later()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        leave()
        if (waiting !== null) clearTimeout(waiting)
        waiting = null
      }
    },
  }
}
