import { setTimeout as sleep } from 'node:timers/promises'
import { audienceName } from '../../exercise/ledger/audience.ts'
import type { Audience } from '../../exercise/scenario/model.ts'
import type { EventLog } from '../ports/ports.ts'
import { FOLD_HASH } from './fold-hash.ts'
import type { Snapshot } from './snapshots.ts'

/** After so many positions snapshots are kept in the store, one after another; at a stop so few are worth it. */
const EVERY = 5_000
const AT_STOP = 500
const BETWEEN_MS = 1_000

/** An audience as far as its snapshots go. */
export interface Kept {
  readonly audience: Audience
  /** Position of what the store has of it. */
  saved: number
}

/** Puts snapshots into the store now and then, so that the next start need not begin at the beginning. */
export function openSnapshotKeeper<K extends Kept>(of: {
  log: EventLog
  exerciseId: string
  /** As far as the store's latest snapshot of the whole goes, and as far as the ledger does. */
  from: number
  cursor: () => number
  /** Whose snapshots are worth keeping now. */
  worthKeeping: () => readonly K[]
  snapshotOf: (one: K) => Promise<Snapshot>
  fault: (what: string, error: unknown) => void
}) {
  let roundAt = of.from
  let closed = false
  let saving = Promise.resolve()

  const save = (one: K): Promise<void> => {
    saving = saving
      .then(async () => {
        const { position, body } = await of.snapshotOf(one)
        const audience = audienceName(one.audience)
        await of.log.saveSnapshot(of.exerciseId, { audience, madeBy: FOLD_HASH, position, body })
        one.saved = position
      })
      .catch((error) => of.fault('keeping a snapshot', error))
    return saving
  }
  const round = async () => {
    for (const one of of.worthKeeping()) {
      if (closed) return
      if (of.cursor() - one.saved < EVERY / 2) continue
      await save(one)
      await sleep(BETWEEN_MS, undefined, { ref: false })
    }
  }

  return {
    /** To be called when an audience was folded over much of the ledger: the next start need not do that again. */
    foldedFar(): void {
      void round()
    },
    /** To be called when the ledger has gone on. */
    goneOn(): void {
      if (of.cursor() - roundAt < EVERY) return
      roundAt = of.cursor()
      void round()
    },
    /** `last` is kept in any case, unless it hardly differs. */
    async close(last: K): Promise<void> {
      closed = true
      if (of.cursor() - last.saved >= AT_STOP) await save(last)
      await saving
    },
  }
}
