import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Folded } from '#exercise/wire/folded.ts'
import type { Player } from '#exercise/wire/player.ts'
import { go, hrefOf, useRoute } from '../app/route.ts'
import { openReplay, type ReplayFeed, type ReplaySpeed } from '../feed/replay-feed.ts'
import { FeedOf, useFeed, useFeedState } from '../feed/use-feed.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { followAddress } from './follow-address.ts'
import { recordingOf } from './recording.ts'
import { ReplayBar } from './replay-bar.tsx'
import './replay.css'

/** Between two parts of what is worked out ahead: whoever plays or drags comes first. */
const QUIET_MS = 60

/** Where somebody is in a replay holds for all pages of the exercise. */
let last: { readonly exercise: string; readonly atMs: number; readonly speed: ReplaySpeed } | null = null

/** The page within it as it was at the moment that the address names, and what moves that moment. */
export function Replay({ token, children }: { readonly token: string | null; readonly children: ReactNode }) {
  const say = useSay()
  const route = useRoute()
  const from = route.at ?? 0
  const exercise = useFeedState((feed) => feed.exercise)
  const seat = useFeedState((feed) => feed.seat)
  const signedIn = useFeedState((feed) => feed.signedIn)
  const live = useFeed().store
  const caughtUp = useFeedState((feed) => feed.caughtUp)
  const refused = useFeedState((feed) => feed.connection === 'refused')
  const id = exercise?.id ?? null
  const [tries, setTries] = useState(0)
  const [player, setPlayer] = useState<Player | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const [replay, setReplay] = useState<ReplayFeed | null>(null)
  const [whole, setWhole] = useState<Folded | null>(null)

  useEffect(() => {
    if (id === null) return
    let gone = false
    setFailed(null)
    recordingOf(id, token).then(
      (found) => !gone && setPlayer(found),
      (error: unknown) => !gone && setFailed(error instanceof Error ? error.message : String(error)),
    )
    return () => {
      gone = true
    }
  }, [id, token, tries])

  // One replay for as long as the page stands: the address follows it, and does not begin another.
  useEffect(() => {
    if (!player || !exercise || !seat) return
    const known = last?.exercise === exercise.id ? last : null
    const opened = openReplay({ seat, exercise, signedIn }, player, {
      atMs: known && Math.abs(known.atMs - from) < 1_000 ? known.atMs : from,
      speed: known?.speed ?? 1,
    })
    const stop = opened.transport.subscribe(({ atMs, speed }) => {
      last = { exercise: exercise.id, atMs, speed }
    })
    setReplay(opened)
    const rest = inQuiet(player.ahead)
    return () => {
      rest()
      stop()
      opened.feed.close()
      setReplay(null)
    }
  }, [player, exercise?.id, seat?.seatId])

  // What decided the exercise is known by who knows all of it: the moment is there before that.
  useEffect(() => {
    if (caughtUp) setWhole(live.getState().folded)
  }, [caughtUp, live])

  const written = useRef<number | null>(null)
  useEffect(
    () =>
      replay
        ? followAddress(replay.transport, (atMs) => {
            written.current = atMs
          })
        : undefined,
    [replay],
  )

  // Somebody has typed another moment, or gone back to one. What was written there by ourselves may be long past already, at sixty times as fast.
  useEffect(() => {
    if (from === written.current) return
    if (replay && Math.abs(replay.transport.getState().atMs - from) >= 1_000) replay.seek(from)
  }, [replay, from])

  const leave = () => go(hrefOf({ ...route, at: null }))
  // The page says itself what the matter is.
  if (refused && !replay) return children
  if (failed !== null)
    return (
      <main className="replay-wait">
        <p role="alert">{say('replay.failed', { why: failed })}</p>
        <button type="button" className="button" onClick={() => setTries(tries + 1)}>
          {say('replay.again')}
        </button>
        <button type="button" className="button" onClick={leave}>
          {say('replay.leave')}
        </button>
      </main>
    )
  if (!replay)
    return (
      <main className="replay-wait">
        <p role="status">{say('replay.loading')}</p>
      </main>
    )
  return (
    <div className="replay">
      <FeedOf feed={replay.feed}>
        {children}
        <ReplayBar replay={replay} whole={whole} onLeave={leave} />
      </FeedOf>
    </div>
  )
}

/** Works on while the page has nothing else to do. Returns what ends it. */
function inQuiet(work: () => boolean): () => void {
  let timer = 0
  const next = () => {
    if (work()) timer = window.setTimeout(next, QUIET_MS)
  }
  timer = window.setTimeout(next, QUIET_MS)
  return () => clearTimeout(timer)
}
