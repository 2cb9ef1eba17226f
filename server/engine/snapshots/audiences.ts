import { setImmediate as others, setTimeout as sleep } from 'node:timers/promises'
import type { State } from '../../exercise/fold/state.ts'
import { audienceName, redact } from '../../exercise/ledger/audience.ts'
import type { Recorded } from '../../exercise/ledger/events.ts'
import type { Audience } from '../../exercise/scenario/model.ts'
import { type Folded, foldOnWithoutLosses, nothingFolded } from '../../exercise/wire/folded.ts'
import type { EventLog } from '../ports/ports.ts'
import { type Kept, openSnapshotKeeper } from './snapshot-keeper.ts'
import { loadSnapshot, packSnapshot, type Snapshot } from './snapshots.ts'

/** Events in memory, at least, from which an audience that is not far behind is brought up to date at once. */
const RECENT = 2_000
const READ_CHUNK = 2_000
/** A snapshot is given again while it is no older than so many positions. */
const FRESH = 200
/** What nobody has asked about for so long is forgotten, and folded on from its snapshot when somebody does. */
const KEEP_MS = 600_000
const AFTER_FAULT_MS = 1_000

/**
 * What each audience knows: the fold of what it receives, and of nothing else. Worked out only for those that somebody asks about, pilots
 * and pages that open.
 */
export interface Audiences {
  /** Up to now. Null while it is not in memory: it is being folded, ask again. */
  now(audience: Audience): State | null
  /** For a page to begin with; what came since is at most some hundred events. */
  snapshot(audience: Audience): Promise<Snapshot>
}

interface Known extends Kept {
  folded: Folded | null
  askedAt: number
}

export function openAudiences(of: {
  log: EventLog
  exerciseId: string
  /** The fold of the whole ledger, which is what white knows, and how far the store's snapshot of it went. */
  whole: () => Folded
  kept: number
  fault: (what: string, error: unknown) => void
}) {
  const { log, exerciseId, whole, fault } = of
  const all = new Map<string, Known>()
  let recent: Recorded[] = []
  let recentAfter = whole().cursor

  const knownOf = (audience: Audience): Known => {
    const name = audienceName(audience)
    const known = all.get(name) ?? { audience, folded: null, saved: 0, askedAt: 0 }
    all.set(name, known)
    known.askedAt = performance.now()
    return known
  }
  const white = knownOf({ seat: 'white' })
  white.saved = of.kept

  const add = (known: Known, folded: Folded, events: readonly Recorded[], cursor: number) => {
    const received = events.flatMap((event) => redact(event, known.audience) ?? [])
    known.folded = foldOnWithoutLosses(folded, received, cursor)
  }

  /** What one knows up to now, or null when more is missing than is in memory. */
  const upToDate = (known: Known): Folded | null => {
    if (known === white) return whole()
    if (recentAfter === 0) known.folded ??= nothingFolded
    const { folded } = known
    if (!folded || folded.cursor < recentAfter) return null
    const { cursor } = whole()
    if (folded.cursor < cursor) add(known, folded, recent.slice(folded.cursor - recentAfter), cursor)
    return known.folded
  }

  const readFor = async (group: readonly Known[]) => {
    for (const known of group) {
      known.folded ??= (await loadSnapshot(log, exerciseId, known.audience)) ?? nothingFolded
      known.saved = Math.max(known.saved, known.folded.cursor)
    }
    for (let after = Math.min(...group.map(({ folded }) => folded?.cursor ?? 0)); after < recentAfter; ) {
      const chunk = await log.read(exerciseId, after, READ_CHUNK)
      const cursor = chunk.at(-1)?.position
      if (cursor === undefined) throw new Error(`the ledger has nothing after position ${after}`)
      for (const known of group) {
        const { folded } = known
        if (!folded || folded.cursor >= cursor) continue
        add(known, folded, chunk.slice(Math.max(0, folded.cursor - after)), cursor)
        await others()
      }
      after = cursor
    }
  }

  /** One reading of the ledger for all who lack something of it, and another for those who came meanwhile. */
  const wanted = new Set<Known>()
  let reading: Promise<void> | null = null
  const readOn = async () => {
    try {
      while (wanted.size > 0) {
        const group = [...wanted]
        wanted.clear()
        await readFor(group)
      }
      keeper.foldedFar()
    } catch (error) {
      fault('folding what an audience knows', error)
      await sleep(AFTER_FAULT_MS)
      throw error
    } finally {
      reading = null
    }
  }
  const bring = (known: Known): Promise<void> => {
    wanted.add(known)
    reading ??= readOn()
    return reading
  }

  const made = new Map<Known, { readonly position: number; readonly snapshot: Promise<Snapshot> }>()
  const make = async (known: Known): Promise<Snapshot> => {
    for (;;) {
      const folded = upToDate(known)
      if (folded) return packSnapshot({ ...folded, losses: whole().losses })
      await bring(known)
    }
  }
  const snapshotOf = (known: Known): Promise<Snapshot> => {
    const kept = made.get(known)
    if (kept && whole().cursor - kept.position <= FRESH) return kept.snapshot
    const fresh = { position: whole().cursor, snapshot: make(known) }
    made.set(known, fresh)
    fresh.snapshot.catch(() => {
      if (made.get(known) === fresh) made.delete(known)
    })
    return fresh.snapshot
  }

  const worthKeeping = (): readonly Known[] => {
    const longAgo = performance.now() - KEEP_MS
    for (const [name, known] of all) {
      if (known === white || known.askedAt > longAgo) continue
      all.delete(name)
      made.delete(known)
    }
    return [...all.values()].filter((known) => known === white || known.folded)
  }
  const keeper = openSnapshotKeeper({
    log,
    exerciseId,
    from: of.kept,
    cursor: () => whole().cursor,
    worthKeeping,
    snapshotOf,
    fault,
  })
  // What took long to fold is kept at once.
  keeper.goneOn()

  return {
    now(audience: Audience): State | null {
      const known = knownOf(audience)
      const folded = upToDate(known)
      if (!folded) bring(known).catch(() => undefined)
      return folded?.state ?? null
    },
    snapshot: (audience: Audience) => snapshotOf(knownOf(audience)),
    /** What was appended. */
    take(events: readonly Recorded[]): void {
      recent.push(...events)
      if (recent.length > 2 * RECENT) {
        recent = recent.slice(-RECENT)
        recentAfter = (recent[0]?.position ?? 1) - 1
      }
      keeper.goneOn()
    },
    close: () => keeper.close(white),
  }
}
