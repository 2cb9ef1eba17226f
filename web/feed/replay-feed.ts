import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Refusal } from '#exercise/decide/commands.ts'
import type { Player } from '#exercise/wire/player.ts'
import type { Feed } from './connect.ts'
import { createFeedStore, type FeedState } from './feed.ts'

export const SPEEDS = [0.5, 1, 2, 5, 10, 30, 60] as const
export type ReplaySpeed = (typeof SPEEDS)[number]

/** Where a replay is. Exercise time in ms. */
export interface Transport {
  readonly atMs: number
  readonly endMs: number
  readonly playing: boolean
  readonly speed: ReplaySpeed
}

/** A feed of what was, and what moves it. */
export interface ReplayFeed {
  readonly feed: Feed
  readonly transport: StoreApi<Transport>
  /** Shows the moment, also one beyond the ends as the end. */
  seek(atMs: number): void
  /** From the end it begins anew. */
  play(): void
  pause(): void
  faster(speed: ReplaySpeed): void
}

const REPLAY: Refusal = {
  code: 'replay',
  message: 'This is a replay: it shows what was, and nothing in it can be changed.',
  params: {},
}

/** Calls back with the time (ms, any clock that rises) as often as there is something to draw. Returns what ends it. */
export type Frames = (frame: (nowMs: number) => void) => () => void

/** The same pages as live, fed with what `player` tells of a moment. Who looks, and at which exercise, the live feed knows. */
export function openReplay(
  live: Pick<FeedState, 'seat' | 'exercise' | 'signedIn'>,
  player: Player,
  from: Pick<Transport, 'atMs' | 'speed'>,
  frames: Frames = eachFrame,
): ReplayFeed {
  const { endMs } = player
  const store = createFeedStore(() => performance.now())
  const transport = createStore<Transport>(() => ({ ...from, atMs: 0, endMs, playing: false }))
  let shown = -1
  const seek = (atMs: number) => {
    const moment = Math.max(0, Math.min(endMs, atMs))
    const count = player.countAt(moment)
    const folded = count === shown ? {} : { folded: player.folded(count) }
    shown = count
    store.setState({ ...folded, atMs: moment, aliveAt: performance.now() })
    transport.setState({ atMs: moment })
  }
  let stop: (() => void) | null = null
  const pause = () => {
    stop?.()
    stop = null
    transport.setState({ playing: false })
  }
  store.setState({
    ...live,
    exercise: live.exercise && { ...live.exercise, record: true },
    connection: 'live',
    caughtUp: true,
    replay: true,
  })
  seek(from.atMs)
  return {
    feed: {
      store,
      socket: null,
      wire: {
        catchUp: () => Promise.reject(new Error('a replay has everything')),
        command: async () => ({ ok: false, refusal: REPLAY }),
      },
      close: pause,
    },
    transport,
    seek,
    pause,
    play() {
      if (stop) return
      if (transport.getState().atMs >= endMs) seek(0)
      let before: number | null = null
      transport.setState({ playing: true })
      stop = frames((now) => {
        const { atMs, speed } = transport.getState()
        seek(atMs + (now - (before ?? now)) * speed)
        before = now
        if (transport.getState().atMs >= endMs) pause()
      })
    },
    faster: (speed) => transport.setState({ speed }),
  }
}

const eachFrame: Frames = (frame) => {
  let asked = 0
  const next = (now: number) => {
    asked = requestAnimationFrame(next)
    frame(now)
  }
  asked = requestAnimationFrame(next)
  return () => cancelAnimationFrame(asked)
}
