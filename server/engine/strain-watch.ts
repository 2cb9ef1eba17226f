import { PLATFORM } from '../exercise/ledger/actor.ts'
import { noStrain, strained } from '../exercise/schedule/strain.ts'
import type { Engine } from './engine.ts'
import type { Clock, Range } from './ports/ports.ts'
import type { ReferenceLook } from './ports/range-news.ts'

const EVERY_MS = 1_000
/** A reference that says nothing at all for so long is broken itself, and says nothing of the machine. */
const SILENT_MS = 180_000
const NO_PRESSURE: ReferenceLook['pressure'] = { processors: null, memory: null, disk: null }

/**
 * Looks at the reference once a second, one look at a time, and says in the ledger how far the platform's own means carry. `behind` as in a reading. Returns the function that
 * ends it.
 */
export function watchStrain(options: {
  readonly engine: Engine
  readonly range: Pick<Range, 'reference'>
  readonly clock: Clock
  readonly behind: () => number
  readonly fault: (what: string, error: unknown) => void
}): () => void {
  const { engine, range, clock, behind, fault } = options
  const { late, stretch, cause } = engine.state().strain
  let strain = { ...noStrain(clock.now()), late, stretch, cause }
  let last: ReferenceLook | null = null
  let lookingSince: number | null = null
  /** Since when no look was answered, and whether that was said. */
  let silentSince: number | null = null
  let told = false
  let plannedMs = clock.now() + EVERY_MS

  const look = async () => {
    const since = clock.now()
    lookingSince = since
    let answered = false
    try {
      last = await range.reference()
      answered = last === null || last.answered
    } finally {
      lookingSince = null
      silentSince = answered ? null : (silentSince ?? since)
      if (answered) told = false
    }
  }
  /** Null where there is none, or none that says anything. */
  const referenceMs = (now: number): number | null => {
    const waitedMs = lookingSince === null ? 0 : now - lookingSince
    const silentMs = silentSince === null ? waitedMs : now - silentSince
    if (silentMs >= SILENT_MS) {
      if (!told) fault('reference', new Error('it does not answer, and is left out of account'))
      told = true
      return null
    }
    if (last === null && silentSince === null) return waitedMs > 0 ? waitedMs : null
    return Math.max(waitedMs, silentSince === null ? (last?.ms ?? 0) : Number.POSITIVE_INFINITY)
  }
  const say = async () => {
    const { late, stretch, cause } = strain
    const known = engine.state().strain
    if (known.late === late && known.stretch === stretch) return
    await engine.submit({ type: 'report-strain', data: { late, stretch, cause } }, PLATFORM)
  }
  return clock.every(EVERY_MS, () => {
    const now = clock.now()
    const reading = {
      referenceMs: referenceMs(now),
      probesMs: last?.probesMs ?? 0,
      ownMs: Math.max(0, now - plannedMs),
      behind: behind(),
      pressure: last?.pressure ?? NO_PRESSURE,
    }
    plannedMs = now + EVERY_MS
    strain = strained(strain, reading, now)
    say().catch((error: unknown) => fault('strain', error))
    if (lookingSince === null) look().catch((error: unknown) => fault('reference', error))
  })
}
