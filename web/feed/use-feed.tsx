import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { Refusal } from '#exercise/decide/commands.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import type { WireCommand } from '#exercise/wire/protocol.ts'
import type { Feed } from './connect.ts'
import { connectFeed } from './connect.ts'
import type { FeedState } from './feed.ts'
import { paced, type ShownFeed } from './paced.ts'

const FeedContext = createContext<{ readonly feed: Feed; readonly shown: ShownFeed } | null>(null)

/** Gives the pages below it a feed that is open already. */
export function FeedOf({ feed, children }: { readonly feed: Feed; readonly children: ReactNode }) {
  const both = useMemo(() => ({ feed, shown: paced(feed.store) }), [feed])
  return <FeedContext value={both}>{children}</FeedContext>
}

interface OpenFeed {
  /** Exercise and token. */
  readonly of: string
  readonly feed: Feed
}

/** Of whom a feed is. */
interface FeedOwner {
  readonly exercise: string | null
  readonly token: string | null
}

const nameOf = ({ exercise, token }: FeedOwner) => `${exercise}/${token}`

let early: OpenFeed | null = null

/** Begins to connect before the page is there. It is the first `LiveFeed`'s, when that is of the same. */
export function connectEarly(owner: FeedOwner): void {
  early = { of: nameOf(owner), feed: connectFeed(owner) }
}

function feedOf(owner: FeedOwner): OpenFeed {
  const of = nameOf(owner)
  const begun = early
  early = null
  if (begun?.of === of) return begun
  begun?.feed.close()
  return { of, feed: connectFeed(owner) }
}

/** Opens the feed of `token`'s seat in an exercise (null: the current one) for the pages below it, and a new one when either changes. */
export function LiveFeed({
  exercise,
  token,
  children,
}: {
  readonly exercise: string | null
  readonly token: string | null
  readonly children: ReactNode
}) {
  const of = nameOf({ exercise, token })
  const [open, setOpen] = useState<OpenFeed | null>(null)
  useEffect(() => {
    const opened = feedOf({ exercise, token })
    setOpen(opened)
    return () => opened.feed.close()
  }, [exercise, token])
  // Never a page of one seat on the feed of another, not even for the moment in which they change.
  return open?.of === of ? <FeedOf feed={open.feed}>{children}</FeedOf> : null
}

function useBoth() {
  const both = useContext(FeedContext)
  if (!both) throw new Error('A page needs a feed above it')
  return both
}

export const useFeed = (): Feed => useBoth().feed

export function useFeedState<T>(pick: (state: FeedState) => T): T {
  return useStore(useBoth().shown, pick)
}

/** Who the server says this page is; the guest until it has said so. */
export function useAudience(): Audience {
  const seat = useFeedState((feed) => feed.seat)
  return useMemo(() => {
    if (seat?.seat === 'blue' && seat.team) return { seat: 'blue', team: seat.team }
    if (seat?.seat === 'white' || seat?.seat === 'observer') return { seat: seat.seat }
    return { seat: 'guest' }
  }, [seat])
}

export interface Sender {
  /** Sends a command; the screen changes only when the ledger does. Resolves to true when it was taken. */
  readonly send: (command: WireCommand) => Promise<boolean>
  /** A command is on its way. */
  readonly busy: boolean
  /** Why the last one was refused. */
  readonly refusal: Refusal | null
}

export function useSender(): Sender {
  const { wire } = useFeed()
  // In what was, a record or a replay, nothing can be done: a button says so before it is pressed.
  const past = useFeedState((feed) => feed.exercise?.record ?? false)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  return {
    busy: busy || past,
    refusal,
    send: async (command) => {
      setBusy(true)
      const reply = await wire.command(command)
      setBusy(false)
      setRefusal(reply.ok ? null : reply.refusal)
      return reply.ok
    },
  }
}
