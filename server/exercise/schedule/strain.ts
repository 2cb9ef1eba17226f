import type { StrainCause } from '../scenario/strain.ts'

/** What the platform sees of its own means at a moment. */
export interface StrainReading {
  /** How long the latest look at the reference took, or how long it has been waited for; null where there is no reference. Wall time, ms. */
  readonly referenceMs: number | null
  /** How long a word of life of the teams’ probes takes, of the half that is quicker the slowest. Wall time, ms. */
  readonly probesMs: number
  /** How much later than planned the platform itself got round to this reading. Wall time, ms. */
  readonly ownMs: number
  /** How many of their intervals, as they are stretched, the regular looks are late that wait for a place. */
  readonly behind: number
  /** The share of the last ten seconds in which something on the machine waited, in percent; null where that is not known. */
  readonly pressure: Readonly<Record<'processors' | 'memory' | 'disk', number | null>>
}

/** What was made of the readings so far. */
export interface Strain {
  readonly late: boolean
  /** How many times their interval all looks come apart. */
  readonly stretch: number
  readonly cause: StrainCause
  /** Late readings in a row, and since when there is none. Wall time, ms. */
  readonly lateRow: number
  readonly fineSinceMs: number
  /** Since when looks are behind; null when they are not. */
  readonly behindSinceMs: number | null
  /** When `stretch` last changed, whether it went down then, and how long it stays before it goes down. */
  readonly movedMs: number
  readonly eased: boolean
  readonly holdMs: number
}

/** A reference that is later than this is late: it takes 10 ms at rest and less than 100 where a machine carries all it has, and services' own limits begin at three times as much. */
const LATE_MS = 300
const LATE_ROW = 2
/** So long no reading may be late before measurements are trusted again. */
const CALM_MS = 10_000
const STEPS: readonly number[] = [1, 1.5, 2, 3, 4, 6, 8, 12, 16]
/** Between two steps up. */
const UP_MS = 5_000
/** Looks that are so late, for so long, have no place in the machine. */
const BEHIND = 1.5
const BEHIND_MS = 15_000
const CAUGHT_UP = 0.5
/** Before a step down; twice as long each time when the step was taken back. */
const HOLD_MS = 20_000
const HOLD_MOST_MS = 160_000
/** A share of waiting that says why. */
const PRESSED = 20

export const noStrain = (wallMs: number): Strain => ({
  late: false,
  stretch: 1,
  cause: 'machine',
  lateRow: 0,
  fineSinceMs: wallMs,
  behindSinceMs: null,
  movedMs: wallMs,
  eased: false,
  holdMs: HOLD_MS,
})

/**
 * What a further reading makes of it. Late looks at the reference make measurements late, at once; then, and where looks find no place in time, all intervals are
 * stretched step by step, and shrink again one by one when all has been well for a while. Pure. [SC19]
 */
export function strained(before: Strain, reading: StrainReading, wallMs: number): Strain {
  const isLate = [reading.referenceMs ?? 0, reading.probesMs, reading.ownMs].some((ms) => ms > LATE_MS)
  const lateRow = isLate ? before.lateRow + 1 : 0
  const fineSinceMs = isLate ? wallMs : before.fineSinceMs
  const late = before.late ? wallMs - fineSinceMs < CALM_MS : lateRow >= LATE_ROW
  const behind = reading.behind > BEHIND
  const behindSinceMs = behind ? (before.behindSinceMs ?? wallMs) : null
  const crowded = behindSinceMs !== null && wallMs - behindSinceMs >= BEHIND_MS
  const cause = late ? causeOf(reading, isLate ? null : before.cause) : crowded ? 'looks' : before.cause
  const now = { ...before, late, lateRow, fineSinceMs, behindSinceMs, cause }
  const at = STEPS.indexOf(before.stretch)
  const stillMs = wallMs - before.movedMs
  const up = (lateRow >= LATE_ROW || crowded) && stillMs >= UP_MS ? STEPS[at + 1] : undefined
  if (up !== undefined) {
    const takenBack = before.eased && stillMs < 2 * before.holdMs
    const holdMs = takenBack ? Math.min(HOLD_MOST_MS, 2 * before.holdMs) : before.holdMs
    return { ...now, stretch: up, movedMs: wallMs, eased: false, holdMs }
  }
  const calm = !late && reading.behind < CAUGHT_UP && wallMs - fineSinceMs >= before.holdMs
  const down = calm && stillMs >= before.holdMs ? STEPS[at - 1] : undefined
  if (down === undefined) return now
  return { ...now, stretch: down, movedMs: wallMs, eased: true }
}

function causeOf({ ownMs, pressure }: StrainReading, known: StrainCause | null): StrainCause {
  if (known) return known
  if (ownMs > LATE_MS) return 'platform'
  const most = (['processors', 'memory', 'disk'] as const)
    .map((what) => ({ what, share: pressure[what] ?? 0 }))
    .reduce((a, b) => (b.share > a.share ? b : a))
  return most.share >= PRESSED ? most.what : 'machine'
}
