/** [SC2] Points to whole quanta, `quantum` of them in each point: sums of them are exact, in any order, on every machine. */
export const quanta = (points: number, quantum: number): number => Math.round(points * quantum)

/**
 * The share of `total` quanta that falls to `weight` after `before` of `all` weights: cumulative rounding, so that all shares
 * together are the total, exactly.
 */
export function shareOf(total: number, weight: number, before: number, all: number): number {
  if (all <= 0) return 0
  return Math.round((total * (before + weight)) / all) - Math.round((total * before) / all)
}
