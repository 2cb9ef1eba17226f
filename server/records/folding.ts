import { setImmediate as others } from 'node:timers/promises'
import type { State } from '../exercise/fold/state.ts'
import { type Stored, upcast } from '../exercise/ledger/upcast.ts'
import { foldOn, nothingFolded } from '../exercise/wire/folded.ts'
import { packFolded } from '../exercise/wire/snapshot.ts'
import { inOrder } from './chain.ts'

/** Events folded at once; the rest of the process has its turn between two of these. */
const AT_ONCE = 100

/** Folds the events of an export as they come by, for what only the state says. */
export interface Folding {
  /** @throws LedgerTooNew when a newer Kilp wrote them, or whatever comes of events that are none. */
  take(events: readonly Stored[]): Promise<void>
  /** After the last. */
  done(): Promise<{ readonly state: State; readonly snapshot: string }>
}

export function openFolding(): Folding {
  let folded = nothingFolded
  let waiting: Stored[] = []
  const fold = async () => {
    const events = waiting.map((stored) => upcast(inOrder(stored)))
    waiting = []
    folded = foldOn(folded, events, events.at(-1)?.position ?? folded.cursor)
    await others()
  }
  return {
    async take(events) {
      for (const event of events) {
        waiting.push(event)
        if (waiting.length >= AT_ONCE) await fold()
      }
    },
    async done() {
      if (waiting.length > 0) await fold()
      return { state: folded.state, snapshot: packFolded(folded) }
    },
  }
}
