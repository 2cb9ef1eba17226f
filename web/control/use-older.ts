import { useState } from 'react'
import type { Recorded } from '#exercise/ledger/events.ts'
import { apiPath, useRoute } from '../app/route.ts'
import { tokenFor } from '../feed/seat-tokens.ts'

const PAGE = 500

export interface Older {
  /** Events before those that the page has, oldest first. */
  readonly events: readonly Recorded[]
  readonly busy: boolean
  readonly failed: boolean
  /** Asks for the page of the ledger before position `first`. */
  readonly load: (first: number) => void
}

/** Older pages of the ledger, asked for one by one. */
export function useOlder(): Older {
  const token = tokenFor(useRoute())
  const [events, setEvents] = useState<readonly Recorded[]>([])
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const load = async (first: number) => {
    setBusy(true)
    setFailed(false)
    const after = Math.max(0, first - 1 - PAGE)
    const query = new URLSearchParams({ after: String(after), limit: String(Math.max(1, first - 1 - after)) })
    try {
      const reply = await fetch(apiPath(`ledger?${query}`), {
        headers: token ? { authorization: `Bearer ${token}` } : {},
      })
      if (!reply.ok) throw new Error(`ledger: ${reply.status}`)
      const page = (await reply.json()) as { readonly events: readonly Recorded[] }
      setEvents((known) => [...page.events.filter(({ position }) => position < first), ...known])
    } catch {
      setFailed(true)
    }
    setBusy(false)
  }
  return { events, busy, failed, load: (first) => void load(first) }
}
