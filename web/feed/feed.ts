import { createStore, type StoreApi } from 'zustand/vanilla'
import { type Folded, foldBatch, nothingFolded } from '#exercise/wire/folded.ts'
import type { PresenceList, Whereabouts } from '#exercise/wire/person.ts'
import type { CommandReply, EventBatch, SeatInfo, WireCommand } from '#exercise/wire/protocol.ts'
import { exerciseTime, type HeardBeat, IDLE_STALE_AFTER_MS, STALE_AFTER_MS } from './page-clock.ts'

export type Connection = 'connecting' | 'live' | 'lost' | 'refused'

/** What does not get through: the server does not answer at all, or pages do and the live connection does not. */
export type Blocked = 'server' | 'websocket'

export interface FeedState {
  readonly connection: Connection
  /** Why there is still no welcome, when it is known. */
  readonly blocked: Blocked | null
  /** Who the server says we are; null before the first welcome. */
  readonly seat: SeatInfo | null
  /** Which exercise it is, whether it is the current one, and whether it can only be read. null before the first welcome. */
  readonly exercise: { readonly id: string; readonly current: boolean; readonly record: boolean } | null
  /** The name that our token carries, of somebody who has signed in; null where people say themselves who they are. */
  readonly signedIn: string | null
  /** People may sign in with the organisation's accounts. */
  readonly offersSignIn: boolean
  /** Who is in, of the teams that we are told of. */
  readonly presence: readonly PresenceList[]
  /** What of the page is looked at, and which message is read there. */
  readonly where: Whereabouts | null
  readonly reading: string | null
  readonly folded: Folded
  /** The page holds everything that the server had when it first welcomed us. Before that it knows nothing that it could claim. */
  readonly caughtUp: boolean
  readonly heard: HeardBeat | null
  /** Last sign of life, page clock (ms). */
  readonly aliveAt: number
  /** Exercise time to show (ms), moved on twice a second. */
  readonly atMs: number
  /** ms since the page last knew better, or null while it is fresh. */
  readonly staleMs: number | null
  /** Why the server sent us away. */
  readonly goodbye: string | null
  /** It shows a moment of before, from the record. */
  readonly replay: boolean
}

/** What carries a feed: socket.io in the browser, a script in a test. */
export interface Wire {
  catchUp(after: number): Promise<EventBatch>
  command(command: WireCommand): Promise<CommandReply>
}

export type FeedStore = StoreApi<FeedState>

export const emptyFeed: FeedState = {
  connection: 'connecting',
  blocked: null,
  seat: null,
  exercise: null,
  signedIn: null,
  offersSignIn: false,
  presence: [],
  where: null,
  reading: null,
  folded: nothingFolded,
  caughtUp: false,
  heard: null,
  aliveAt: 0,
  atMs: 0,
  staleMs: null,
  goodbye: null,
  replay: false,
}

export const createFeedStore = (now: () => number): FeedStore =>
  createStore<FeedState>(() => ({ ...emptyFeed, aliveAt: now() }))

/** Folds batches in order; asks the ledger for whatever is missing between them. Returns the function that takes batches. */
export function takeBatches(store: FeedStore, catchUp: Wire['catchUp']): (batch: EventBatch) => void {
  let catching = false
  const take = (batch: EventBatch) => {
    const folded = foldBatch(store.getState().folded, batch)
    if (folded) store.setState({ folded })
    else void fill()
  }
  const fill = async () => {
    if (catching) return
    catching = true
    try {
      for (;;) {
        const before = store.getState().folded
        const batch = await catchUp(before.cursor)
        const folded = foldBatch(store.getState().folded, batch)
        if (!folded || folded === store.getState().folded) break
        store.setState({ folded })
      }
    } catch {
      // The connection went: the next welcome starts from our own cursor.
    } finally {
      catching = false
    }
  }
  return take
}

/** What the page shows at `now` (page clock, ms): its exercise time, and whether it has grown old. The same object when nothing changes. */
export function timePassed(feed: FeedState, now: number): FeedState {
  const running = feed.folded.state.phase === 'running'
  const silent = now - feed.aliveAt
  const staleMs =
    feed.connection !== 'connecting' && silent > (running ? STALE_AFTER_MS : IDLE_STALE_AFTER_MS)
      ? silent
      : null
  const atMs = running && feed.heard ? exerciseTime(feed.heard, now) : feed.folded.state.atMs
  return atMs === feed.atMs && staleMs === feed.staleMs ? feed : { ...feed, atMs, staleMs }
}

/** Moves the page's exercise time on. Called twice a second. */
export function passTime(store: FeedStore, now: number): void {
  store.setState((feed) => timePassed(feed, now), true)
}
