import { setTimeout as sleep } from 'node:timers/promises'
import { openQueue } from '../engine/queue.ts'
import type { EventBatch } from '../exercise/wire/protocol.ts'
import type { Pages } from './audience-feed.ts'
import { type Allowance, allowance } from './rate.ts'
import { audienceOf } from './seats.ts'
import type { LiveSocket, Outlet } from './socket-types.ts'

/** A client for which this much waits gets the next page of the ledger only when it has taken it. */
const PATIENT_BYTES = 1 << 20
/** Bytes of the ledger a second, and at once, for one client and for all of its kind together. */
const EACH = { guest: [512 << 10, 4 << 20], seat: [4 << 20, 32 << 20] } as const
const ALL = { guest: [16 << 20, 64 << 20], seat: [64 << 20, 256 << 20] } as const

/** Of the whole server: those without a token are never in the way of those with one. */
export const openLanes = () => ({ guest: openLane(...ALL.guest), seat: openLane(...ALL.seat) })
export type Lanes = ReturnType<typeof openLanes>

/** What is read for those who lack something of a ledger: one page at a time, in the lanes of the server. */
export function openCatchUps(lanes: Lanes, pages: Pages, upTo: () => number) {
  /** The pages of one client, no faster than it takes them and than it is allowed. */
  return (socket: LiveSocket, outlet: Outlet) => {
    const audience = audienceOf(socket.data.seat)
    const kind = audience.seat === 'guest' ? 'guest' : 'seat'
    const own = allowance(...EACH[kind])

    /** Gives `send` the page after `after`, in one go with what it sends. Null when the client has gone. */
    const page = async (after: number, send: (batch: EventBatch) => void): Promise<EventBatch | null> => {
      await outlet.room(PATIENT_BYTES)
      const owes = own.owesMs()
      if (owes > 0 && socket.connected) await sleep(owes)
      return lanes[kind](async (spend) => {
        if (!socket.connected) return null
        const batch = await pages.page(audience, after, upTo())
        if (!socket.connected) return null
        const before = outlet.sent()
        send(batch)
        const bytes = outlet.sent() - before
        own.spend(bytes)
        spend(bytes)
        return batch
      })
    }

    /** What was asked last while another answer was under way; what was asked before it gets no answer, and is asked again. */
    let next: { readonly after: number; readonly reply: (batch: EventBatch) => void } | null = null
    let answering = false
    return {
      page,
      /** Answers one question at a time. Rejects when the ledger can not be read. */
      async ask(after: number, reply: (batch: EventBatch) => void): Promise<void> {
        next = { after, reply }
        if (answering) return
        answering = true
        try {
          while (next && socket.connected) {
            const asked = next
            next = null
            await page(Math.min(asked.after, upTo()), asked.reply)
          }
        } finally {
          answering = false
        }
      },
    }
  }
}

/** One after another, and all together within an allowance. */
function openLane(perSecond: number, burst: number) {
  const queue = openQueue()
  const all: Allowance = allowance(perSecond, burst)
  return <T>(work: (spend: (bytes: number) => void) => Promise<T>): Promise<T> =>
    queue.run(async () => {
      const owes = all.owesMs()
      if (owes > 0) await sleep(owes)
      return work(all.spend)
    })
}
