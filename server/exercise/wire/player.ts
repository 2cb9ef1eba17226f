import type { Recorded } from '../ledger/events.ts'
import { type Folded, foldOn, nothingFolded } from './folded.ts'

/** So many events lie between two states that are kept. More would make a jump slow, fewer the way to the end. */
const EVERY = 1_500

/** Everything that an audience receives of an exercise, to be looked at as it was at any moment. */
export interface Player {
  /** Exercise time of the last event, ms. */
  readonly endMs: number
  /** How many of the events had happened by then: all up to and at `atMs`. */
  countAt(atMs: number): number
  /** What the audience knew when so many of the events had happened: the fold of exactly these. */
  folded(count: number): Folded
  /** Keeps one more state on the way to the end, so that no jump has to go all of it. False: all are kept. */
  ahead(): boolean
}

/**
 * A jump costs the fold of at most some thousand events: states in between are kept as one passes them or asks for them ahead, and share what has not changed. `cursor`: position of the
 * ledger that the events go up to, which may be past the last of them.
 */
export function openPlayer(events: readonly Recorded[], cursor: number): Player {
  const times = risingTimes(events)
  const frames: Folded[] = [nothingFolded]
  let last = { count: 0, folded: nothingFolded }

  const on = (folded: Folded, from: number, to: number): Folded =>
    foldOn(
      folded,
      events.slice(from, to),
      to === events.length ? cursor : (events[to - 1]?.position ?? folded.cursor),
    )
  const frame = (nth: number): Folded => {
    for (let n = frames.length; n <= nth; n += 1)
      frames.push(on(frames[n - 1] ?? nothingFolded, (n - 1) * EVERY, n * EVERY))
    return frames[nth] ?? nothingFolded
  }
  return {
    endMs: times.at(-1) ?? 0,
    countAt(atMs) {
      let [low, high] = [0, times.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if ((times[middle] ?? 0) <= atMs) low = middle + 1
        else high = middle
      }
      return low
    },
    folded(asked) {
      const count = Math.max(0, Math.min(events.length, asked))
      const nth = Math.floor(count / EVERY)
      // Playing goes on from where it was.
      const near =
        last.count <= count && last.count >= nth * EVERY ? last : { count: nth * EVERY, folded: frame(nth) }
      last = near.count === count ? near : { count, folded: on(near.folded, near.count, count) }
      return last.folded
    },
    ahead() {
      if (frames.length > events.length / EVERY) return false
      frame(frames.length)
      return true
    },
  }
}

/** Exercise time never goes back; should a ledger say so, what came later is shown later. */
function risingTimes(events: readonly Recorded[]): Float64Array {
  const times = new Float64Array(events.length)
  let latest = 0
  for (const [n, { at }] of events.entries()) {
    latest = Math.max(latest, at)
    times[n] = latest
  }
  return times
}
