/** From `wall` (ms since the epoch) on exercise time goes on from `atMs` at `speed`; at 0 it stands. */
export interface ClockTurn {
  readonly atMs: number
  readonly wall: number
  readonly speed: number
}

interface Clock {
  /** By time. */
  readonly clock: readonly ClockTurn[]
}

/** Exercise time at a moment of the day, as far as the turns are known; null before the first. */
export function exerciseTimeAt({ clock }: Clock, wall: number): number | null {
  const n = clock.findLastIndex((turn) => turn.wall <= wall)
  const turn = clock[n]
  if (!turn) return null
  const to = turn.atMs + Math.round((wall - turn.wall) * turn.speed)
  return Math.min(to, clock[n + 1]?.atMs ?? to)
}

/** When exercise time was first as late as `atMs`: time of day, ms since the epoch. Null where that is not known, or has not come. */
export function timeOfDay({ clock }: Clock, atMs: number): number | null {
  const n = clock.findLastIndex((turn) => turn.atMs < atMs)
  const turn = clock[n]
  if (!turn) return clock[0]?.atMs === atMs ? clock[0].wall : null
  const reached = turn.speed > 0 ? turn.wall + (atMs - turn.atMs) / turn.speed : Number.POSITIVE_INFINITY
  const wall = Math.min(reached, clock[n + 1]?.wall ?? Number.POSITIVE_INFINITY)
  return Number.isFinite(wall) ? wall : null
}

/** Until when exercise time was no later than `atMs`. Null where it still is not, or nothing is known. */
export function timeOfDayUntil({ clock }: Clock, atMs: number): number | null {
  const n = clock.findLastIndex((turn) => turn.atMs <= atMs)
  const turn = clock[n]
  if (!turn) return null
  const reached = turn.speed > 0 ? turn.wall + (atMs - turn.atMs) / turn.speed : Number.POSITIVE_INFINITY
  const wall = Math.min(reached, clock[n + 1]?.wall ?? Number.POSITIVE_INFINITY)
  return Number.isFinite(wall) ? wall : null
}
