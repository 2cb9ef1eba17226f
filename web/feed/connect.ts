import { io, type Socket } from 'socket.io-client'
import type { ClientToServer, CommandReply, ServerToClient, SocketAuth } from '#exercise/wire/protocol.ts'
import { NO_ANSWER } from './as-seat.ts'
import {
  type Blocked,
  createFeedStore,
  type FeedState,
  type FeedStore,
  passTime,
  takeBatches,
  timePassed,
  type Wire,
} from './feed.ts'
import { keptPerson } from './person.ts'
import { exerciseOfToken } from './seat-tokens.ts'
import { FOLD_HASH, unpackSnapshot } from './snapshot.ts'

export type FeedSocket = Socket<ServerToClient, ClientToServer>

export interface Feed {
  readonly store: FeedStore
  readonly wire: Wire
  /** For terminals; null where there is no socket. */
  readonly socket: FeedSocket | null
  close(): void
}

const REPLY_WITHIN_MS = 10_000
const TICK_MS = 500
/** One may fail by chance. */
const TELLING_FAILURES = 2

/**
 * Opens the live feed of one seat (no token: the guest's) of an exercise (none: the current one). It rejoins by itself after any drop and catches up from its own
 * cursor, so the ledger is the recovery and nothing is shown that the server has not recorded.
 */
export function connectFeed(
  { exercise, token }: { readonly exercise: string | null; readonly token: string | null },
  url = '',
): Feed {
  const now = () => performance.now()
  const store = createFeedStore(now)
  const auth = (): SocketAuth => ({
    ...(exercise === null ? {} : { exercise }),
    ...(token ? { token } : {}),
    ...personFor(exercise, token),
    cursor: store.getState().folded.cursor,
    fold: FOLD_HASH,
  })
  const socket: FeedSocket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelayMax: 3000,
    auth: (give) => give({ ...auth() }),
  })
  const wire: Wire = {
    catchUp: (after) => socket.timeout(REPLY_WITHIN_MS).emitWithAck('catch-up', after),
    command: async (command): Promise<CommandReply> => {
      try {
        return await socket.timeout(REPLY_WITHIN_MS).emitWithAck('command', command)
      } catch {
        return { ok: false, refusal: NO_ANSWER }
      }
    },
  }
  const take = takeBatches(store, wire.catchUp)
  let goal = 0
  let failures = 0
  /** What came after a snapshot waits until that is unpacked. */
  let held: (() => void)[] | null = null
  const inTurn = (work: () => void) => {
    if (held) held.push(work)
    else work()
  }

  socket.on('welcome', ({ seat, exerciseId, cursor, current, record, signedIn, offersSignIn }) => {
    const known = store.getState().folded
    // Another exercise has begun meanwhile: its ledger is a different one, so this page starts over.
    if (known.state.exerciseId && known.state.exerciseId !== exerciseId) return location.reload()
    goal = cursor
    store.setState((feed) => ({
      seat,
      exercise: { id: exerciseId, current, record },
      signedIn,
      offersSignIn,
      presence: [],
      connection: 'live',
      blocked: null,
      goodbye: null,
      aliveAt: now(),
      caughtUp: feed.caughtUp || known.cursor >= goal,
    }))
  })
  /** In one step, so that nothing is drawn of the moment between. */
  const gotOn = (more: Partial<FeedState> = {}) =>
    store.setState((before) => {
      const feed = { ...before, ...more, aliveAt: now() }
      return timePassed({ ...feed, caughtUp: feed.caughtUp || feed.folded.cursor >= goal }, now())
    }, true)
  socket.on('snapshot', (_, body) => {
    held ??= []
    unpackSnapshot(body)
      // Without it there is a gap before the next events, and the page catches up from where it is.
      .catch(() => null)
      .then((folded) => {
        const works = held ?? []
        held = null
        gotOn(folded && folded.cursor > store.getState().folded.cursor ? { folded } : {})
        for (const work of works) work()
      })
  })
  socket.on('events', (batch) =>
    inTurn(() => {
      take(batch)
      gotOn()
    }),
  )
  socket.on('clock', (beat) => {
    store.setState({ heard: { beat, heardAt: now() }, aliveAt: now() })
    inTurn(() => {
      if (beat.cursor > store.getState().folded.cursor)
        take({ after: beat.cursor, cursor: beat.cursor, events: [] })
      passTime(store, now())
    })
  })
  socket.on('presence', (lists) =>
    store.setState(({ presence }) => ({
      presence: [...presence.filter(({ team }) => !lists.some((list) => list.team === team)), ...lists],
    })),
  )
  socket.on('goodbye', (reason) => {
    store.setState({ goodbye: reason, connection: 'refused' })
    socket.disconnect()
  })
  socket.on('disconnect', () => {
    if (store.getState().connection === 'live') store.setState({ connection: 'lost' })
  })
  socket.on('connect_error', (fault) => {
    // `active` false: the server refused this token, trying again would not help.
    if (!socket.active) store.setState({ connection: 'refused', goodbye: fault.message })
    else if (store.getState().seat) store.setState({ connection: 'lost' })
    else if (++failures >= TELLING_FAILURES)
      void whatIsBlocked(url).then((blocked) => store.setState({ blocked }))
  })
  const ticker = setInterval(() => passTime(store, now()), TICK_MS)
  return {
    store,
    wire,
    socket,
    close() {
      clearInterval(ticker)
      socket.disconnect()
    },
  }
}

/** Who joins, where this browser knows it. The exercise of a page of the current one is known by its token alone. */
function personFor(exercise: string | null, token: string | null): Pick<SocketAuth, 'person'> {
  const id = token && (exercise ?? exerciseOfToken(token))
  const person = id ? keptPerson(id) : null
  return person ? { person } : {}
}

async function whatIsBlocked(url: string): Promise<Blocked> {
  try {
    const answer = await fetch(`${url}/healthz`, { cache: 'no-store' })
    return answer.ok ? 'websocket' : 'server'
  } catch {
    return 'server'
  }
}
