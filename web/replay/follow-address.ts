import { go, hrefOf, parseRoute } from '../app/route.ts'
import type { ReplayFeed } from '../feed/replay-feed.ts'

/** Browsers bound how often an address may change. */
const EACH_MS = 1_000

/**
 * A link that is copied leads to the moment that was seen: the address follows it, playing or not, at most once a second. `written` hears of each moment (ms) before it stands
 * there. Returns what ends it.
 */
export function followAddress(
  transport: ReplayFeed['transport'],
  written: (atMs: number) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null
  let writtenAt = 0
  const write = () => {
    timer = null
    const here = parseRoute(location.hash)
    const at = Math.floor(transport.getState().atMs / 1_000) * 1_000
    if (here.at === null || here.at === at) return
    writtenAt = performance.now()
    written(at)
    go(hrefOf({ ...here, at }), true)
  }
  const stop = transport.subscribe(({ atMs }, before) => {
    if (atMs === before.atMs || timer !== null) return
    timer = setTimeout(write, Math.max(EACH_MS / 4, writtenAt + EACH_MS - performance.now()))
  })
  return () => {
    stop()
    if (timer !== null) clearTimeout(timer)
  }
}
