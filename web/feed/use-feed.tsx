import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { Refusal } from '#exercise/decide/commands.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import type { WireCommand } from '#exercise/wire/protocol.ts'
import type { Feed } from './connect.ts'
import { connectFeed } from './connect.ts'
import type { FeedState } from './feed.ts'

const FeedContext = createContext<Feed | null>(null)

/** Gives the pages below it a feed that is open already. */
export function FeedOf({ feed, children }: { readonly feed: Feed; readonly children: ReactNode }) {
  return <FeedContext value={feed}>{children}</FeedContext>
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
  const of = `${exercise}/${token}`
  const [open, setOpen] = useState<{ readonly of: string; readonly feed: Feed } | null>(null)
  useEffect(() => {
    const feed = connectFeed({ exercise, token })
    setOpen({ of: `${exercise}/${token}`, feed })
    return () => feed.close()
  }, [exercise, token])
  // Never a page of one seat on the feed of another, not even for the moment in which they change.
  return open?.of === of ? <FeedOf feed={open.feed}>{children}</FeedOf> : null
}

export function useFeed(): Feed {
  const feed = useContext(FeedContext)
  if (!feed) throw new Error('A page needs a feed above it')
  return feed
}

export function useFeedState<T>(pick: (state: FeedState) => T): T {
  return useStore(useFeed().store, pick)
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
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  return {
    busy,
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
